import { describe, expect, it } from 'vitest'
import { createLog, describeError, redact } from '../../src/platform/log.ts'
import { openTestDatabase } from '../support/database.ts'

const token = '123456789:AAF-abcdefghijklmnopqrstuvwxyz01234'

describe('the log', () => {
  it('redacts a token wherever it stands in a text', () => {
    expect(redact(`https://api.telegram.org/bot${token}/getMe failed`)).toBe(
      'https://api.telegram.org/bot<token>/getMe failed',
    )
  })

  it('redacts a token inside an error that is logged', () => {
    const lines: string[] = []
    const log = createLog('info', { write: (line) => lines.push(line) })
    log.error({ err: new Error(`request to /bot${token}/sendMessage failed`) }, 'courier')
    expect(lines.join('')).toContain('sendMessage')
    expect(lines.join('')).not.toContain(token)
  })

  it('never repeats the values that a database error quotes', async () => {
    const database = await openTestDatabase()
    const { prisma } = database
    const failures = await Promise.all(
      [
        prisma.ward.create({ data: { name: 'Nguyễn Văn Kín', createdAt: new Date('x') } }),
        prisma.person.findMany({ where: { fullName: 'Nguyễn Văn Kín', id: Number.NaN } }),
        prisma.$queryRaw`SELECT ${'Nguyễn Văn Kín'}::int`,
        Promise.resolve().then(() => JSON.parse('Nguyễn Văn Kín')),
      ].map((failing) => failing.then(() => null).catch((error: unknown) => error)),
    )
    await database.close()
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(Error)
      const told = describeError(failure)
      expect(JSON.stringify(told)).not.toContain('Kín')
      expect(told.stack).toContain(' at ')
    }
  })
})
