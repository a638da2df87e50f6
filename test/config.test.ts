import { describe, expect, it } from 'vitest'
import { readConfig, WrongSetting } from '../src/config.ts'
import { loadTexts } from '../src/platform/texts.ts'
import { explainStartFailure } from '../src/start.ts'

const texts = loadTexts()

function complaint(environment: Record<string, string>): string | null {
  try {
    readConfig(environment)
    return null
  } catch (error) {
    return explainStartFailure(error, texts)
  }
}

describe('settings', () => {
  it('start the whole thing in itself when nothing is set', () => {
    expect(readConfig({})).toMatchObject({
      botToken: null,
      databaseUrl: null,
      port: 8080,
      sandboxPort: 8081,
      empty: false,
    })
  })

  it('count as not set when they are empty, as in the example file', () => {
    expect(readConfig({ PORT: '', BOT_TOKEN: ' ' })).toEqual(readConfig({}))
  })

  it('never generate a ward beside real Telegram', () => {
    expect(readConfig({ BOT_TOKEN: '123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ', EMPTY: '0' }).empty).toBe(true)
  })

  it.each([
    ['PORT', 'tám nghìn'],
    ['PORT', '70000'],
    ['SANDBOX_PORT', '-1'],
    ['DATABASE_MIGRATE_URL', 'postgresql://owner@127.0.0.1/lienchi'],
    ['BOT_TOKEN', 'mã bot'],
    ['BOT_API_ROOT', 'api.telegram.org'],
    ['BOT_PROXY', 'ftp://proxy'],
    ['DATABASE_URL', 'mysql://x'],
    ['LOG_LEVEL', 'ồn ào'],
    ['WEBHOOK_URL', 'phuong.example/bot'],
    ['WEBHOOK_URL', 'https://phuong.example/bot'],
    ['WEBHOOK_SECRET', 'mã riêng'],
    ['WEBHOOK_SECRET', 'a'.repeat(257)],
    ['PACE_PER_SECOND', '0'],
    ['PACE_CHAT_PER_SECOND', '1,5'],
    ['PACE_GROUP_PER_MINUTE', 'hai mươi'],
    ['HOST', 'máy này'],
    ['EMPTY', 'có'],
    ['SEED', '1.5'],
  ])('%s=%s stops the start with its name and the remedy', (setting, value) => {
    expect(() => readConfig({ [setting]: value })).toThrow(WrongSetting)
    expect(complaint({ [setting]: value })).toMatch(new RegExp(`của ${setting} không dùng được\\. .{20,}`))
  })

  it('take a webhook only with a secret, and make none up', () => {
    const bot = { BOT_TOKEN: '123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ', WEBHOOK_URL: 'https://phuong.example/bot' }
    expect(complaint(bot)).toContain('WEBHOOK_SECRET')
    expect(complaint(bot)).toContain('openssl rand -hex 32')
    expect(readConfig({ ...bot, WEBHOOK_SECRET: 'a_b-1' }).webhook).toEqual({ url: bot.WEBHOOK_URL, secret: 'a_b-1' })
    expect(readConfig({ WEBHOOK_SECRET: 'a_b-1' }).webhook).toBeNull()
  })

  it('pace the calls as Telegram allows, or as somebody with other limits says', () => {
    expect(readConfig({}).pace).toEqual({ perSecond: 30, perChatPerSecond: 1, perGroupPerMinute: 20 })
    expect(readConfig({ PACE_GROUP_PER_MINUTE: '60' }).pace).toMatchObject({ perSecond: 30, perGroupPerMinute: 60 })
  })

  it('never repeat a secret on the screen', () => {
    expect(complaint({ BOT_TOKEN: 'gần-đúng:mã-bí-mật' })).not.toContain('bí-mật')
    expect(complaint({ DATABASE_URL: 'mysql://u:matkhau@x' })).not.toContain('matkhau')
    expect(complaint({ WEBHOOK_SECRET: 'gần-đúng' })).not.toContain('gần-đúng')
  })
})
