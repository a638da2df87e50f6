import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, sourceFiles } from './source-files.ts'

/** A missing key is an error of the compiler (src/platform/text-keys.ts). Here: keys nobody uses, and values that do not fit. */
export function textProblems(): string[] {
  const texts = readTexts()
  const sources = sourceFiles()
  const everything = sources.map(({ text }) => text).join('\n')
  const unused = [...texts.keys()].filter((key) => !isUsed(key, everything)).map((key) => `unused text ${key}`)
  const unknown = sources.flatMap(({ path, text }) => [
    ...problemCodes(text).flatMap(({ code, values }) => {
      const found = [code.replace('.', ':errors.'), `domain:errors.${code}`].find((key) => texts.has(key))
      return found ? misfits(path, found, texts.get(found) ?? '', values) : [`${path}: no text for problem ${code}`]
    }),
    ...textCalls(text).flatMap(({ key, values }) => misfits(path, key, texts.get(key) ?? '', values)),
  ])
  return [...unused, ...unknown]
}

function readTexts(): Map<string, string> {
  const folder = join(root, 'locales/vi')
  const texts = new Map<string, string>()
  const add = (path: string, value: unknown) => {
    if (typeof value === 'string') texts.set(path, value)
    else if (typeof value === 'object' && value !== null) {
      const separator = path.includes(':') ? '.' : ':'
      for (const [key, inner] of Object.entries(value)) add(`${path}${separator}${key}`, inner)
    }
  }
  for (const file of readdirSync(folder)) {
    add(file.slice(0, -'.json'.length), JSON.parse(readFileSync(join(folder, file), 'utf8')))
  }
  return texts
}

/** Named as a whole, as a problem's code, or by the fixed beginning of a key that is completed at run time. */
function isUsed(key: string, everything: string): boolean {
  const [namespace = '', path = ''] = key.split(':')
  if (everything.includes(`'${key}'`) || everything.includes(`\`${key}\``)) return true
  if (path.startsWith('errors.')) {
    const code = path.slice('errors.'.length)
    if (everything.includes(`'${code}'`) || everything.includes(`'${namespace}.${code}'`)) return true
  }
  const parts = path.split('.')
  return parts.some((_, index) => {
    const beginning = parts
      .slice(0, index)
      .map((part) => `${part}.`)
      .join('')
    return everything.includes(`\`${namespace}:${beginning}\${`)
  })
}

function misfits(path: string, key: string, text: string, values: string[] | null): string[] {
  if (values === null) return []
  const wanted = [...text.matchAll(/\{\{\s*(\w+)/g)].flatMap((match) => match[1] ?? [])
  return wanted.filter((name) => !values.includes(name)).map((name) => `${path}: ${key} is not given {{${name}}}`)
}

function problemCodes(text: string): { code: string; values: string[] | null }[] {
  return [...text.matchAll(/\bfail\(\s*'([\w.]+)'/g)].flatMap((match) =>
    match[1] ? [{ code: match[1], values: valuesAfter(text, match.index + match[0].length) }] : [],
  )
}

function textCalls(text: string): { key: string; values: string[] | null }[] {
  return [...text.matchAll(/\b(?:texts|t)\(\s*'([a-z]+:[\w.]+)'/g)].flatMap((match) =>
    match[1] ? [{ key: match[1], values: valuesAfter(text, match.index + match[0].length) }] : [],
  )
}

/** The names of the object literal that follows, none where the call ends, or null where it cannot be told. */
function valuesAfter(text: string, from: number): string[] | null {
  const rest = text.slice(from)
  if (/^\s*,?\s*\)/.test(rest)) return []
  const open = /^\s*,\s*\{/.exec(rest)
  if (!open) return null
  const names: string[] = []
  let depth = 1
  let part = ''
  for (const letter of rest.slice(open[0].length)) {
    if ('{(['.includes(letter)) depth++
    if ('})]'.includes(letter)) depth--
    if (depth === 0 || (depth === 1 && letter === ',')) {
      if (part.trim().startsWith('...')) return null
      const name = /^\s*'?(\w+)'?/.exec(part)?.[1]
      if (name) names.push(name)
      part = ''
      if (depth === 0) return names
    } else part += letter
  }
  return null
}
