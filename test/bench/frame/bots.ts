import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Sandbox } from '../../../src/sandbox/index.ts'
import { type RunningProgram, startProgram } from '../../support/program.ts'
import type { BenchDatabase } from './databases.ts'
import type { Row } from './rows.ts'
import { token } from './town.ts'

/** The bots that are compared, each a program of its own. */
const bots: Record<Row['who'], { entry: string; ready: string }> = {
  'Liên Chi': { entry: 'src/main.ts', ready: 'Bấm Ctrl-C' },
  grammY: { entry: 'test/bench/rivals/grammy.ts', ready: 'ready' },
  Telegraf: { entry: 'test/bench/rivals/telegraf.ts', ready: 'ready' },
}
export const everybody = ['Liên Chi', 'grammY', 'Telegraf'] as const

/** Runs one of them in a process of its own while something is done with it. */
export async function withBot<T>(
  who: Row['who'],
  sandbox: Sandbox,
  database: BenchDatabase,
  work: (program: RunningProgram) => Promise<T>,
  settings: Record<string, string> = {},
): Promise<T> {
  const { entry, ready } = bots[who]
  const program = startProgram(
    { ...database.settings, BOT_TOKEN: token, BOT_API_ROOT: sandbox.url, ...passedOn(), ...settings },
    entry === 'src/main.ts' ? [...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? []), entry] : [entry],
  )
  try {
    await program.prints(ready)
    return await work(program)
  } finally {
    program.child.kill(who === 'Liên Chi' ? 'SIGTERM' : 'SIGKILL')
    if (program.child.exitCode === null && program.child.signalCode === null) await once(program.child, 'exit')
  }
}

function passedOn(): Record<string, string> {
  return process.env.LOG_LEVEL ? { LOG_LEVEL: process.env.LOG_LEVEL } : {}
}

/** Resident memory of a running program, in MiB. */
export function residentMemory({ child }: RunningProgram): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}

/** Processor time that a running program has used so far, in seconds: what others do on the machine hardly changes it. */
export function processorSeconds({ child }: RunningProgram): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  const ticksASecond = 100
  return (Number(fields[11]) + Number(fields[12])) / ticksASecond
}
