import { badRequest } from '../errors.ts'
import type { Upload } from '../files/store.ts'

/**
 * The parameters of one call. They come as text (query, forms) or as JSON values, and mean the same either way. What
 * nobody has read at the end of a successful call is reported in the log.
 */
export class Params {
  readonly values: Record<string, unknown>
  readonly files: ReadonlyMap<string, Upload>
  readonly #read = new Set<string>(['method'])

  constructor(values: Record<string, unknown>, files: ReadonlyMap<string, Upload> = new Map()) {
    this.values = values
    this.files = files
  }

  /** Marks parameters that are understood but change nothing in the sandbox. */
  ignore(...names: string[]): void {
    for (const name of names) this.#read.add(name)
  }

  unread(): string[] {
    return Object.keys(this.values).filter((name) => !this.#read.has(name))
  }

  raw(name: string): unknown {
    this.#read.add(name)
    return this.values[name]
  }

  has(name: string): boolean {
    const value = this.raw(name)
    return value !== undefined && value !== null && value !== ''
  }

  /** The parameter as text; '' when absent. */
  text(name: string): string {
    const value = this.raw(name)
    if (value === undefined || value === null) return ''
    if (typeof value === 'string') return value
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }

  /** A whole number; the fallback where it is absent or no number. */
  integer(name: string, fallback = 0): number {
    const number = Number.parseInt(this.text(name), 10)
    return Number.isSafeInteger(number) ? number : fallback
  }

  optionalInteger(name: string): number | undefined {
    return this.has(name) ? this.integer(name) : undefined
  }

  float(name: string): number {
    return Number.parseFloat(this.text(name))
  }

  flag(name: string): boolean {
    const value = this.raw(name)
    if (typeof value === 'boolean') return value
    return ['true', 'yes', '1'].includes(this.text(name).toLowerCase())
  }

  /** A JSON-serialized parameter, parsed; `what` names it in the error. */
  json(name: string, what: string): unknown {
    const value = this.raw(name)
    if (value === undefined || value === null || value === '') return undefined
    if (typeof value !== 'string') return value
    try {
      return JSON.parse(value)
    } catch {
      throw badRequest(`can't parse ${what} JSON object`)
    }
  }
}

export type JsonObject = Record<string, unknown>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Optional fields of parsed JSON, lenient about numbers in quotes as the official server is. */
export function textField(object: JsonObject, name: string): string | undefined {
  const value = object[name]
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : undefined
}

export function numberField(object: JsonObject, name: string): number | undefined {
  const value = object[name]
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined
}

export function flagField(object: JsonObject, name: string): boolean {
  const value = object[name]
  return value === true || value === 'true' || value === 1
}
