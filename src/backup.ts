import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { askProgram } from './ask-program.ts'
import { beginProgram } from './begin.ts'
import { type Config, readConfig } from './config.ts'
import { formatNumber } from './domain/formats.ts'
import { readBackup } from './platform/backup/read.ts'
import { packBackup } from './platform/backup/write.ts'
import { DataFolderInUse } from './platform/data-folder-lock.ts'
import { openDatabase } from './platform/database.ts'
import { explainStartFailure } from './start.ts'
import { backupPath } from './web/tools.ts'

/**
 * `npm run backup -- <file>`: saves every table of ours into one file. PostgreSQL is read beside the running program. PGlite is open
 * to one program at a time, so there the running one is asked to make it.
 */
const texts = beginProgram()
const file = process.argv[2]

try {
  if (file === undefined) fail(texts('start:backup.noFile'))
  else if (existsSync(file)) fail(texts('start:backup.fileExists', { file }))
  else await save(file, readConfig(process.env))
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  fail(explainStartFailure(error, texts) ?? texts('start:backup.failed', { reason: reason.trim() }))
}

async function save(to: string, config: Config): Promise<void> {
  const data = await read(config)
  if (typeof data === 'string') return fail(data)
  // Read again as a restore would: a backup that cannot be read is none.
  const backup = await readBackup(data)
  if (!backup.ok) return fail(texts.problem(backup.problem))
  writeFileSync(`${to}.part`, data, { mode: 0o600, flush: true })
  renameSync(`${to}.part`, to)
  const { tables } = backup.value.manifest
  const rows = formatNumber(tables.reduce((sum, table) => sum + table.rows, 0))
  console.log(texts('start:backup.made', { file: to, tables: tables.length, rows }))
}

/** The packed backup, or why there is none. */
async function read(config: Config): Promise<Uint8Array | string> {
  try {
    return await readHere(config)
  } catch (error) {
    if (!(error instanceof DataFolderInUse) || config.botToken === null) throw error
    return askForIt(config, config.botToken)
  }
}

async function readHere({ databaseUrl, databaseMigrateUrl, dataDir }: Config): Promise<Uint8Array | string> {
  const url = databaseMigrateUrl ?? databaseUrl
  if (url === null && !existsSync(join(dataDir, 'pglite'))) return texts('start:backup.noData', { folder: dataDir })
  const database = await openDatabase(url === null ? { folder: dataDir, migrate: false } : { url, migrate: false })
  try {
    return (await packBackup(database.prisma, new Date())).file
  } finally {
    await database.close()
  }
}

async function askForIt(config: Config, token: string): Promise<Uint8Array | string> {
  const { url, response } = await askProgram(config, token, backupPath)
  if (response === null) return texts('start:officerCode.silent', { url })
  if (!response.ok) return texts('start:officerCode.refused', { reason: String(response.status) })
  return new Uint8Array(await response.arrayBuffer())
}

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
