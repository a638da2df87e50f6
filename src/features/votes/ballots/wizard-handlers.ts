import { z } from 'zod'
import { numberIn, numbersIn } from '../../../telegram/button-data.ts'
import type { FormHandler } from '../../../telegram/feature.ts'
import type { Turn } from '../../../telegram/turn.ts'
import { questionQuestion } from '../draft-screens.ts'
import { inOneOwnBranch } from '../open-handlers.ts'
import { previewVote } from '../preview-vote.ts'
import { questionsOfNextRound } from '../second-round.ts'
import { checkQuestions, readVote } from '../vote-words.ts'
import { showBallot } from './ballot-handlers.ts'
import { formQuestion, subjectQuestion } from './ballot-screens.ts'
import { createBallot } from './create-ballot.ts'
import { type BallotForm, ballotForms } from './forms.ts'

const questionsForm = 'ballotQuestions'
const formForm = 'ballotForm'

const draftSchema = z.object({
  key: z.string(),
  branchId: z.int(),
  about: z.union([
    z.object({ period: z.string() }),
    z.object({ questions: z.array(z.object({ text: z.string(), options: z.array(z.string()) })) }),
  ]),
})
type Draft = z.infer<typeof draftSchema>

/** `/bophieu`: a ballot that is not by name. */
export async function startBallot(turn: Turn): Promise<void> {
  await inOneOwnBranch(turn, 'vote.open', 'bpin', (branchId) => askSubject(turn, branchId))
}

export const wizardButtons = {
  bpin: { handle: (turn: Turn) => askSubject(turn, numberIn(turn.args)) },
  bpcls: {
    handle: async (turn: Turn) => {
      const [branchId = -1, year = 0] = numbersIn(turn.args)
      if (!yearsOffered(turn).includes(year)) return turn.refuse({ code: 'votes.noSuchOption' })
      await chooseForm(turn, { key: keyOf(turn), branchId, about: { period: String(year) } })
    },
  },
  bpask: {
    handle: (turn: Turn) =>
      turn.ask(
        questionsForm,
        { draft: { key: keyOf(turn), branchId: numberIn(turn.args), about: { questions: [] } } },
        questionQuestion(turn.texts, 0),
      ),
  },
  bpform: {
    handle: async (turn: Turn) => {
      const [word = '', key = ''] = turn.args.split('.')
      const open = await turn.openForm()
      const draft = open?.kind === formForm ? draftSchema.safeParse(open.data.draft) : null
      const form = ballotForms.find((one) => one === word)
      if (!draft?.success || draft.data.key !== key || !form) return turn.notify(turn.texts('votes:notYourDraft'), true)
      await create(turn, draft.data, form)
    },
  },
  /** A second round of a ballot: its undecided people or questions, in the form of the first. */
  bpagain: {
    handle: async (turn: Turn) => {
      const again = await questionsOfNextRound(turn.context, numberIn(turn.args))
      if (!again.ok) return turn.refuse(again.problem)
      const { vote } = again.value
      const form = ballotForms.find((one) => one === vote.kind)
      if (!form) return turn.refuse({ code: 'votes.noSuchVote' })
      const created = await createBallot(turn.context, {
        key: keyOf(turn),
        branchId: vote.branchId,
        form,
        about: { again: again.value },
      })
      if (!created.ok) return turn.refuse(created.problem)
      await showBallot(turn, created.value.id)
    },
  },
}

export const wizardForms = {
  [questionsForm]: {
    handle: async (turn, data) => {
      const draft = draftSchema.safeParse(data.draft)
      if (!draft.success || !turn.message?.text) return false
      const { question, options } = readVote(turn.message.text)
      const written = options.length > 0 ? options : [turn.texts('votes:agree'), turn.texts('votes:disagree')]
      const checked = checkQuestions([{ text: question, options: written }])
      if (!checked.ok) return turn.refuse(checked.problem)
      const questions = checked.value.map(({ text, options: each }) => ({ text, options: [...each] }))
      await chooseForm(turn, { ...draft.data, about: { questions } })
    },
  },
} satisfies Record<string, FormHandler>

async function askSubject(turn: Turn, branchId: number): Promise<void> {
  const preview = await previewVote(turn.context, branchId)
  if (!preview.ok) return turn.refuse(preview.problem)
  await turn.reply(subjectQuestion(turn.texts, branchId, yearsOffered(turn)))
}

/** The year's classification is held in its last months, or in the first of the next one. */
function yearsOffered(turn: Turn): number[] {
  const { year, month } = turn.context.today()
  return month > 3 ? [year] : [year - 1, year]
}

async function chooseForm(turn: Turn, draft: Draft): Promise<void> {
  const [only, other] = ballotForms as readonly BallotForm[]
  if (only && other === undefined) return create(turn, draft, only)
  await turn.ask(formForm, { draft }, formQuestion(turn.texts, draft.key))
}

async function create(turn: Turn, draft: Draft, form: BallotForm): Promise<void> {
  const created = await createBallot(turn.context, { ...draft, form })
  if (!created.ok) return turn.refuse(created.problem)
  await turn.closeForm()
  await showBallot(turn, created.value.id)
}

/** What a ballot began with names it on its buttons: a dot or colon would cut it. */
function keyOf(turn: Turn): string {
  return (turn.context.source ?? String(turn.updateId)).replaceAll(/[.:]/g, '-')
}
