import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** From the start of the program to the line that says it is ready: on an empty folder (aim 15 s), and again (aim 5 s). */
const folder = mkdtempSync(join(tmpdir(), 'lien-chi-bench-'))
for (const [name, aim] of [
  ['first start, with the generated ward', 15],
  ['second start', 5],
] as const) {
  console.log(`start: ${name}: ready in ${(await secondsToReady()).toFixed(1)} s (aim ${aim})`)
}
rmSync(folder, { recursive: true })

async function secondsToReady(): Promise<number> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0', SANDBOX_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  for await (const part of child.stdout) {
    output += String(part)
    if (output.includes('Ctrl-C')) break
  }
  const seconds = (performance.now() - startedAt) / 1000
  child.kill('SIGINT')
  await once(child, 'exit')
  return seconds
}
