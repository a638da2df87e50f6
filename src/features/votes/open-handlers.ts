import { type Action, may } from '../../domain/access.ts'
import type { Problem } from '../../domain/result.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { branchOf } from '../registry/index.ts'
import { confirmForm, draftIn, openDraft, optionsForm, questionForm, type VoteDraft, withQuestion } from './draft.ts'
import { optionsQuestion, questionQuestion, votePreview } from './draft-screens.ts'
import { openedBefore, openVote } from './open-vote.ts'
import { previewVote } from './preview-vote.ts'
import { questionsOfNextRound } from './second-round.ts'
import { voteTitle } from './titles.ts'
import { checkOptions, checkQuestion, readOptions, readVote } from './vote-words.ts'

const opening: Action = 'vote.open'

/** `/bieuquyet`, alone or with the question, its options on the lines after it. */
export async function startVote(turn: Turn): Promise<void> {
  if (turn.chat.branch) return beginIn(turn, turn.chat.branch.id)
  await inOneOwnBranch(turn, opening, 'vin', (branchId) => beginIn(turn, branchId))
}

/** Goes on in the only branch in which the actor may do this, or lets them pick one; the pick comes back under `word`. */
export async function inOneOwnBranch(
  turn: Turn,
  action: Action,
  word: string,
  goOn: (branchId: number) => Promise<void>,
): Promise<void> {
  const { actor } = turn.context
  const branches = new Set(
    actor.grants.flatMap(({ wardId, branchId }) =>
      branchId !== null && may(actor, action, { wardId, branchId }).ok ? [branchId] : [],
    ),
  )
  const [first, second] = branches
  if (first === undefined) return turn.refuse({ code: 'access.denied', params: { action } })
  if (second === undefined) return goOn(first)
  const named = await Promise.all([...branches].map((id) => branchOf(turn.context.db, id)))
  await showPickList(turn, {
    title: turn.texts('votes:askBranch'),
    items: named.flatMap((branch) => (branch ? [{ label: branch.name, data: `${word}:${branch.id}` }] : [])),
  })
}

export const openButtons = {
  vin: { handle: (turn: Turn) => beginIn(turn.with(''), numberIn(turn.args)) },
  vopen: {
    handle: async (turn: Turn) => {
      const before = await openedBefore(turn.context, turn.args)
      if (before) return turn.notify(turn.texts('votes:openedBefore', { title: voteTitle(turn.texts, before) }))
      await onDraft(turn, (draft) => confirm(turn, draft))
    },
  },
  vadd: {
    handle: (turn: Turn) => onDraft(turn, (draft) => askQuestion(turn, { ...draft, at: draft.questions.length })),
  },
  vopts: {
    handle: (turn: Turn) => onDraft(turn, (draft) => turn.ask(optionsForm, { draft }, optionsQuestion(turn.texts))),
  },
  vask: {
    handle: (turn: Turn) =>
      onDraft(turn, (draft) => askQuestion(turn, { ...draft, at: Math.min(draft.at, draft.questions.length - 1) })),
  },
  vway: { handle: (turn: Turn) => onDraft(turn, (draft) => proceed(turn, { ...draft, byHand: !draft.byHand })) },
  vrun: {
    handle: (turn: Turn) => onDraft(turn, (draft) => proceed(turn, { ...draft, showsCounts: !draft.showsCounts })),
  },
  vdrop: {
    handle: (turn: Turn) =>
      onDraft(turn, async () => {
        await turn.closeForm()
        await turn.edit({ text: turn.texts('telegram:cancelled') })
      }),
  },
  vagain: {
    handle: async (turn: Turn) => {
      const again = await questionsOfNextRound(turn.context, numberIn(turn.args))
      if (!again.ok) return turn.refuse(again.problem)
      const { vote, questions } = again.value
      const asked = questions.map(({ text, options }) => ({ text, options: options.map((option) => option.text) }))
      const draft = { ...emptyDraft(turn, vote.branchId), questions: asked, byHand: vote.byHand, earlierId: vote.id }
      await proceed(turn, draft)
    },
  },
}

/** The question, typed; options may stand on the lines after it. */
export const answerQuestion: FormHandler['handle'] = async (turn, data) => {
  const draft = draftIn(data)
  if (!draft || !turn.message?.text) return false
  const { question, options } = readVote(turn.message.text)
  const known = draft.questions[draft.at]?.options ?? defaultOptions(turn)
  await proceed(turn, withQuestion(draft, { text: question, options: options.length > 0 ? options : known }))
}

/** Own options, one a line. */
export const answerOptions: FormHandler['handle'] = async (turn, data) => {
  const draft = draftIn(data)
  if (!draft || !turn.message?.text) return false
  const text = draft.questions[draft.at]?.text ?? ''
  await proceed(turn, withQuestion(draft, { text, options: readOptions(turn.message.text) }))
}

async function beginIn(turn: Turn, branchId: number): Promise<void> {
  const preview = await previewVote(turn.context, branchId)
  if (!preview.ok) return turn.refuse(preview.problem)
  const draft = emptyDraft(turn, branchId)
  const { question, options } = readVote(turn.args)
  if (question === '') return askQuestion(turn, draft)
  await proceed(
    turn,
    withQuestion(draft, { text: question, options: options.length > 0 ? options : defaultOptions(turn) }),
  )
}

function emptyDraft(turn: Turn, branchId: number): VoteDraft {
  const key = turn.context.source ?? String(turn.updateId)
  return { key, branchId, questions: [], at: 0, byHand: false, showsCounts: false, earlierId: null }
}

function defaultOptions(turn: Turn): string[] {
  return [turn.texts('votes:agree'), turn.texts('votes:disagree'), turn.texts('votes:otherOpinion')]
}

async function askQuestion(turn: Turn, draft: VoteDraft): Promise<void> {
  await turn.ask(questionForm, { draft }, questionQuestion(turn.texts, draft.at))
}

/** Asks for what is wrong, or shows the whole to confirm. */
async function proceed(turn: Turn, draft: VoteDraft): Promise<void> {
  const checked: VoteDraft['questions'] = []
  for (const [at, { text, options }] of draft.questions.entries()) {
    const question = checkQuestion(text)
    if (!question.ok) return askAgain(turn, questionForm, { ...draft, at }, question.problem)
    const choices = checkOptions(options)
    if (!choices.ok) return askAgain(turn, optionsForm, { ...draft, at }, choices.problem)
    checked.push({ text: question.value, options: choices.value })
  }
  const preview = await previewVote(turn.context, draft.branchId)
  if (!preview.ok) return turn.refuse(preview.problem)
  const whole = { ...draft, questions: checked }
  await turn.ask(confirmForm, { draft: whole }, votePreview(turn.texts, whole, preview.value))
}

async function askAgain(turn: Turn, form: string, draft: VoteDraft, problem: Problem): Promise<void> {
  await turn.ask(form, { draft }, { text: turn.texts.problem(problem) })
}

async function confirm(turn: Turn, draft: VoteDraft): Promise<void> {
  const result = await openVote(turn.context, draft)
  if (!result.ok) return turn.refuse(result.problem)
  await turn.closeForm()
  await turn.edit({ text: turn.texts('votes:openedShort', { title: voteTitle(turn.texts, result.value) }) })
}

async function onDraft(turn: Turn, work: (draft: VoteDraft) => Promise<void>): Promise<void> {
  const draft = await openDraft(turn)
  if (!draft) return turn.notify(turn.texts('votes:notYourDraft'), true)
  await work(draft)
}
