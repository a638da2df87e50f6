import { posix } from 'node:path'
import { sourceFiles } from './source-files.ts'

/** Who may import what inside `src` (docs/architecture.md). A part not named here is a composition root and may import all. */
const allowed: Record<string, readonly string[]> = {
  domain: ['domain'],
  platform: ['platform', 'domain'],
  telegram: ['telegram', 'platform', 'domain'],
  features: ['features', 'telegram', 'platform', 'domain'],
  sandbox: ['sandbox'],
  web: ['web', 'features', 'platform', 'domain'],
}

/** Imports against the rule of the house: which way parts may look, and that features meet through their faces only. */
export function dependencyProblems(): string[] {
  return sourceFiles().flatMap(({ path, text }) =>
    importsOf(text)
      .filter((target) => target.startsWith('.'))
      .map((target) => posix.normalize(posix.join(posix.dirname(path), target)))
      .flatMap((target) => {
        const problem = problemOf(path, target)
        return problem === null ? [] : [`${path} → ${target}: ${problem}`]
      }),
  )
}

function problemOf(from: string, to: string): string | null {
  if (isReader(to) && !isReader(from)) return 'what people send is read in a process of its own: ask Turn.readSent'
  const [, fromPart = '', fromFeature] = from.split('/')
  const [, toPart = '', toFeature, ...rest] = to.split('/')
  if (!to.startsWith('src/')) return null
  if (allowed[fromPart] && !allowed[fromPart].includes(toPart)) return `${fromPart} may not look into ${toPart}`
  if (toPart !== 'features' || (fromPart === 'features' && fromFeature === toFeature)) return null
  return rest.join('/') === 'index.ts' ? null : 'a feature is imported through its index.ts only'
}

/** What runs in the process that reads files, and is dangerous anywhere else. */
function isReader(path: string): boolean {
  const isShared = /\/(?:file-reader|limits|parts|process-usage|start-reading)\.ts$/.test(path)
  return path.startsWith('src/platform/reading/') && !isShared
}

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap((match) => match[1] ?? [])
}
