import { may } from '../../../domain/access.ts'
import type { RollExclusion } from '../../../domain/eligibility.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { fewestTellers } from '../../../domain/tellers.ts'
import type { Context } from '../../../platform/context.ts'
import type { Database, Transaction } from '../../../platform/database.ts'
import { linkedPeople } from '../../linking/index.ts'
import { attendanceOf, drawRoll } from '../freeze-roll.ts'
import { summarise } from '../preview-vote.ts'
import { type RecordView, readRecords } from '../record-view.ts'
import { undecided } from '../second-round.ts'
import { findVote, type VoteView } from '../vote-view.ts'

export interface Teller {
  personId: number
  name: string
  isHead: boolean
  /** Has an account, and so can confirm and sign in the bot. */
  linked: boolean
}

/** The counts as they were last entered, waiting for the tally team to confirm them. */
export interface Sheet {
  edition: number
  reason: string | null
  issued: number
  returned: number
  valid: number
  invalid: number
  joined: number
  /** Per question the votes for each option. */
  questions: number[][]
  confirmedBy: number[]
}

/** A ballot as its branch sees it; who leads it and who counts it find what they may do. */
export interface Ballot {
  vote: VoteView
  tellers: Teller[]
  notClassified: { name: string; reason: string }[]
  roll: { voters: number; whenVoting: number; leftOut: { reason: RollExclusion; count: number }[] }
  sheet: Sheet | null
  records: RecordView[]
  leads: boolean
  counts: boolean
  /** A team large enough to open it has been chosen. */
  isReady: boolean
  /** Something in its result has to be asked again. */
  mayRepeat: boolean
}

/** A ballot on paper or sealed, with all that stands around it. */
export async function findBallot(ctx: Context, voteId: number): Promise<Result<Ballot>> {
  const vote = await findVote(ctx.db, voteId)
  if (!vote || vote.kind === 'open') return fail('votes.noSuchVote')
  const target = { wardId: vote.wardId, branchId: vote.branchId }
  const leave = may(ctx.actor, 'vote.view', target)
  if (!leave.ok) return leave
  const leads = may(ctx.actor, 'vote.open', target).ok
  if (vote.state === 'draft' && !leads) return fail('votes.stillDraft')
  const tellers = await tellersOf(ctx.db, voteId)
  const notClassified = await ctx.db.voteNotClassified.findMany({
    where: { voteId },
    include: { person: { select: { fullName: true } } },
  })
  const records = await readRecords(ctx.db, voteId)
  const result = records.at(-1)
  return ok({
    vote,
    tellers,
    notClassified: notClassified.map(({ person, reason }) => ({ name: person.fullName, reason })),
    roll: await rollOf(ctx, vote),
    sheet: await sheetOf(ctx.db, vote),
    records,
    leads,
    counts: tellers.some(({ personId }) => personId === ctx.actor.personId),
    isReady: tellers.length >= fewestTellers,
    mayRepeat: vote.state === 'published' && result !== undefined && undecided(result).length > 0,
  })
}

/** The same for whoever leads the branch's ballots. */
export async function leadBallot(ctx: Context, voteId: number): Promise<Result<Ballot>> {
  const found = await findBallot(ctx, voteId)
  if (!found.ok || found.value.leads) return found
  return fail('access.denied', { action: 'vote.open' })
}

/** The tally team, its head first. */
export async function tellersOf(db: Database | Transaction, voteId: number): Promise<Teller[]> {
  const rows = await db.voteTeller.findMany({
    where: { voteId },
    include: { person: { select: { fullName: true } } },
    orderBy: [{ isHead: 'desc' }, { personId: 'asc' }],
  })
  const linked = await linkedPeople(
    db,
    rows.map(({ personId }) => personId),
  )
  return rows.map(({ personId, isHead, person }) => ({
    personId,
    name: person.fullName,
    isHead,
    linked: linked.has(personId),
  }))
}

/** The counts that were last entered. */
export async function sheetOf(db: Database | Transaction, vote: VoteView): Promise<Sheet | null> {
  const row = await db.voteSheet.findUnique({
    where: { voteId: vote.id },
    include: { counts: { orderBy: { index: 'asc' } }, confirmations: { orderBy: { at: 'asc' } } },
  })
  return (
    row && {
      ...row,
      questions: vote.questions.map((_, question) =>
        row.counts.filter((one) => one.question === question).map(({ count }) => count),
      ),
      confirmedBy: row.confirmations.map(({ personId }) => personId),
    }
  )
}

/** The frozen roll in numbers; of a draft the roll as it would be today. */
async function rollOf(ctx: Context, vote: VoteView): Promise<Ballot['roll']> {
  if (vote.state === 'draft') {
    const drawn = await drawRoll(ctx, ctx.db, vote.branchId, await attendanceOf(ctx.db, vote))
    return drawn.ok ? summarise(drawn.value.roll) : { voters: 0, whenVoting: 0, leftOut: [] }
  }
  const whenVoting = await ctx.db.voteRoll.count({ where: { voteId: vote.id, counts: 'whenVoting' } })
  return { voters: vote.rollSize, whenVoting, leftOut: [] }
}
