import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import type { Row } from './rows.ts'

const file = join(import.meta.dirname, '../../../bench/results.json')

interface Measured {
  at: string
  machine: string
  node: string
  postgresql: string | null
  /** What else ran on the machine when the benchmark began: processes that wanted a processor in the minute before. */
  loadBefore: number
  seconds: number
  rows: Row[]
}

/** Puts a benchmark's rows in place of those of its last run; the others stay as they are. */
export function keepResults(
  benchmark: string,
  rows: Row[],
  about: { seconds: number; postgresql: string | null; loadBefore: number },
): void {
  const known: Record<string, Measured> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  known[benchmark] = {
    at: new Date().toISOString(),
    machine: describeMachine(),
    node: process.version,
    postgresql: about.postgresql,
    loadBefore: Math.round(about.loadBefore * 10) / 10,
    seconds: Math.round(about.seconds),
    rows,
  }
  const sorted = Object.fromEntries(Object.entries(known).sort(([a], [b]) => a.localeCompare(b)))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`)
}

export function describeMachine(): string {
  const processors = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${processors.length} × ${processors[0]?.model ?? 'unknown'}, ${memory} GiB, ${platform()} ${release()} ${arch()}`
}

export function currentLoad(): number {
  return loadavg()[0] ?? 0
}
