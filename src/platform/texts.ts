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
    interpolation: { escapeValue: false },
    missingInterpolationHandler: (text: string, match: RegExpExecArray) => {
      throw new Error(`a value for ${match[0]} is missing in: ${text}`)
    },
  })
  // Thousands of messages are written at once, and looking a key up costs more than filling it in.
  const exists = new Map<string, boolean>()
  const isThere = (key: string): boolean => {
    const known = exists.get(key) ?? instance.exists(key)
    exists.set(key, known)
    return known
  }
  const plain = new Map<string, string>()
  const find = (key: string, values?: TextValues): string | null => {
    if (!isThere(key)) return null
    if (values !== undefined) return String(instance.t(key, values))
    const text = plain.get(key) ?? String(instance.t(key))
    plain.set(key, text)
    return text
  }
  const text = (key: TextKey, values?: TextValues): string => {
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
