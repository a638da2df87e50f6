import { describe, expect, it } from 'vitest'
import { createLog, redact } from '../../src/platform/log.ts'

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
})
