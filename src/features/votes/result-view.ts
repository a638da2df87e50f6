import { may } from '../../domain/access.ts'
import { compareNames } from '../../domain/names.ts'
import type { VotePack } from '../../domain/packs/schema.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { findVote, frozenPack, type VoteView } from './vote-view.ts'

/** What a closed vote came to, with the rules it was counted by. */
export interface VoteResultView {
  options: { text: string; count: number; carried: boolean }[]
  voted: number
  /** Of those who voted, how many were entered by the secretary. */
  entered: number
  base: number
  majority: VotePack['majority']
  majorityNeeded: number
  quorumShare: VotePack['quorum']
  quorumNeeded: number
  quorum: boolean
  source: VotePack['instrument']
}

/** The result as it was written at the closing, or null while the vote is open. */
export async function readResult(db: Database | Transaction, voteId: number): Promise<VoteResultView | null> {
  const row = await db.vote.findUnique({
    where: { id: voteId },
    select: { pack: true, result: true, options: { orderBy: { index: 'asc' } } },
  })
  if (!row?.result) return null
  const pack = frozenPack(row.pack)
  const { voted, enteredCount, base, majorityNeeded, quorumNeeded, quorum } = row.result
  return {
    options: row.options.map(({ text, count, carried }) => ({ text, count: count ?? 0, carried: carried ?? false })),
    voted,
    entered: enteredCount,
    base,
    majority: pack.majority,
    majorityNeeded,
    quorumShare: pack.quorum,
    quorumNeeded,
    quorum,
    source: pack.instrument,
  }
}

export interface NamedList {
  vote: VoteView
  options: { text: string; voters: { name: string; entered: boolean }[] }[]
  silent: string[]
}

/** Who chose what, for the branch, once the vote is closed: it is a named vote, but nobody is to be swayed by it. */
export async function whoChoseWhat(ctx: Context, voteId: number): Promise<Result<NamedList>> {
  const vote = await findVote(ctx.db, voteId)
  if (!vote) return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.view', { wardId: vote.wardId, branchId: vote.branchId })
  if (!leave.ok) return leave
  if (vote.isOpen) return fail('votes.namesAfterClosing')
  const roll = await ctx.db.voteRoll.findMany({
    where: { voteId },
    select: { person: { select: { fullName: true } }, choice: true },
  })
  const byName = roll.sort((a, b) => compareNames(a.person.fullName, b.person.fullName))
  return ok({
    vote,
    options: vote.options.map((text, index) => ({
      text,
      voters: byName.flatMap(({ person, choice }) =>
        choice?.optionIndex === index ? [{ name: person.fullName, entered: choice.enteredById !== null }] : [],
      ),
    })),
    silent: byName.flatMap(({ person, choice }) => (choice === null ? [person.fullName] : [])),
  })
}
