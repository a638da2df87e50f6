import { type Action, may } from '../../domain/access.ts'
import type { Problem } from '../../domain/result.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { branchOf } from '../registry/index.ts'
import { confirmForm, draftIn, openDraft, optionsForm, questionForm, type VoteDraft } from './draft.ts'
import { optionsQuestion, questionQuestion, votePreview } from './draft-screens.ts'
import { openedBefore, openVote } from './open-vote.ts'
import { previewVote } from './preview-vote.ts'
import { checkOptions, checkQuestion, readOptions, readVote } from './vote-words.ts'

const opening: Action = 'vote.open'

/** `/bieuquyet`, alone or with the question, its options on the lines after it. */
export async function startVote(turn: Turn): Promise<void> {
  if (turn.chat.branch) return beginIn(turn, turn.chat.branch.id)
  const { actor } = turn.context
  const branches = new Set(
    actor.grants.flatMap(({ wardId, branchId }) =>
      branchId !== null && may(actor, opening, { wardId, branchId }).ok ? [branchId] : [],
    ),
  )
  const [first, second] = branches
  if (first === undefined) return turn.refuse({ code: 'access.denied', params: { action: opening } })
  if (second === undefined) return beginIn(turn, first)
  const named = await Promise.all([...branches].map((id) => branchOf(turn.context.db, id)))
  await showPickList(turn, {
    title: turn.texts('votes:askBranch'),
    items: named.flatMap((branch) => (branch ? [{ label: branch.name, data: `vin:${branch.id}` }] : [])),
  })
}

export const openButtons = {
  vin: { handle: (turn: Turn) => beginIn(turn.with(''), numberIn(turn.args)) },
  vopen: {
    handle: async (turn: Turn) => {
      const before = await openedBefore(turn.context, turn.args)
      if (before) return turn.notify(turn.texts('votes:openedBefore', { number: before.number }))
      await onDraft(turn, (draft) => confirm(turn, draft))
    },
  },
  vopts: {
    handle: (turn: Turn) => onDraft(turn, (draft) => turn.ask(optionsForm, { draft }, optionsQuestion(turn.texts))),
  },
  vask: {
    handle: (turn: Turn) =>
      onDraft(turn, (draft) =>
        turn.ask(questionForm, { draft: { ...draft, question: null } }, questionQuestion(turn.texts)),
      ),
  },
  vdrop: {
    handle: (turn: Turn) =>
      onDraft(turn, async () => {
        await turn.closeForm()
        await turn.edit({ text: turn.texts('telegram:cancelled') })
      }),
  },
}

/** The question, typed; options may stand on the lines after it. */
export const answerQuestion: FormHandler['handle'] = async (turn, data) => {
  const draft = draftIn(data)
  if (!draft || !turn.message?.text) return false
  const { question, options } = readVote(turn.message.text)
  await proceed(turn, { ...draft, question, options: options.length > 0 ? options : draft.options })
}

/** Own options, one a line. */
export const answerOptions: FormHandler['handle'] = async (turn, data) => {
  const draft = draftIn(data)
  if (!draft || !turn.message?.text) return false
  await proceed(turn, { ...draft, options: readOptions(turn.message.text) })
}

async function beginIn(turn: Turn, branchId: number): Promise<void> {
  const preview = await previewVote(turn.context, branchId)
  if (!preview.ok) return turn.refuse(preview.problem)
  const { question, options } = readVote(turn.args)
  const defaults = [turn.texts('votes:agree'), turn.texts('votes:disagree'), turn.texts('votes:otherOpinion')]
  const draft: VoteDraft = {
    key: turn.context.source ?? String(turn.updateId),
    branchId,
    question: question || null,
    options: options.length > 0 ? options : defaults,
  }
  await proceed(turn, draft)
}

/** Asks for what is missing or wrong, or shows the whole to confirm. */
async function proceed(turn: Turn, draft: VoteDraft): Promise<void> {
  if (draft.question === null) return turn.ask(questionForm, { draft }, questionQuestion(turn.texts))
  const question = checkQuestion(draft.question)
  if (!question.ok) return askAgain(turn, questionForm, { ...draft, question: null }, question.problem)
  const options = checkOptions(draft.options)
  if (!options.ok) return askAgain(turn, optionsForm, draft, options.problem)
  const preview = await previewVote(turn.context, draft.branchId)
  if (!preview.ok) return turn.refuse(preview.problem)
  const checked = { ...draft, question: question.value, options: options.value }
  await turn.ask(confirmForm, { draft: checked }, votePreview(turn.texts, checked, preview.value))
}

async function askAgain(turn: Turn, form: string, draft: VoteDraft, problem: Problem): Promise<void> {
  await turn.ask(form, { draft }, { text: turn.texts.problem(problem) })
}

async function confirm(turn: Turn, draft: VoteDraft): Promise<void> {
  const { key, branchId, question, options } = draft
  const result = await openVote(turn.context, { key, branchId, question: question ?? '', options })
  if (!result.ok) return turn.refuse(result.problem)
  await turn.closeForm()
  await turn.edit({ text: turn.texts('votes:openedShort', { number: result.value.number }) })
}

async function onDraft(turn: Turn, work: (draft: VoteDraft) => Promise<void>): Promise<void> {
  const draft = await openDraft(turn)
  if (!draft) return turn.notify(turn.texts('votes:notYourDraft'), true)
  await work(draft)
}
