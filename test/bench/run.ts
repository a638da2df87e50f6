import { fork } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { serverVersion } from './frame/databases.ts'
import { currentLoad, describeMachine, keepResults } from './frame/results.ts'
import { asTable, type Row } from './frame/rows.ts'

/**
 * `npm run bench`: every `*.bench.ts` of this folder, or those named (`npm run bench -- throughput latency`), one after
 * another, each in a process of its own. The figures are printed as one table and kept in `bench/results.json`.
 */
const all = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.bench.ts'))
  .map((name) => name.replace('.bench.ts', ''))
const named = process.argv.slice(2)
const unknown = named.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are: ${all.join(', ')}`)
  process.exit(1)
}

const postgresql = await serverVersion()
console.log(`${describeMachine()}, Node ${process.version}, ${postgresql ?? 'PGlite alone'}`)
const rows: Row[] = []
for (const name of named.length > 0 ? named : all) {
  const loadBefore = currentLoad()
  const startedAt = performance.now()
  const measured = await runOne(name)
  if (measured === null) {
    console.error(`${name}: broke off`)
    process.exitCode = 1
    continue
  }
  const seconds = (performance.now() - startedAt) / 1000
  console.log(`${name}: measured in ${seconds.toFixed(0)} s`)
  keepResults(name, measured, { seconds, postgresql, loadBefore })
  rows.push(...measured)
}
console.log(`\n${asTable(rows)}`)

function runOne(name: string): Promise<Row[] | null> {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'frame/run-one.ts'), [`${name}.bench.ts`])
    let measured: Row[] | null = null
    child.on('message', (message: Row[]) => {
      measured = message
    })
    child.on('exit', () => resolve(measured))
  })
}
