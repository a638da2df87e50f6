import { type ChildProcess, spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { fail, ok, type Problem, type Result } from '../../domain/result.ts'
import { type FileContents, type FileKind, type ReadingLimits, readingLimits } from './limits.ts'
import { collectors, readPart } from './parts.ts'
import { usageOf } from './process-usage.ts'

/** How often it is looked at what a process that reads has taken. */
const lookMilliseconds = 50
/** Below everything else on the machine: whoever waits for an answer comes first. A step of the scale of `nice`. */
const lowPriority = 5
const longestSaid = 2000

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const reader = pathOf('child.ts')
/** All that it may open: the program's own code. */
const code = ['../../platform', '../../domain', '../../../node_modules', '../../../package.json'].map(pathOf)

/** A file that is being read. Its result is an error once `stop` has killed the reading. */
export interface Reading<K extends FileKind> {
  readonly result: Promise<Result<FileContents[K]>>
  stop(): void
}

/**
 * Reads a file in a process of its own: without settings or connections, without leave to write or to start anything, after
 * everybody else, killed when it takes more than {@link readingLimits}, and gone when this one is. Fails with what the reader of
 * the kind says, with `common.file.tooHeavy` where it was killed, and with `common.file.busy` where the machine gave it no time.
 */
export function startReading<K extends FileKind>(kind: K, data: Uint8Array, limits = readingLimits): Reading<K> {
  const child = launch(kind, limits)
  const { promise, resolve, reject } = Promise.withResolvers<Result<FileContents[K]>>()
  const collector = collectors[kind]()
  let problem: Problem | null = null
  let ending: 'whole' | 'late' | 'stopped' | 'unreadable' | null = null
  const kill = (why: typeof ending) => {
    ending ??= why
    child.kill('SIGKILL')
  }
  const stopWatching = watch(child, limits, kill)
  child.on('message', (message) => {
    const part = readPart.safeParse(message)
    if (!part.success) return kill('unreadable')
    if (part.data.part === 'end') ending ??= 'whole'
    else if (part.data.part === 'refused') problem = part.data.problem
    else collector.take(part.data)
  })
  let said = ''
  child.stderr?.on('data', (text: Buffer) => {
    said = (said + text.toString()).slice(0, longestSaid)
  })
  child.on('error', (error) => {
    stopWatching()
    reject(error)
  })
  child.on('close', (code, signal) => {
    stopWatching()
    if (ending === 'whole') resolve(problem ? { ok: false, problem } : ok(collector.whole()))
    else if (ending === 'late') resolve(fail('common.file.busy'))
    else if (ending === null && signal !== null) resolve(fail('common.file.tooHeavy'))
    else reject(new Error(`the reading of a file ended: ${ending ?? code} ${said}`))
  })
  // A process that was killed takes nothing more.
  child.stdin?.on('error', () => {})
  child.stdin?.end(data)
  return { result: promise, stop: () => kill('stopped') }
}

/** Kills the process when it takes too much; answers with what ends the watch. */
function watch(child: ChildProcess, limits: ReadingLimits, kill: (why: 'late' | null) => void): () => void {
  const late = setTimeout(() => kill('late'), limits.patienceMilliseconds)
  const look = setInterval(async () => {
    const { processorMilliseconds, memoryBytes } = await usageOf(child.pid)
    if (processorMilliseconds > limits.processorMilliseconds || memoryBytes > limits.memoryBytes) kill(null)
  }, lookMilliseconds)
  return () => {
    clearTimeout(late)
    clearInterval(look)
  }
}

function launch(kind: FileKind, { heapMegabytes }: ReadingLimits): ChildProcess {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${heapMegabytes}`,
      '--permission',
      // And where it really is, if that is a link.
      ...code.flatMap((path) => [path, realpathSync(path)]).map((path) => `--allow-fs-read=${path}`),
      reader,
      kind,
    ],
    { env: {}, serialization: 'advanced', stdio: ['pipe', 'ignore', 'pipe', 'ipc'] },
  )
  try {
    if (child.pid !== undefined) setPriority(child.pid, lowPriority)
  } catch {
    // It has ended already, or the system knows no priorities: it is watched all the same.
  }
  return child
}
