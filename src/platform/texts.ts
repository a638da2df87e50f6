import { createInstance } from 'i18next'
import { formatDate } from '../domain/formats.ts'
import type { Problem } from '../domain/result.ts'
import { resources, type TextKey } from './text-keys.ts'

export type TextValues = Record<string, string | number>

export interface Texts {
  /** The Vietnamese text of that key with its values filled in. Throws where one of its values is not given. */
  (key: TextKey, values?: TextValues): string
  /** What a person reads of a problem: one sentence and the remedy. */
  problem(problem: Problem): string
  /** The text of a key known only at run time, or null where there is none. */
  find(key: string, values?: TextValues): string | null
}

/** Opens the texts of `locales/vi`. Messages are built from entities, never from markup, so nothing is escaped. */
export function loadTexts(): Texts {
  const instance = createInstance()
  void instance.init({
    lng: 'vi',
    initAsync: false,
    ns: Object.keys(resources),
    resources: { vi: resources },
  })
  // Thousands of messages are written at once, and looking a key up costs more than filling it in. Only keys that are there
  // are remembered: others are made from what people write.
  const known = new Map<string, string>()
  const lookUp = (key: string): string | null => {
    const before = known.get(key)
    if (before !== undefined) return before
    if (!instance.exists(key)) return null
    const found = String(instance.t(key, { skipInterpolation: true }))
    known.set(key, found)
    return found
  }
  const find = (key: string, values: TextValues = {}): string | null => {
    const found = lookUp(key)
    return found === null ? null : filled(found, values)
  }
  const text = (key: TextKey, values: TextValues = {}): string => {
    const found = find(key, values)
    if (found === null) throw new Error(`text missing: ${key}`)
    return found
  }
  /** Rules name levels by their code and days by ISO; people read both in their own form. */
  const spoken = (value: string | number): string | number => {
    if (typeof value === 'number') return value
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(Temporal.PlainDate.from(value))
    return find(`domain:levels.${value}`) ?? value
  }
  return Object.assign(text, {
    find,
    problem: ({ code, params }: Problem): string => {
      const [namespace, ...rest] = code.split('.')
      const values = Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, spoken(value)]))
      const found = find(`${namespace}:errors.${rest.join('.')}`, values) ?? find(`domain:errors.${code}`, values)
      if (found === null) throw new Error(`no text for problem ${code}`)
      return found
    },
  })
}

/** Puts the values in their places. What a value holds is never looked at again: people write them. */
function filled(text: string, values: TextValues): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (place, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`a value for ${place} is missing in: ${text}`)
    return String(value)
  })
}
