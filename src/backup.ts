import { randomUUID } from 'node:crypto'
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { askProgram } from './ask-program.ts'
import { backupArguments } from './backup-arguments.ts'
import { askBackupKey } from './backup-secrets.ts'
import { beginProgram } from './begin.ts'
import { type Config, readConfig } from './config.ts'
import { formatNumber } from './domain/formats.ts'
import { fail, ok, type Result } from './domain/result.ts'
import { encryptBackup } from './platform/backup/envelope.ts'
import { readBackup } from './platform/backup/read.ts'
import { packBackup } from './platform/backup/write.ts'
import { DataFolderInUse } from './platform/data-folder-lock.ts'
import { openDatabase } from './platform/database.ts'
import { explainStartFailure } from './start.ts'
import { backupPath } from './web/tools.ts'

/**
 * `npm run backup -- <file> [--unencrypted]`: saves every table of ours into one encrypted file. PostgreSQL is read beside the running
 * program. PGlite is open to one program at a time, so there the running one is asked to make it.
 */
const texts = beginProgram()

try {
  const { file, isUnencrypted } = backupArguments(process.argv.slice(2))
  if (file === undefined) refuse(texts('start:backup.noFile'))
  else if (existsSync(file)) refuse(texts('start:backup.fileExists', { file }))
  else await save(file, isUnencrypted, readConfig(process.env))
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  refuse(explainStartFailure(error, texts) ?? texts('start:backup.failed', { reason: reason.trim() }))
}

async function save(to: string, isUnencrypted: boolean, config: Config): Promise<void> {
  const key = isUnencrypted ? ok(null) : await askBackupKey(config.backup, texts)
  if (!key.ok) return refuse(texts.problem(key.problem))
  const zip = await read(config)
  if (!zip.ok) return refuse(texts.problem(zip.problem))
  // Read again as a restore would: a backup that cannot be read is none.
  const backup = await readBackup(zip.value)
  if (!backup.ok) return refuse(texts.problem(backup.problem))
  keep(to, key.value === null ? zip.value : await encryptBackup(zip.value, key.value))
  const { tables } = backup.value.manifest
  const rows = formatNumber(tables.reduce((sum, table) => sum + table.rows, 0))
  console.log(texts('start:backup.made', { file: to, tables: tables.length, rows }))
  if (key.value === null) console.error(texts('start:backup.unencrypted'))
  else console.log(texts('passphrase' in key.value ? 'start:backup.byPassphrase' : 'start:backup.byKey'))
}

/** Under its name only when it is whole, and never through a file that somebody put there before. */
function keep(to: string, data: Uint8Array): void {
  const unfinished = `${to}.${randomUUID()}.part`
  try {
    writeFileSync(unfinished, data, { mode: 0o600, flag: 'wx', flush: true })
    renameSync(unfinished, to)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}

/** The packed backup. Fails with `start.backup.noData`, `start.backup.silent`, `start.backup.refused`. */
async function read(config: Config): Promise<Result<Uint8Array>> {
  try {
    return await readHere(config)
  } catch (error) {
    if (!(error instanceof DataFolderInUse) || config.botToken === null) throw error
    return askForIt(config, config.botToken)
  }
}

async function readHere({ databaseUrl, databaseMigrateUrl, dataDir }: Config): Promise<Result<Uint8Array>> {
  const url = databaseMigrateUrl ?? databaseUrl
  if (url === null && !existsSync(join(dataDir, 'pglite'))) return fail('start.backup.noData', { folder: dataDir })
  const database = await openDatabase(url === null ? { folder: dataDir, migrate: false } : { url, migrate: false })
  try {
    return ok((await packBackup(database.prisma, new Date())).file)
  } finally {
    await database.close()
  }
}

async function askForIt(config: Config, token: string): Promise<Result<Uint8Array>> {
  const { url, response } = await askProgram(config, token, backupPath)
  if (response === null) return fail('start.backup.silent', { url })
  if (!response.ok) return fail('start.backup.refused', { status: response.status })
  return ok(new Uint8Array(await response.arrayBuffer()))
}

function refuse(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
