import sodium from 'libsodium-wrappers'
import { combine, split } from 'shamir-secret-sharing'

/** What is sealed to a public key, anybody can make; only whoever has the private key opens it (X25519, XSalsa20-Poly1305). */
export type PublicKey = Uint8Array

export interface KeyPair {
  publicKey: PublicKey
  privateKey: Uint8Array
}

/** How many bytes sealing adds. */
export const sealedExtra = 48
/** A share of a private key: its 32 bytes and the number of the share. */
export const shareBytes = 33

await sodium.ready

export function createKeyPair(): KeyPair {
  const { publicKey, privateKey } = sodium.crypto_box_keypair()
  return { publicKey, privateKey }
}

/** Two sealings of the same content look different, and none tells who sealed it. */
export function seal(content: Uint8Array, publicKey: PublicKey): Uint8Array {
  return sodium.crypto_box_seal(content, publicKey)
}

/** Null where it was sealed to another key or changed since. */
export function unseal(sealed: Uint8Array, { publicKey, privateKey }: KeyPair): Uint8Array | null {
  if (sealed.length < sealedExtra) return null
  try {
    return sodium.crypto_box_seal_open(sealed, publicKey, privateKey)
  } catch {
    return null
  }
}

/** Splits a private key so that any `needed` of the shares give it back and fewer tell nothing (Shamir over GF(2^8)). */
export function splitKey({ privateKey }: KeyPair, shares: number, needed: number): Promise<Uint8Array[]> {
  return split(privateKey, shares, needed)
}

/**
 * The key pair that the shares give, or null where they are not enough or not of this box: shares of two boxes combine to a
 * wrong key without an error, so the public key must come out again.
 */
export async function combineShares(shares: readonly Uint8Array[], publicKey: PublicKey): Promise<KeyPair | null> {
  if (shares.length < 2 || shares.some((share) => share.length !== shareBytes)) return null
  // A share's last byte is its number: one share twice is no second one.
  if (new Set(shares.map((share) => share[shareBytes - 1])).size < shares.length) return null
  const privateKey = await combine([...shares])
  const reproduced = sodium.crypto_scalarmult_base(privateKey)
  if (sodium.memcmp(reproduced, publicKey)) return { publicKey, privateKey }
  forget(privateKey)
  return null
}

/** Tells a share from another without telling anything about it: a share is as random as the key. */
export function shareMark(share: Uint8Array): Uint8Array {
  return sodium.crypto_generichash(16, share, null)
}

/** Overwrites a key or a share that has served. Copies that the runtime made are beyond reach. */
export function forget(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) sodium.memzero(secret)
}

/** Puts a list into an order that nobody can foretell: each value draws a number as long as no two draw alike. */
export function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((value) => ({ value, drawn: sodium.to_hex(sodium.randombytes_buf(16)) }))
    .sort((a, b) => (a.drawn < b.drawn ? -1 : 1))
    .map(({ value }) => value)
}
