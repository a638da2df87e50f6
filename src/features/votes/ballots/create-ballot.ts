import { may } from '../../../domain/access.ts'
import { classifiedOn, type UnclassifiedReason } from '../../../domain/classification.ts'
import { fromUtcMidnight } from '../../../domain/dates.ts'
import { compareNames } from '../../../domain/names.ts'
import { packFor } from '../../../domain/packs/index.ts'
import { levels } from '../../../domain/packs/schema.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { isDuplicate } from '../../../platform/transaction.ts'
import { branchOf } from '../../registry/index.ts'
import type { NextRound } from '../second-round.ts'
import { belongingTo } from '../take-roll.ts'
import { findVotes, type VoteView } from '../vote-view.ts'
import { checkQuestions, type Question } from '../vote-words.ts'
import { type NewQuestion, writeDraft } from '../write-draft.ts'
import { type BallotForm, mostBallotOptions } from './forms.ts'

export interface CreateBallot {
  /** Where it began: the same beginning twice is one draft. */
  key: string
  branchId: number
  form: BallotForm
  /** A year's classification, questions, or what an earlier ballot left undecided. */
  about: { period: string } | { questions: readonly Question[] } | { again: NextRound }
}

/**
 * Prepares a ballot as a draft: the people of the branch to classify with the four levels, or questions. It stays a draft
 * until the tally team is chosen and it is opened. Fails with `votes.classifiedAlready` while one of that year is under way.
 */
export async function createBallot(ctx: Context, input: CreateBallot): Promise<Result<VoteView>> {
  const { branchId, key, about } = input
  const branch = await branchOf(ctx.db, branchId)
  const leave = may(ctx.actor, 'vote.open', { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok) return leave
  const { personId } = ctx.actor
  if (personId === null) return fail('access.denied', { action: 'vote.open' })
  const [before] = await findVotes(ctx.db, { source: key })
  if (before) return ok(before)
  const pack = packFor('vote', ctx.today())
  if (!pack.ok) return pack
  const content = await contentOf(ctx, branchId, about)
  if (!content.ok) return content
  try {
    const id = await ctx.transaction(async (tx) => {
      const { left, ...draft } = content.value
      const voteId = await writeDraft(ctx, tx, {
        ...draft,
        branchId,
        kind: input.form,
        pack: pack.value,
        createdById: personId,
        earlier: 'again' in about ? about.again.vote : null,
        source: key,
      })
      await tx.voteNotClassified.createMany({ data: left.map((one) => ({ voteId, ...one })) })
      await ctx.audit(tx, 'vote.drafted', { vote: voteId, branch: branchId }, branch?.wardId)
      return voteId
    })
    const [vote] = await findVotes(ctx.db, { id })
    return vote ? ok(vote) : fail('votes.noSuchVote')
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const [first] = await findVotes(ctx.db, { source: key })
    if (first) return ok(first)
    // Somebody else prepared that year's classification at the same moment: the database lets one through.
    if ('period' in about) return fail('votes.classifiedAlready', { year: about.period })
    throw error
  }
}

interface Content {
  title: string
  period?: string
  questions: NewQuestion[]
  left: { personId: number; reason: UnclassifiedReason }[]
}

async function contentOf(ctx: Context, branchId: number, about: CreateBallot['about']): Promise<Result<Content>> {
  if ('period' in about) return classification(ctx, branchId, about.period)
  return 'questions' in about ? onQuestions(about.questions) : ok(nextRound(about.again))
}

function nextRound({ vote: { title, period }, questions }: NextRound): Content {
  const asked = questions.map(({ text, personId, options }) => ({
    text,
    ...(personId === null ? {} : { personId }),
    options: options.map(({ text: option, level }) => ({ text: option, ...(level === null ? {} : { level }) })),
  }))
  return { title, ...(period === null ? {} : { period }), questions: asked, left: [] }
}

async function classification(ctx: Context, branchId: number, period: string): Promise<Result<Content>> {
  const underWay = { branchId, period, subject: 'classification', state: { notIn: ['published', 'void'] } }
  if ((await ctx.db.vote.count({ where: underWay })) > 0) return fail('votes.classifiedAlready', { year: period })
  const pack = packFor('classification', ctx.today())
  if (!pack.ok) return pack
  const belonging = await belongingTo(ctx.db, branchId)
  const people = await ctx.db.person.findMany({
    where: { id: { in: [...new Set(belonging.memberships.map(({ personId }) => personId))] } },
    select: { id: true, fullName: true, admittedOn: true },
  })
  const admittedOn = new Map(
    people.flatMap(({ id, admittedOn: day }) => (day ? [[id, fromUtcMidnight(day)] as const] : [])),
  )
  const { classified, left } = classifiedOn(pack.value, branchId, ctx.today(), { ...belonging, admittedOn })
  if (classified.length === 0) return fail('votes.nobodyToClassify')
  const names = new Map(people.map(({ id, fullName }) => [id, fullName]))
  const options = levels.map((level) => ({ text: ctx.texts(`domain:levels.${level}`), level }))
  return ok({
    title: ctx.texts('votes:ballot.classificationTitle', { year: period }),
    period,
    questions: classified
      .map((personId) => ({ text: names.get(personId) ?? '', personId, options }))
      .sort((a, b) => compareNames(a.text, b.text)),
    left,
  })
}

function onQuestions(questions: readonly Question[]): Result<Content> {
  const checked = checkQuestions(questions)
  if (!checked.ok) return checked
  if (checked.value.some(({ options }) => options.length > mostBallotOptions)) {
    return fail('votes.ballotOptions', { most: mostBallotOptions })
  }
  return ok({
    title: checked.value.map(({ text }) => text).join(' · '),
    questions: checked.value.map(({ text, options }) => ({
      text,
      options: options.map((option) => ({ text: option })),
    })),
    left: [],
  })
}
