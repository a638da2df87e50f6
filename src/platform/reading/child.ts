import { cpuUsage, memoryUsage, stdin } from 'node:process'
import { buffer } from 'node:stream/consumers'
import { type FileKind, readingLimits } from './limits.ts'
import type { ReadPart } from './parts.ts'
import { readJson } from './read-json.ts'
import { readWorkbook } from './read-workbook.ts'

// The process that reads one file that somebody sent, `child.ts <kind>`: it gets the bytes on its standard input, answers in
// parts over its channel and ends. `start-reading.ts` starts and watches it.

type Send = (part: ReadPart) => void

/** So many cells are taken in at a time over there, without anybody noticing. */
const cellsAtOnce = 5000

const readers: Record<FileKind, (data: Uint8Array, send: Send) => Promise<void>> = {
  workbook: async (data, send) => {
    const sheets = await readWorkbook(data)
    if (!sheets.ok) return send({ part: 'refused', problem: sheets.problem })
    for (const { sheet, rows } of sheets.value) {
      send({ part: 'sheet', name: sheet })
      const rowsAtOnce = Math.ceil(cellsAtOnce / Math.max(1, rows[0]?.length ?? 0))
      for (let at = 0; at < rows.length; at += rowsAtOnce) {
        send({ part: 'rows', rows: rows.slice(at, at + rowsAtOnce) })
      }
    }
  },
  json: async (data, send) => {
    const value = readJson(data)
    send(value.ok ? { part: 'value', value: value.value } : { part: 'refused', problem: value.problem })
  },
}

const die = () => process.kill(process.pid, 'SIGKILL')
// Whoever asked is gone.
process.on('disconnect', die)
// Where nobody can look at this process from outside, it looks at itself between two pieces of the file.
setInterval(() => {
  const { user, system } = cpuUsage()
  const { memoryBytes, processorMilliseconds } = readingLimits
  if (memoryUsage.rss() > memoryBytes || (user + system) / 1000 > processorMilliseconds) die()
}, 50).unref()

const [kind] = process.argv.slice(2)
if (kind !== 'workbook' && kind !== 'json') throw new Error(`no reader for ${kind}`)
// Not at once: read in one go, an input that has not come yet is an error.
await readers[kind](await buffer(stdin), (part) => process.send?.(part))
process.send?.({ part: 'end' }, () => {
  process.off('disconnect', die)
  process.disconnect?.()
})
