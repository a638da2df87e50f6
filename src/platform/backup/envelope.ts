import { Decrypter, Encrypter } from 'age-encryption'
import { fail, ok, type Result } from '../../domain/result.ts'
import { type BackupKey, sealOf } from './keys.ts'
import { isSealed, sealed } from './seal.ts'

/** How a file can be opened: not encrypted at all, by a passphrase, by an age key; or it is none of ours. */
export type Lock = 'none' | 'passphrase' | 'identity' | 'unknown'

/** The packed backup as a file that the program `age` opens too. */
export async function encryptBackup(zip: Uint8Array, key: BackupKey): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  if ('passphrase' in key) {
    encrypter.setPassphrase(key.passphrase)
    return encrypter.encrypt(zip)
  }
  encrypter.addRecipient(key.recipient)
  return encrypter.encrypt(sealed(zip, key.seal))
}

/** The lock that the file's own beginning names; a passphrase always stands alone. */
export function lockOf(file: Uint8Array): Lock {
  const beginning = Buffer.from(file.subarray(0, 40)).toString('latin1')
  if (beginning.startsWith('PK')) return 'none'
  const stanza = /^age-encryption\.org\/v1\n-> (\S+) /.exec(beginning)?.[1]
  if (stanza === undefined) return 'unknown'
  return stanza === 'scrypt' ? 'passphrase' : 'identity'
}

/**
 * The packed backup inside, where it is unchanged and was made by whoever knows the passphrase, or holds the seal of the age key.
 * Fails with `start.backup.wrongKey`, `start.backup.altered`, `start.backup.notSealed`.
 */
export async function decryptBackup(
  file: Uint8Array,
  secret: { passphrase: string } | { identity: string },
): Promise<Result<Uint8Array>> {
  const decrypter = new Decrypter()
  if ('passphrase' in secret) decrypter.addPassphrase(secret.passphrase)
  else decrypter.addIdentity(secret.identity)
  const zip = await decrypter.decrypt(file).catch((error: unknown) => isNoMatch(error))
  if (typeof zip === 'boolean') return fail(zip ? 'start.backup.wrongKey' : 'start.backup.altered')
  if ('identity' in secret && !isSealed(zip, sealOf(secret.identity))) return fail('start.backup.notSealed')
  return ok(zip)
}

/** The library's own words for a passphrase or a key that does not fit; everything else is a file that was changed or cut. */
function isNoMatch(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('no identity matched')
}
