import type { Roll } from '../../domain/eligibility.ts'
import { packFor, packHash } from '../../domain/packs/index.ts'
import type { VotePack } from '../../domain/packs/schema.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { standingOf } from './ballot-standing.ts'
import { takeRoll } from './take-roll.ts'

/** Who is at the meeting, where the meeting says that only they vote, and who is let off. */
export interface Attendance {
  present?: ReadonlySet<number>
  excused?: ReadonlySet<number>
}

/** What has been noted of a draft: nothing, where everybody may vote, or all of the branch but those who are absent. */
export async function attendanceOf(
  db: Database | Transaction,
  vote: { id: number; branchId: number },
): Promise<Attendance> {
  const absences = await db.voteAbsence.findMany({ where: { voteId: vote.id } })
  if (absences.length === 0) return {}
  const absent = new Set(absences.map(({ personId }) => personId))
  const members = await db.membership.findMany({ where: { organisationId: vote.branchId }, select: { personId: true } })
  return {
    present: new Set(members.map(({ personId }) => personId).filter((personId) => !absent.has(personId))),
    excused: new Set(absences.filter(({ excused }) => excused).map(({ personId }) => personId)),
  }
}

/** A roll as it would be frozen today, with the rules that it was drawn by. */
export interface DrawnRoll {
  pack: VotePack
  roll: Roll
}

/** Draws the roll of this day. Fails with `votes.nobodyMayVote`, `pack.none`. Asks no leave: the opening of the vote has. */
export async function drawRoll(
  ctx: Context,
  db: Database | Transaction,
  branchId: number,
  attendance: Attendance = {},
): Promise<Result<DrawnRoll>> {
  const pack = packFor('vote', ctx.today())
  if (!pack.ok) return pack
  const roll = await takeRoll(db, pack.value, branchId, ctx.today(), attendance)
  return roll.voters.length === 0 ? fail('votes.nobodyMayVote') : ok({ pack: pack.value, roll })
}

/**
 * Freezes with a draft that is about to be opened the roll, the rules it was drawn by and what the vote is worth: the
 * branch's ballot or a poll.
 */
export async function freezeRoll(
  tx: Transaction,
  vote: { id: number; wardId: number; kind: string; byHand: boolean },
  { pack, roll }: DrawnRoll,
): Promise<void> {
  const voteId = vote.id
  await tx.voteRoll.createMany({ data: roll.voters.map((voter) => ({ voteId, ...voter })) })
  await tx.voteLeftOut.createMany({ data: roll.excluded.map((left) => ({ voteId, ...left })) })
  await tx.vote.update({
    where: { id: voteId },
    data: { packId: pack.id, packHash: packHash(pack), pack, ...(await standingOf(tx, vote)) },
  })
}
