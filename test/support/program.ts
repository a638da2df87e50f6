import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface RunningProgram {
  readonly child: ChildProcess
  /** What it printed until that part appeared. */
  prints(part: string): Promise<string>
  ends(): Promise<{ code: number | null; output: string }>
  /** The address of its pages, once it is ready. */
  address(): Promise<string>
}

const running = new Set<ChildProcess>()

/** The program as `npm start` runs it, or as that entry does, in a process of its own, on free ports, in the folder of the code or another. */
export function startProgram(
  settings: Record<string, string>,
  entry: readonly string[] = ['src/main.ts'],
  cwd = join(import.meta.dirname, '../..'),
): RunningProgram {
  const child = spawn(process.execPath, [...entry], {
    cwd,
    env: { PATH: process.env.PATH, PORT: '0', SANDBOX_PORT: '0', EMPTY: '1', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let output = ''
  const waiting: (() => void)[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      output += part.toString()
      for (const wake of waiting.splice(0)) wake()
    })
  }
  const prints = async (part: string) => {
    const ended = hasEnded(child)
      ? Promise.resolve('ended')
      : once(child, 'exit').then(([code]) => `ended with ${code}`)
    while (!output.includes(part)) {
      const more = new Promise<null>((resolve) => waiting.push(() => resolve(null)))
      const end = await Promise.race([ended, more])
      if (end !== null && !output.includes(part)) throw new Error(`${end}: ${output}`)
    }
    return output
  }
  return {
    child,
    prints,
    ends: async () => {
      if (hasEnded(child)) return { code: child.exitCode, output }
      const [code] = await once(child, 'exit')
      return { code, output }
    },
    address: async () => {
      const whole = await prints('Bấm Ctrl-C')
      return /Trang trên máy này: (\S+)/.exec(whole)?.[1] ?? ''
    },
  }
}

/** Ends what a test left running. */
export async function killPrograms(): Promise<void> {
  for (const child of running) {
    running.delete(child)
    if (hasEnded(child)) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
