import { passing } from '../../../platform/checkpoints.ts'
import { createContext, nobody } from '../../../platform/context.ts'
import type { Database } from '../../../platform/database.ts'
import { createMeeting } from '../../../platform/meeting.ts'
import { combineShares, forget, shareMark } from '../../../platform/sealing.ts'
import { cleanBoxes } from './clean-boxes.ts'
import { openBox } from './open-box.ts'
import type { SealedParts } from './sealed-parts.ts'

/** The place where the shares of a box come together: the memory of one process, for a few minutes. */
export interface BoxMeeting {
  /** Brings one share; the box is opened as soon as enough have come. Answers how many are here, or null where they meet elsewhere. */
  bring(voteId: number, share: Uint8Array): Promise<number | null>
  idle(): Promise<void>
  stop(): Promise<void>
}

/** How long a share waits for another, in milliseconds. */
const longestWait = 10 * 60_000

/** A box is opened by the program itself: two members of the tally team ask together, neither alone. */
export function createBoxMeeting(parts: SealedParts): BoxMeeting {
  const { services, database } = parts
  const { log } = services
  const context = () => createContext(services, nobody, null)
  const waiting = new Map<number, { shares: Uint8Array[]; timer: NodeJS.Timeout }>()
  let opening: Promise<void> = Promise.resolve()

  const meeting = createMeeting({
    database,
    programSecret: parts.programSecret,
    arrived: (topic, share) => {
      const voteId = Number(topic)
      const others = waiting.get(voteId)?.shares ?? []
      const isNew = !others.some((other) => Buffer.compare(other, share) === 0)
      keep(voteId, isNew ? [...others, share] : others)
      passing('ballot.shareHere')
      opening = opening.then(() => tryOpening(voteId)).catch((error) => log.error({ err: error, vote: voteId }, 'box'))
    },
  })

  const keep = (voteId: number, shares: Uint8Array[]) => {
    clearTimeout(waiting.get(voteId)?.timer)
    const timer = setTimeout(() => void drop(voteId), longestWait)
    timer.unref()
    waiting.set(voteId, { shares, timer })
  }

  const drop = async (voteId: number) => {
    const kept = waiting.get(voteId)
    if (!kept) return
    waiting.delete(voteId)
    clearTimeout(kept.timer)
    forget(...kept.shares)
    await meeting.end(String(voteId))
  }

  const tryOpening = async (voteId: number) => {
    const shares = waiting.get(voteId)?.shares ?? []
    const box = await database.prisma.ballotBox.findUniqueOrThrow({ where: { voteId } })
    if (shares.length < box.needed) return
    const key = await combineShares(shares, box.publicKey)
    passing('ballot.keyCombined')
    await drop(voteId)
    if (!key) throw new Error('the shares do not give the key of the box')
    try {
      await openBox(context(), voteId, key)
      passing('ballot.counted')
    } finally {
      forget(key.privateKey)
    }
    passing('ballot.keyForgotten')
    await cleanBoxes(context(), parts)
  }

  return {
    bring: async (voteId, share) => {
      const where = await meeting.bring(String(voteId), share)
      return where === 'here' ? (waiting.get(voteId)?.shares.length ?? 0) : null
    },
    idle: () => opening,
    stop: async () => {
      for (const voteId of [...waiting.keys()]) await drop(voteId)
      await meeting.stop()
      await opening
    },
  }
}

/** Whether the share was given to this person for this box. */
export async function isOwnShare(
  db: Database,
  voteId: number,
  personId: number | null,
  share: Uint8Array,
): Promise<boolean> {
  if (personId === null) return false
  const row = await db.ballotShare.findUnique({ where: { voteId_personId: { voteId, personId } } })
  return row !== null && Buffer.compare(row.mark, shareMark(share)) === 0
}
