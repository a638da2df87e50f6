import { hkdfSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'

/**
 * With what a backup is encrypted: a passphrase, or the public half of an age key and a seal. Anybody who has seen the public half could
 * encrypt a file of their own to it; the seal is what they lack.
 */
export type BackupKey = { readonly passphrase: string } | { readonly recipient: string; readonly seal: string }

const identityShape = /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/m

/**
 * The seal that belongs to an age key, 64 hexadecimal digits. Whoever has the key can make it, and it says nothing of the key, so the
 * machine that makes backups holds it, and the key stays away from there.
 */
export function sealOf(identity: string): string {
  return Buffer.from(hkdfSync('sha256', identity, '', 'lien-chi backup seal 1', 32)).toString('hex')
}

/** What the machine that makes backups is told of an age key. */
export async function publicHalf(identity: string): Promise<{ recipient: string; seal: string }> {
  return { recipient: await identityToRecipient(identity), seal: sealOf(identity) }
}

/** A new age key, and the lines of a file that holds it as `age-keygen` writes it. */
export async function newIdentity(now: Date): Promise<{ identity: string; lines: string }> {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  return { identity, lines: `# created: ${now.toISOString()}\n# public key: ${recipient}\n${identity}\n` }
}

/** The age key in a setting that holds it or names a file that does; null where there is none. */
export function identityIn(setting: string): string | null {
  return found(setting) ?? found(contentOf(setting))
}

function found(text: string): string | null {
  return identityShape.exec(text)?.[0] ?? null
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
