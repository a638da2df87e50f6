import { shareBytes } from '../../../platform/sealing.ts'

/** The word before a share in a button's data. */
export const shareWord = 'k'

/** `k:<ballot in base 36>:<44 characters of base64url>`: at most 53 bytes. */
export function shareData(voteId: number, share: Uint8Array): string {
  return `${shareWord}:${voteId.toString(36)}:${Buffer.from(share).toString('base64url')}`
}

/** Reads what follows the word; null where it is no share of ours. */
export function readShareData(args: string): { voteId: number; share: Uint8Array } | null {
  const match = /^([0-9a-z]{1,6}):([A-Za-z0-9_-]{44})$/.exec(args)
  if (!match) return null
  const share = new Uint8Array(Buffer.from(match[2] ?? '', 'base64url'))
  return share.length === shareBytes ? { voteId: Number.parseInt(match[1] ?? '', 36), share } : null
}
