import { existsSync, readFileSync } from 'node:fs'
import { backupArguments } from './backup-arguments.ts'
import { unlockBackup } from './backup-secrets.ts'
import { beginProgram } from './begin.ts'
import { type Config, readConfig } from './config.ts'
import { formatDateTime } from './domain/formats.ts'
import { voidRestored } from './features/votes/index.ts'
import { readBackup } from './platform/backup/read.ts'
import { restoreBackup } from './platform/backup/restore.ts'
import { systemClock } from './platform/clock.ts'
import { createContext, nobody } from './platform/context.ts'
import { type OpenDatabase, openDatabase } from './platform/database.ts'
import { createLog } from './platform/log.ts'
import { holdRestored } from './platform/outbox.ts'
import { explainStartFailure } from './start.ts'

/**
 * `npm run restore -- <file> [--unencrypted]`: puts a backup into an empty database, whole or not at all. In the same transaction what
 * was waiting to be sent is held for an operator, and secret ballots that were under way are made void.
 */
const texts = beginProgram()

try {
  const { file, isUnencrypted } = backupArguments(process.argv.slice(2))
  if (file === undefined) refuse(texts('start:restore.noFile'))
  else if (!existsSync(file)) refuse(texts('start:restore.noSuchFile', { file }))
  else await restore(readFileSync(file), isUnencrypted, readConfig(process.env))
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  refuse(explainStartFailure(error, texts) ?? texts('start:restore.failed', { reason: reason.trim() }))
}

async function restore(file: Uint8Array, isUnencrypted: boolean, config: Config): Promise<void> {
  const zip = await unlockBackup(file, isUnencrypted, config.backup, texts)
  if (!zip.ok) return refuse(texts.problem(zip.problem))
  const backup = await readBackup(zip.value)
  if (!backup.ok) return refuse(texts.problem(backup.problem))
  if (zip.value === file) console.error(texts('start:restore.unencrypted'))
  const database = await openAsOwner(config)
  try {
    const services = {
      database: database.prisma,
      clock: systemClock,
      log: createLog(config.logLevel),
      texts,
      onCommit: () => {},
    }
    const ctx = createContext(services, nobody, null)
    let [held, voided] = [0, 0]
    const restored = await restoreBackup(database.prisma, backup.value, async (tx) => {
      held = await holdRestored(tx, ctx.now())
      voided = await voidRestored(ctx, tx)
      await ctx.audit(tx, 'backup.restored', { madeAt: backup.value.manifest.madeAt, held, voided })
    })
    if (!restored.ok) return refuse(texts.problem(restored.problem))
    const at = formatDateTime(new Date(backup.value.manifest.madeAt))
    console.log(texts('start:restore.done', { at, held, voided }))
  } finally {
    await database.close()
  }
}

/** With all tables, as their owner: the program's own role may neither change a table nor add to it past its rules. */
async function openAsOwner({ databaseUrl, databaseMigrateUrl, dataDir }: Config): Promise<OpenDatabase> {
  if (databaseUrl === null) return openDatabase({ folder: dataDir })
  const migrated = await openDatabase({ url: databaseUrl, ownerUrl: databaseMigrateUrl })
  if (databaseMigrateUrl === null) return migrated
  await migrated.close()
  return openDatabase({ url: databaseMigrateUrl, migrate: false })
}

function refuse(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
