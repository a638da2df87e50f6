import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFileReader } from '../../src/platform/reading/file-reader.ts'
import { readingLimits } from '../../src/platform/reading/limits.ts'
import { startReading } from '../../src/platform/reading/start-reading.ts'
import { writeWorkbook } from '../../src/platform/workbook.ts'
import { packed, sheetOf } from '../support/hostile-files.ts'

const sheets = [
  {
    sheet: 'Đảng viên',
    rows: [
      ['Số', 'Ngày'],
      [1.5, new Date(Date.UTC(1980, 4, 1))],
      [true, null],
    ],
  },
  { sheet: 'Hướng dẫn', rows: [['Cách điền']] },
]
const tooHeavy = { ok: false, problem: { code: 'common.file.tooHeavy' } }
/** Takes seconds to read, and ends well. */
const long = packed(sheetOf(`<row r="1"><c r="A1"/></row>${'<x/>'.repeat(8_000_000)}`), {}, 1)

describe('a file is read in a process of its own', () => {
  it('and comes back whole: every sheet, cell and day, and a document as it was', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => [index, `Đồng chí ${index}`, null])
    const all = [...sheets, { sheet: 'Dài', rows: [...rows, ['cuối', null, 'z']] }]
    const { result } = startReading('workbook', await writeWorkbook(all))
    expect(await result).toEqual({ ok: true, value: all })
    const document = { id: 'một', bands: [{ level: 'good' }, null, 1.5] }
    const read = startReading('json', new TextEncoder().encode(JSON.stringify(document)))
    expect(await read.result).toEqual({ ok: true, value: document })
  })

  it('also where its bytes come slower than it looks for them', async () => {
    const words = Array.from({ length: 8000 }, () => [randomBytes(60).toString('hex')])
    const large = [{ sheet: 'To', rows: words }]
    const data = await writeWorkbook(large)
    for (let time = 0; time < 5; time++) {
      expect(await startReading('workbook', data).result).toEqual({ ok: true, value: large })
    }
  })

  it('whose refusal comes back with what its sentence names', async () => {
    const merged = packed(
      sheetOf('<row r="1"><c r="A1"><v>1</v></c></row>', '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'),
    )
    const { result } = startReading('workbook', merged)
    const params = { sheet: 'Đảng viên', range: 'A1:B1' }
    expect(await result).toEqual({ ok: false, problem: { code: 'common.workbook.mergedCells', params } })
  })

  it('which is killed when it takes more of the processor than it may', async () => {
    const { result } = startReading('workbook', long, { ...readingLimits, processorMilliseconds: 20 })
    expect(await result).toEqual(tooHeavy)
  })

  it('which is given up, and blamed on nobody, when the machine has no time for it', async () => {
    const { result } = startReading('workbook', long, { ...readingLimits, patienceMilliseconds: 20 })
    expect(await result).toEqual({ ok: false, problem: { code: 'common.file.busy' } })
  })

  it('which is killed when it holds more memory than it may', async () => {
    const { result } = startReading('workbook', long, { ...readingLimits, memoryBytes: 30_000_000 })
    expect(await result).toEqual(tooHeavy)
  })

  it('which ends itself when whoever asked is gone', async () => {
    const entry = join(import.meta.dirname, '../../src/platform/reading/child.ts')
    const child = spawn(process.execPath, [entry, 'workbook'], { stdio: ['pipe', 'ignore', 'ignore', 'ipc'] })
    // With all the bytes it could end in order.
    await new Promise((resolve) => child.stdin?.end(long, () => resolve(null)))
    child.disconnect()
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
  })

  it('which inherits no setting, and has leave for nothing but to read the code of the program', async () => {
    const reading = startReading('workbook', long)
    // Linux shows what a process was started with.
    if (existsSync('/proc/self/environ')) {
      const pid =
        childrenOf(process.pid).find((one) =>
          told(one, 'cmdline').some((argument) => argument.endsWith('reading/child.ts')),
        ) ?? ''
      expect(told(pid, 'environ').filter((setting) => !setting.startsWith('NODE_CHANNEL_'))).toEqual([])
      const leaves = told(pid, 'cmdline').filter((argument) => argument.startsWith('--allow'))
      expect(told(pid, 'cmdline')).toContain('--permission')
      expect(
        leaves.every((leave) => /^--allow-fs-read=.+(platform|domain|node_modules|package.json)$/.test(leave)),
      ).toBe(true)
    }
    reading.stop()
    await expect(reading.result).rejects.toThrow('stopped')
  })
})

describe('files are read one at a time', () => {
  it('the next waits, and whoever finds too many waiting is told to come again', async () => {
    const reader = createFileReader(1)
    const data = await writeWorkbook(sheets)
    const results = await Promise.all(Array.from({ length: 4 }, () => reader.read('workbook', data)))
    expect(results.map((result) => (result.ok ? 'read' : result.problem.code))).toEqual([
      'read',
      'read',
      'common.file.busy',
      'common.file.busy',
    ])
    expect((await reader.read('workbook', data)).ok).toBe(true)
  })

  it('until the program ends: what is read is killed, and nothing more begins', async () => {
    const reader = createFileReader(1)
    const both = [reader.read('workbook', long), reader.read('workbook', long)]
    reader.stop()
    const [first, second] = await Promise.allSettled(both)
    expect(first).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('stopped') } })
    expect(second).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringContaining('the program ends') },
    })
    await expect(reader.read('workbook', long)).rejects.toThrow('the program ends')
  })
})

function told(pid: string, what: 'cmdline' | 'environ'): string[] {
  return readFileSync(`/proc/${pid}/${what}`, 'utf8').split('\0').filter(Boolean)
}

function childrenOf(pid: number): string[] {
  const path = `/proc/${pid}/task/${pid}/children`
  return existsSync(path) ? readFileSync(path, 'utf8').split(' ').filter(Boolean) : []
}
