import { createKeyPair, forget, shareMark, splitKey } from '../../../platform/sealing.ts'

/** So many shares open a box, of as many as the tally team has members. */
export const sharesNeeded = 2

/** A share on its way to a member of the tally team. It exists in this process and in that message's button only. */
export interface ShareToGive {
  personId: number
  share: Uint8Array
}

/** What is kept of a share: where it was given, and a mark that tells it from another. */
export interface GivenShare {
  personId: number
  mark: Uint8Array
  chatId: bigint
  messageId: number
}

export interface BoxKey {
  publicKey: Uint8Array
  shares: ShareToGive[]
}

/** Makes a box's key pair and splits the private half among the tally team; the whole of it is forgotten at once. */
export async function createBoxKey(tellers: readonly number[]): Promise<BoxKey> {
  const pair = createKeyPair()
  const shares = await splitKey(pair, tellers.length, sharesNeeded)
  forget(pair.privateKey)
  return {
    publicKey: pair.publicKey,
    shares: tellers.flatMap((personId, index) => {
      const share = shares[index]
      return share ? [{ personId, share }] : []
    }),
  }
}

export function given(share: ShareToGive, chatId: bigint, messageId: number): GivenShare {
  return { personId: share.personId, mark: shareMark(share.share), chatId, messageId }
}
