import { posix } from 'node:path'
import { type Action, permissions } from '../../src/domain/access.ts'
import { type SourceFile, sourceFiles } from './source-files.ts'

/** An exported use-case of a feature: an async function that is given the context first, and no transaction of a greater act. */
export interface UseCase {
  name: string
  path: string
  /** The actions of the table that stand in it or in what it calls. */
  actions: Action[]
  /** Whether it, or something it calls, asks the table. */
  asks: boolean
  /** What its comment says after `Asks no leave:`. */
  reason: string | null
}

interface Declared {
  key: string
  path: string
  name: string
  body: string
  comment: string
  isUseCase: boolean
}

const declaration = /^(export )?(async )?function (\w+)/gm
const asking = /\b(?:may|leaveFor|branchesWhereMay)\(/
const isAction = (text: string): text is Action => text in permissions

/**
 * Reads the use-cases and what they ask from the source. A call is followed by its name through the imports, so what is read is
 * that the question is asked somewhere below, not that its answer is obeyed: that is for the tests of the use-case.
 */
export function readUseCases(): UseCase[] {
  const files = sourceFiles().filter(({ path }) => path.startsWith('src/features/'))
  const declared = new Map(files.flatMap(functionsOf).map((one) => [one.key, one]))
  const scopes = scopesOf(files, declared)
  const reach = (from: Declared, seen = new Set<Declared>()): Set<Declared> => {
    if (seen.has(from)) return seen
    seen.add(from)
    for (const [, name = ''] of from.body.matchAll(/\b(\w+)\(/g)) {
      const called = scopes.get(from.path)?.get(name)
      if (called) reach(called, seen)
    }
    return seen
  }
  return [...declared.values()]
    .filter(({ isUseCase }) => isUseCase)
    .map((one) => {
      const bodies = [...reach(one)].map(({ body }) => body)
      const quoted = bodies.flatMap((body) => [...body.matchAll(/'([\w.]+)'/g)].map(([, text = '']) => text))
      return {
        name: one.name,
        path: one.path,
        asks: bodies.some((body) => asking.test(body)),
        actions: [...new Set(quoted.filter(isAction))].sort(),
        reason: reasonIn(one.comment),
      }
    })
}

/** Use-cases that neither ask nor say why not, and reasons that stand where the table is asked. */
export function useCaseProblems(useCases: readonly UseCase[]): string[] {
  return useCases.flatMap(({ name, path, asks, reason }) => {
    if (!asks && reason === null) {
      return [`${path}: ${name} asks no leave: call may(...), or say in its comment "Asks no leave: <why>."`]
    }
    return asks && reason !== null ? [`${path}: ${name} says that it asks no leave, and asks`] : []
  })
}

function functionsOf({ path, text }: SourceFile): Declared[] {
  return [...text.matchAll(declaration)].map((match) => {
    const [, exported, awaited, name = ''] = match
    const rest = text.slice(match.index)
    const end = rest.indexOf('\n}\n')
    const body = rest.slice(0, end === -1 ? undefined : end)
    const before = text.slice(0, match.index)
    const comment = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n$/.exec(before)?.[0] ?? ''
    const parameters = /\(([\s\S]*?)\)\s*(?::|\{)/.exec(body)?.[1] ?? ''
    const takesContext = /^\s*\w+: Context\b/.test(parameters) && !/: Transaction\b/.test(parameters)
    const isUseCase = exported !== undefined && awaited !== undefined && takesContext
    return { key: `${path}#${name}`, path, name, body: body.slice(match[0].length), comment, isUseCase }
  })
}

/** For each file: what a name in it stands for, its own functions and the imported ones, through the faces of features too. */
function scopesOf(files: readonly SourceFile[], declared: Map<string, Declared>): Map<string, Map<string, Declared>> {
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const resolve = (path: string, name: string): Declared | undefined => {
    const own = declared.get(`${path}#${name}`)
    if (own) return own
    const passedOn = namesOf(texts.get(path) ?? '', 'export').find(({ as }) => as === name)
    return passedOn && resolve(posix.join(posix.dirname(path), passedOn.from), passedOn.name)
  }
  return new Map(
    files.map(({ path, text }) => {
      const scope = new Map<string, Declared>()
      for (const { name, as, from } of namesOf(text, 'import')) {
        const found = resolve(posix.join(posix.dirname(path), from), name)
        if (found) scope.set(as, found)
      }
      for (const one of declared.values()) if (one.path === path) scope.set(one.name, one)
      return [path, scope]
    }),
  )
}

function namesOf(text: string, word: 'import' | 'export'): { name: string; as: string; from: string }[] {
  const statements = text.matchAll(new RegExp(`^${word} \\{([^}]*)\\} from '(\\.[^']+)'`, 'gm'))
  return [...statements].flatMap(([, names = '', from = '']) =>
    names.split(',').flatMap((one) => {
      const [name = '', as = name] = one.trim().split(/\s+as\s+/)
      return name === '' || name.startsWith('type ') ? [] : [{ name, as, from }]
    }),
  )
}

function reasonIn(comment: string): string | null {
  const text = comment.replace(/^\s*\/?\*+\/?/gm, ' ').replace(/\s*\*\/\s*$/, '')
  const reason = /Asks no leave:\s*([^.]+)\./.exec(text.replace(/\s+/g, ' '))?.[1]
  return reason?.trim() ?? null
}
