import { askSecrets } from './ask-secrets.ts'
import type { BackupSettings } from './config.ts'
import { fail, ok, type Result } from './domain/result.ts'
import { decryptBackup, lockOf } from './platform/backup/envelope.ts'
import { type BackupKey, identityIn } from './platform/backup/keys.ts'
import type { Texts } from './platform/texts.ts'

/** Fewer characters than this can be tried out by whoever gets hold of a backup. */
const shortestPassphrase = 12

/**
 * With what a backup is to be encrypted, from the settings or from whoever sits at the terminal.
 * Fails with `start.backup.noKey`, `start.backup.twoKeys`, `start.backup.noSeal`, `start.backup.shortPassphrase`,
 * `start.backup.notTheSame`.
 */
export async function askBackupKey(settings: BackupSettings, texts: Texts): Promise<Result<BackupKey>> {
  const { passphrase, recipient, seal } = settings
  if (passphrase !== null && recipient !== null) return fail('start.backup.twoKeys')
  if (recipient !== null) return seal === null ? fail('start.backup.noSeal') : ok({ recipient, seal })
  if (passphrase !== null) return ok({ passphrase })
  const least = shortestPassphrase
  const answers = await askSecrets(texts('start:backup.askNew', { least }), texts('start:backup.askAgain'))
  if (answers === null) return fail('start.backup.noKey')
  const [said = '', again] = answers
  if (said.length < least) return fail('start.backup.shortPassphrase', { least })
  return again === said ? ok({ passphrase: said }) : fail('start.backup.notTheSame')
}

/**
 * The packed backup in a file. One that is not encrypted is taken only where that was said aloud.
 * Fails with `start.backup.notABackup`, `start.backup.notEncrypted`, where what opens it is missing (`start.backup.noPassphrase`,
 * `start.backup.noIdentity`, `start.backup.wrongIdentity`) or does not fit (see decryptBackup).
 */
export async function unlockBackup(
  file: Uint8Array,
  mayBeUnencrypted: boolean,
  settings: BackupSettings,
  texts: Texts,
): Promise<Result<Uint8Array>> {
  const lock = lockOf(file)
  if (lock === 'unknown') return fail('start.backup.notABackup')
  if (lock === 'none') return mayBeUnencrypted ? ok(file) : fail('start.backup.notEncrypted')
  const secret = lock === 'passphrase' ? await askPassphrase(settings, texts) : readIdentity(settings)
  return secret.ok ? decryptBackup(file, secret.value) : secret
}

async function askPassphrase({ passphrase }: BackupSettings, texts: Texts): Promise<Result<{ passphrase: string }>> {
  const said = passphrase ?? (await askSecrets(texts('start:restore.askPassphrase')))?.[0] ?? null
  return said === null ? fail('start.backup.noPassphrase') : ok({ passphrase: said })
}

function readIdentity({ identity }: BackupSettings): Result<{ identity: string }> {
  if (identity === null) return fail('start.backup.noIdentity')
  const found = identityIn(identity)
  return found === null ? fail('start.backup.wrongIdentity') : ok({ identity: found })
}
