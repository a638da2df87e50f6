import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProgram } from '../support/program.ts'
import type { Benchmark, Row } from './frame/rows.ts'

/** From the start of the program to the line that says it is ready, on PGlite: on an empty folder, and again. */
const start: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lien-chi-bench-'))
  const rows: Row[] = []
  for (const [name, atMost] of [
    ['first start, with the generated ward', 15],
    ['second start', 5],
  ] as const) {
    rows.push({
      name: `${name}, until ready`,
      who: 'Liên Chi',
      unit: 's',
      value: await secondsToReady(folder),
      aim: { atMost },
    })
  }
  rmSync(folder, { recursive: true })
  return rows
}

export default start

async function secondsToReady(folder: string): Promise<number> {
  const startedAt = performance.now()
  const program = startProgram({ DATA_DIR: folder, EMPTY: '0' })
  await program.address()
  const seconds = (performance.now() - startedAt) / 1000
  program.child.kill('SIGINT')
  await once(program.child, 'exit')
  return seconds
}
