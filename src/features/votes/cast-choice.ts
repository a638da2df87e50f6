import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { onRoll } from './place-on-roll.ts'
import { closedProblem } from './vote-view.ts'

export interface CastChoice {
  voteId: number
  question: number
  optionIndex: number
}

export interface CastResult {
  question: number
  /** Of how many questions of the vote. */
  questionCount: number
  option: string
  outcome: 'recorded' | 'changed' | 'unchanged'
}

/**
 * Records the actor's own choice, which may change until the vote closes. It replaces one that was entered for them. Whether
 * more have voted now is only noted: the message in the group is written anew soon, once for many who press together.
 */
export async function castChoice(ctx: Context, input: CastChoice): Promise<Result<CastResult>> {
  const { voteId, question, optionIndex } = input
  const vote = await readVote(ctx, input)
  if (vote?.kind !== 'open') return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.cast', { wardId: vote.wardId, branchId: vote.branchId })
  const { personId } = ctx.actor
  if (!vote.onRoll || personId === null) {
    const place = await onRoll(ctx, { id: voteId, branchId: vote.branchId }, personId)
    if (!place.ok) return place
    return fail('votes.otherBranch')
  }
  if (!leave.ok) return fail('votes.leftBranch')
  const { option, questionCount } = vote
  if (option === null) return fail('votes.noSuchOption')
  if (vote.method === 'hand') return fail('votes.byHand')
  const cast = (outcome: CastResult['outcome']) => ok({ question, questionCount, option, outcome })
  // A finger that presses many times finds its choice there: nothing to lock, nothing to wait for.
  if (vote.state === 'open' && vote.chosen === optionIndex && !vote.wasEntered) return cast('unchanged')
  const outcome = await chooseOneself(ctx, { ...input, personId, wardId: vote.wardId })
  return outcome === null ? { ok: false, problem: closedProblem(await closedAtOf(ctx, voteId)) } : cast(outcome)
}

interface VoteToCast {
  kind: string
  method: string
  state: string
  showsCounts: boolean
  branchId: number
  wardId: number
  questionCount: number
  /** The option that was pressed, if the vote has it. */
  option: string | null
  onRoll: boolean
  chosen: number | null
  wasEntered: boolean
}

/** Everything that a press must know before it locks anything, in one look-up: presses come by the hundred. */
async function readVote(ctx: Context, { voteId, question, optionIndex }: CastChoice): Promise<VoteToCast | undefined> {
  const personId = ctx.actor.personId ?? 0
  const [row] = await ctx.db.$queryRaw<VoteToCast[]>`
    SELECT "vote"."kind", "vote"."method", "vote"."state", "vote"."showsCounts", "vote"."branchId", "branch"."wardId",
      (SELECT count(*)::int FROM "VoteQuestion" WHERE "voteId" = "vote"."id") AS "questionCount",
      "option"."text" AS "option", "roll"."personId" IS NOT NULL AS "onRoll",
      "own"."optionIndex" AS "chosen", "own"."enteredById" IS NOT NULL AS "wasEntered"
    FROM "Vote" AS "vote"
      JOIN "Organisation" AS "branch" ON "branch"."id" = "vote"."branchId"
      LEFT JOIN "VoteOption" AS "option"
        ON ("option"."voteId", "option"."question", "option"."index") = ("vote"."id", ${question}, ${optionIndex})
      LEFT JOIN "VoteRoll" AS "roll" ON ("roll"."voteId", "roll"."personId") = ("vote"."id", ${personId})
      LEFT JOIN "VoteChoice" AS "own"
        ON ("own"."voteId", "own"."question", "own"."personId") = ("vote"."id", ${question}, ${personId})
    WHERE "vote"."id" = ${voteId}`
  return row
}

/**
 * Writes one's own choice, unless it stands there as one's own already, with the record of the act and the note that the group
 * is behind. Null where the vote is not open any more. One statement, and so one transaction: the vote is held still as
 * `lockVote` does, and what is asked of it (open? behind?) is asked of the row as it is once it is held.
 */
async function chooseOneself(
  ctx: Context,
  { voteId, question, personId, optionIndex, wardId }: CastChoice & { personId: number; wardId: number },
): Promise<CastResult['outcome'] | null> {
  const [row] = await ctx.db.$queryRaw<{ isOpen: boolean; isNew: boolean | null }[]>`
    WITH "held" AS (
      SELECT "id", "showsCounts", "turnoutStale" FROM "Vote" WHERE "id" = ${voteId} AND "state" = 'open' FOR UPDATE
    ), "written" AS (
      INSERT INTO "VoteChoice" AS "own" ("voteId", "question", "personId", "optionIndex", "at")
      SELECT "id", ${question}::int, ${personId}::int, ${optionIndex}::int, ${ctx.now()}::timestamptz FROM "held"
      ON CONFLICT ("voteId", "question", "personId")
        DO UPDATE SET "optionIndex" = EXCLUDED."optionIndex", "at" = EXCLUDED."at", "enteredById" = NULL
        WHERE "own"."optionIndex" <> EXCLUDED."optionIndex" OR "own"."enteredById" IS NOT NULL
      RETURNING "xmax" = 0 AS "isNew"
    ), "recorded" AS (
      ${ctx.auditWith('vote.cast', { vote: voteId }, wardId)} FROM "written"
    ), "behind" AS (
      UPDATE "Vote" AS "vote" SET "turnoutStale" = true FROM "held", "written"
      WHERE "vote"."id" = "held"."id" AND NOT "held"."turnoutStale" AND ("isNew" OR "held"."showsCounts")
    )
    SELECT EXISTS (SELECT 1 FROM "held") AS "isOpen", (SELECT "isNew" FROM "written") AS "isNew"`
  if (!row?.isOpen) return null
  return row.isNew === null ? 'unchanged' : row.isNew ? 'recorded' : 'changed'
}

async function closedAtOf(ctx: Context, voteId: number): Promise<Date | null> {
  return (await ctx.db.vote.findUnique({ where: { id: voteId }, select: { closedAt: true } }))?.closedAt ?? null
}

export interface ChoicePlace {
  voteId: number
  question: number
  personId: number
}

export async function choiceOf(db: Database | Transaction, { voteId, question, personId }: ChoicePlace) {
  return db.voteChoice.findUnique({ where: { voteId_question_personId: { voteId, question, personId } } })
}

export async function writeChoice(
  tx: Transaction,
  choice: ChoicePlace & { optionIndex: number; at: Date; enteredById: number | null },
): Promise<void> {
  const { voteId, question, personId, ...changed } = choice
  await tx.voteChoice.upsert({
    where: { voteId_question_personId: { voteId, question, personId } },
    create: choice,
    update: changed,
  })
}
