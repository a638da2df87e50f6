import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { pickedData } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { continueAssignment, continueWithName, turnPage } from './assign-flow.ts'
import { beginIn, readDue, titleTooLong } from './assign-start.ts'
import { assignedBefore, assignTask, longestTitle } from './assign-task.ts'
import { type AssignmentDraft, assignmentForm, draftIn, dueOf } from './assignment-draft.ts'
import { assignmentDone } from './assignment-screens.ts'

export const assignButtons = {
  tbranch: { handle: (turn: Turn) => beginIn(turn.with(''), numberIn(turn.args)) },
  /** A newcomer's first task: the branch and the member are known. */
  tnew: {
    handle: (turn: Turn) => {
      const [branchId = -1, personId = -1] = numbersIn(turn.args)
      return beginIn(turn.with(''), branchId, personId)
    },
  },
  tto: {
    handle: (turn: Turn) =>
      onDraft(turn, async (draft, personId) => {
        await turn.clearButtons()
        await continueAssignment(turn, { ...draft, assigneeId: numberIn(personId) })
      }),
  },
  tpage: {
    handle: (turn: Turn) =>
      onDraft(turn, async (draft, page, data) => {
        const candidates = Array.isArray(data.candidates) ? data.candidates.filter((id) => typeof id === 'number') : []
        await turnPage(turn, draft, new Set(candidates), Math.max(0, numberIn(page)))
      }),
  },
  tdue: {
    handle: (turn: Turn) =>
      onDraft(turn, async (draft, due) => {
        const dated = draftIn({ draft: { ...draft, due } })
        if (!dated) return turn.notify(turn.texts('telegram:oldButton'), true)
        await turn.clearButtons()
        await continueAssignment(turn, dated)
      }),
  },
  tok: {
    handle: async (turn: Turn) => {
      const before = await assignedBefore(turn.context, turn.args)
      if (before) return turn.notify(turn.texts('tasks:assignedBefore', { number: before.task.number }))
      await onDraft(turn.with(`${turn.args}.`), (draft) => confirm(turn, draft))
    },
  },
  tdrop: {
    handle: (turn: Turn) =>
      onDraft(turn.with(`${turn.args}.`), async () => {
        await turn.closeForm()
        await turn.edit({ text: turn.texts('telegram:cancelled') })
      }),
  },
}

/** A typed answer to whatever the draft lacks. */
export const answerAssignment: FormHandler['handle'] = async (turn, data) => {
  const draft = draftIn(data)
  const text = turn.message?.text?.normalize('NFC').trim()
  if (!draft || !text) return false
  if (draft.assigneeId === null) {
    const picked = pickedData(text, data)
    // A number beyond the list may be a member's.
    if (!picked?.ok) return continueWithName(turn, draft, text)
    const { value } = picked
    return continueAssignment(turn, { ...draft, assigneeId: numberIn(value.slice(value.lastIndexOf('.') + 1)) })
  }
  if (draft.title === null) {
    if (text.length > longestTitle) return continueAssignment(turn, draft, titleTooLong)
    return continueAssignment(turn, { ...draft, title: text })
  }
  if (draft.due === null) {
    const { due, problem } = readDue(turn, text)
    return continueAssignment(turn, { ...draft, due }, problem)
  }
  return continueAssignment(turn, draft)
}

async function confirm(turn: Turn, draft: AssignmentDraft): Promise<void> {
  if (draft.assigneeId === null || draft.title === null) return continueAssignment(turn, draft)
  const { key, branchId, assigneeId, title } = draft
  const result = await assignTask(turn.context, { key, branchId, assigneeId, title, dueOn: dueOf(draft) })
  if (!result.ok) return turn.refuse(result.problem)
  await turn.closeForm()
  await turn.edit(assignmentDone(turn.texts, result.value))
}

/** Runs with the draft that the pressed button names, if it is this person's open one; `rest` follows the draft's key. */
async function onDraft(
  turn: Turn,
  work: (draft: AssignmentDraft, rest: string, data: Record<string, unknown>) => Promise<void>,
): Promise<void> {
  const cut = turn.args.lastIndexOf('.')
  const form = await turn.openForm()
  const draft = form?.kind === assignmentForm ? draftIn(form.data) : null
  if (!form || draft?.key !== turn.args.slice(0, cut)) return turn.notify(turn.texts('tasks:notYourDraft'), true)
  await work(draft, turn.args.slice(cut + 1), form.data)
}
