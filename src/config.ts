import { z } from 'zod'
import type { ObjectStorage } from './platform/file-store.ts'
import type { Texts } from './platform/texts.ts'
import { type Pace, telegramPace } from './telegram/pace.ts'

/** A setting that cannot be: its name, why, and the remedy, in Vietnamese through `start:errors`. */
export class WrongSetting extends Error {
  readonly setting: string
  readonly value: string
  constructor(setting: string, value: string) {
    super(`wrong setting ${setting}`)
    this.setting = setting
    this.value = value
  }
}

/** The sentence and the remedy for a setting that cannot be, or null for any other error. */
export function explainWrongSetting(error: unknown, texts: Texts): string | null {
  if (!(error instanceof WrongSetting)) return null
  const { setting, value } = error
  return texts('start:errors.setting', { setting, value, remedy: texts.find(`start:errors.remedies.${setting}`) ?? '' })
}

const port = z.coerce.number().int().min(0).max(65_535)
const calls = z.coerce.number().int().min(1).max(1_000_000)
const flag = z.enum(['0', '1', '']).transform((value) => value === '1')

const settings = {
  BOT_TOKEN: z.string().regex(/^\d+:[A-Za-z0-9_-]{20,}$/),
  BOT_API_ROOT: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  BOT_PROXY: z.url({ protocol: /^(https?|socks5?|socks5h)$/ }),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_MIGRATE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATA_DIR: z.string().min(1),
  FILES_URL: z.url({ protocol: /^https?$/ }).refine((url) => new URL(url).pathname.length > 1),
  FILES_ACCESS_KEY: z.string().min(1),
  FILES_SECRET_KEY: z.string().min(1),
  FILES_REGION: z.string().regex(/^[a-z0-9-]+$/),
  WEBHOOK_URL: z.url({ protocol: /^https?$/ }),
  WEBHOOK_SECRET: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/),
  PACE_PER_SECOND: calls,
  PACE_CHAT_PER_SECOND: calls,
  PACE_GROUP_PER_MINUTE: calls,
  HOST: z.string().regex(/^[A-Za-z0-9.:-]+$/),
  ALLOWED_HOSTS: z
    .string()
    .regex(/^[A-Za-z0-9._[\]:,\s-]+$/)
    .transform((list) => list.split(/[,\s]+/).filter((name) => name !== '')),
  BACKUP_PASSPHRASE: z
    .string()
    .min(12)
    .transform((words) => words.normalize('NFC')),
  BACKUP_RECIPIENT: z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/),
  BACKUP_SEAL: z.string().regex(/^[0-9a-f]{64}$/),
  BACKUP_IDENTITY: z.string().min(1),
  PORT: port,
  SANDBOX_PORT: port,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
  EMPTY: flag,
  SEED: z.coerce.number().int().min(0).max(4_294_967_295),
} as const

export interface Config {
  /** Set: real Telegram. Null: the sandbox inside the program. */
  botToken: string | null
  botApiRoot: string
  botProxy: string | null
  databaseUrl: string | null
  /** Set: the owner of the tables, who brings them up to date; the program itself then runs with fewer rights. */
  databaseMigrateUrl: string | null
  dataDir: string
  /** Set: what people send is kept in this S3 storage. Null: in a folder of `dataDir`. */
  files: ObjectStorage | null
  /** Set: Telegram sends updates there. Null: the program polls. */
  webhook: { url: string; secret: string } | null
  /** How many calls a second, to one chat a second, to one group a minute. */
  pace: Pace
  host: string
  /** Names by which others reach PORT, beside those of this machine. */
  allowedHosts: readonly string[]
  port: number
  sandboxPort: number
  backup: BackupSettings
  logLevel: string
  /** Start with nothing instead of a finished ward. Always so with a bot token. */
  empty: boolean
  seed: number
}

/** How backups are encrypted and opened (src/platform/backup/keys.ts). */
export interface BackupSettings {
  passphrase: string | null
  /** An age key that encrypts, and the word that seals with it. */
  recipient: string | null
  seal: string | null
  /** The age key that opens, or the file that holds it. */
  identity: string | null
}

/** Reads the environment once. Throws {@link WrongSetting} at the first value that cannot be. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const read = <Name extends keyof typeof settings>(name: Name): z.output<(typeof settings)[Name]> | null => {
    const given = environment[name]?.trim()
    if (given === undefined || given === '') return null
    const parsed = settings[name].safeParse(given)
    if (!parsed.success) throw new WrongSetting(name, secret.has(name) ? '…' : given)
    return parsed.data as z.output<(typeof settings)[Name]>
  }
  const botToken = read('BOT_TOKEN')
  const databaseUrl = read('DATABASE_URL')
  return {
    botToken,
    botApiRoot: read('BOT_API_ROOT') ?? 'https://api.telegram.org',
    botProxy: read('BOT_PROXY'),
    databaseUrl,
    databaseMigrateUrl: ownerUrl(databaseUrl, read('DATABASE_MIGRATE_URL')),
    dataDir: read('DATA_DIR') ?? 'data',
    files: filesOf(read('FILES_URL'), read('FILES_ACCESS_KEY'), read('FILES_SECRET_KEY'), read('FILES_REGION')),
    webhook: webhookOf(botToken, read('WEBHOOK_URL'), read('WEBHOOK_SECRET')),
    pace: {
      perSecond: read('PACE_PER_SECOND') ?? telegramPace.perSecond,
      perChatPerSecond: read('PACE_CHAT_PER_SECOND') ?? telegramPace.perChatPerSecond,
      perGroupPerMinute: read('PACE_GROUP_PER_MINUTE') ?? telegramPace.perGroupPerMinute,
    },
    host: read('HOST') ?? '127.0.0.1',
    allowedHosts: read('ALLOWED_HOSTS') ?? [],
    port: read('PORT') ?? 8080,
    sandboxPort: read('SANDBOX_PORT') ?? 8081,
    backup: {
      passphrase: read('BACKUP_PASSPHRASE'),
      recipient: read('BACKUP_RECIPIENT'),
      seal: read('BACKUP_SEAL'),
      identity: read('BACKUP_IDENTITY'),
    },
    logLevel: read('LOG_LEVEL') ?? 'warn',
    empty: botToken !== null || (read('EMPTY') ?? false),
    seed: read('SEED') ?? 2019,
  }
}

/** A webhook needs a bot that Telegram knows, and a secret: without one anybody could speak for anybody. */
function webhookOf(botToken: string | null, url: string | null, secret: string | null): Config['webhook'] {
  if (url === null) return null
  if (botToken === null) throw new WrongSetting('WEBHOOK_URL', url)
  if (secret === null) throw new WrongSetting('WEBHOOK_SECRET', '')
  return { url, secret }
}

function filesOf(
  url: string | null,
  accessKey: string | null,
  secretKey: string | null,
  region: string | null,
): ObjectStorage | null {
  if (url === null) return null
  if (accessKey === null) throw new WrongSetting('FILES_ACCESS_KEY', '')
  if (secretKey === null) throw new WrongSetting('FILES_SECRET_KEY', '')
  return { url, accessKey, secretKey, region: region ?? 'us-east-1' }
}

/** An owner of the tables needs another role beside it that is none. */
function ownerUrl(url: string | null, owner: string | null): string | null {
  if (owner === null) return null
  const isAnother = url !== null && new URL(url).username !== new URL(owner).username
  if (!isAnother) throw new WrongSetting('DATABASE_MIGRATE_URL', '…')
  return owner
}

/** Settings whose value is never repeated on the screen. */
const secret: ReadonlySet<string> = new Set([
  'BOT_TOKEN',
  'DATABASE_URL',
  'DATABASE_MIGRATE_URL',
  'BOT_PROXY',
  'WEBHOOK_SECRET',
  'FILES_ACCESS_KEY',
  'FILES_SECRET_KEY',
  'BACKUP_PASSPHRASE',
  'BACKUP_SEAL',
  'BACKUP_IDENTITY',
])
