import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { linkedPeople, privateChatOf } from '../linking/index.ts'
import { type CastResult, choiceOf, writeChoice } from './cast-choice.ts'
import { enteredForYou } from './screens.ts'
import { showTurnout } from './show-in-group.ts'
import { closedProblem, findVote, lockVote, type VoteView } from './vote-view.ts'
import { votersNow } from './voters-now.ts'

export interface CastOnBehalf {
  voteId: number
  question: number
  personId: number
  optionIndex: number
}

export interface EnteredChoice extends Omit<CastResult, 'questionCount'> {
  vote: VoteView
  /** For whom. */
  name: string
}

/**
 * The secretary enters the choice of a member without a smartphone, marked as such. Whoever has voted themselves cannot be
 * entered for, nor whoever could not vote any more; an entry may be corrected, and gives way to the member's own vote.
 */
export async function castOnBehalf(ctx: Context, input: CastOnBehalf): Promise<Result<EnteredChoice>> {
  const { voteId, question, personId, optionIndex } = input
  const found = await voteToEnter(ctx, voteId)
  if (!found.ok) return found
  const vote = found.value
  const place = await ctx.db.voteRoll.findUnique({
    where: { voteId_personId: { voteId, personId } },
    select: { person: { select: { fullName: true } } },
  })
  if (!place) return fail('votes.notOnRoll')
  if (personId === ctx.actor.personId) return fail('votes.voteYourself')
  const option = vote.questions[question]?.options[optionIndex]
  if (option === undefined) return fail('votes.noSuchOption')
  const name = place.person.fullName
  if (!(await votersNow(ctx, vote, [personId])).has(personId)) return fail('votes.memberLeft', { name })
  return ctx.transaction(async (tx) => {
    const { isOpen, closedAt } = await lockVote(tx, voteId)
    if (!isOpen) return { ok: false, problem: closedProblem(closedAt) }
    const before = await choiceOf(tx, input)
    if (before && before.enteredById === null) return fail('votes.votedThemselves', { name })
    if (before?.optionIndex === optionIndex) return ok({ vote, question, option, name, outcome: 'unchanged' })
    await writeChoice(tx, { ...input, at: ctx.now(), enteredById: ctx.actor.personId })
    await ctx.audit(tx, 'vote.castOnBehalf', { vote: voteId, person: personId }, vote.wardId)
    const own = await privateChatOf(tx, personId)
    if (own !== null) await ctx.deliver(tx, { chatId: own, message: enteredForYou(ctx.texts, vote, question, option) })
    const after = before && !vote.showsCounts ? vote : await showTurnout(ctx, tx, voteId)
    return ok({ vote: after, question, option, name, outcome: before ? 'changed' : 'recorded' })
  })
}

export interface RollMember {
  id: number
  name: string
  /** What was entered for them, question by question. */
  entered: (string | null)[]
  /** Which questions they have answered themselves. */
  voted: boolean[]
  /** They could vote themselves. */
  linked: boolean
}

/** Those on the roll for whom something may be entered: not the secretary, nor whoever has voted themselves. */
export async function membersToEnter(
  ctx: Context,
  voteId: number,
): Promise<Result<{ vote: VoteView; members: RollMember[] }>> {
  const found = await voteToEnter(ctx, voteId)
  if (!found.ok) return found
  const vote = found.value
  if (!vote.isOpen) return { ok: false, problem: closedProblem(vote.closedAt) }
  const roll = await ctx.db.voteRoll.findMany({
    where: { voteId, NOT: { personId: ctx.actor.personId ?? 0 } },
    select: { person: { select: { id: true, fullName: true } }, choices: true },
  })
  const ids = roll.map(({ person }) => person.id)
  const linked = await linkedPeople(ctx.db, ids)
  const able = await votersNow(ctx, vote, ids)
  const members = roll
    .filter(({ person, choices }) => able.has(person.id) && choices.filter(isOwn).length < vote.questions.length)
    .map(({ person, choices }) => ({
      id: person.id,
      name: person.fullName,
      entered: vote.questions.map(({ options }, question) => {
        const choice = choices.find((one) => one.question === question)
        return choice === undefined || isOwn(choice) ? null : (options[choice.optionIndex] ?? null)
      }),
      voted: vote.questions.map((_, question) => choices.some((one) => one.question === question && isOwn(one))),
      linked: linked.has(person.id),
    }))
  return ok({ vote, members })
}

const isOwn = ({ enteredById }: { enteredById: number | null }) => enteredById === null

async function voteToEnter(ctx: Context, voteId: number): Promise<Result<VoteView>> {
  const vote = await findVote(ctx.db, voteId)
  if (vote?.kind !== 'open') return fail('votes.noSuchVote')
  if (vote.byHand) return fail('votes.byHand')
  const leave = may(ctx.actor, 'vote.castOnBehalf', { wardId: vote.wardId, branchId: vote.branchId })
  return leave.ok ? ok(vote) : leave
}
