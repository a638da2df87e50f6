import { parseRecurrence, type Recurrence } from '../../domain/recurrence.ts'
import { secrecyMarkInFileName } from '../../domain/secrecy.ts'
import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import { largestDownload } from '../../telegram/download.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { pickedData } from '../../telegram/pick-list.ts'
import { sentFileOf, sentSizeOf } from '../../telegram/sent-file.ts'
import type { Turn } from '../../telegram/turn.ts'
import { namesMayStand } from '../linking/index.ts'
import { continueAssignment, continueWithAll, continueWithName, turnPage } from './assign-flow.ts'
import { beginFor, beginIn, readDue, titleTooLong } from './assign-start.ts'
import { assignedBefore, assignTask, longestOrigin, longestTitle, mostFiles } from './assign-task.ts'
import { firstTime } from './assign-views.ts'
import { type AssignmentDraft, assignmentForm, draftIn, dueOf } from './assignment-draft.ts'
import { assignmentDone } from './assignment-screens.ts'
import { suggestionsFor } from './suggestions.ts'
import { taskOrigins } from './task-view.ts'

type DraftButton = (turn: Turn, draft: AssignmentDraft, rest: string, data: Record<string, unknown>) => Promise<void>

export const assignButtons = {
  tbranch: { handle: (turn: Turn) => beginIn(turn.with(''), numberIn(turn.args)) },
  /** Somebody's first task: the branch and the member are known. */
  tnew: {
    handle: (turn: Turn) => {
      const [branchId = -1, personId = -1] = numbersIn(turn.args)
      return beginFor(turn, branchId, personId)
    },
  },
  tto: onDraft(async (turn, draft, who) => {
    await turn.clearButtons()
    if (who === 'all') return continueWithAll(turn, draft)
    return continueAssignment(turn, withAssignees(draft, [numberIn(who)]))
  }),
  tpage: onDraft(async (turn, draft, page, data) => {
    const candidates = Array.isArray(data.candidates) ? data.candidates.filter((id) => typeof id === 'number') : []
    await turnPage(turn, draft, new Set(candidates), Math.max(0, numberIn(page)))
  }),
  tsug: onDraft(async (turn, draft, index) => {
    await turn.clearButtons()
    await takeSuggestion(turn, draft, numberIn(index))
  }),
  tdue: onDraft(async (turn, draft, due) => {
    const dated = draftIn({ draft: { ...draft, due } })
    if (!dated) return turn.notify(turn.texts('telegram:oldButton'), true)
    await turn.clearButtons()
    await continueAssignment(turn, dated)
  }),
  tmore: onDraft(async (turn, draft, what) => {
    await turn.clearButtons()
    if (what === 'kind') {
      const kind = draft.kind === 'office' ? 'neighbourhood' : 'office'
      return continueAssignment(turn, { ...draft, kind, asked: 'details' })
    }
    const asked = (['who', 'origin', 'file', 'rule', 'details'] as const).find((one) => one === what) ?? null
    return continueAssignment(turn, { ...draft, asked })
  }),
  torig: onDraft(async (turn, draft, named) => {
    const origin = taskOrigins.find((one) => one === named) ?? null
    await turn.clearButtons()
    await continueAssignment(turn, { ...draft, origin, originNote: null, asked: null })
  }),
  trule: onDraft(async (turn, draft, what) => {
    await turn.clearButtons()
    if (what === 'saturday') return continueWithRule(turn, draft, { every: 'week', weekday: 6 })
    if (what === 'last') return continueWithRule(turn, draft, { every: 'month', day: 'last' })
    return continueAssignment(turn, { ...draft, rule: null, asked: null })
  }),
  tok: {
    handle: async (turn: Turn) => {
      const before = await assignedBefore(turn.context, turn.args)
      if (before) {
        const number = before.tasks[0]?.number ?? 0
        return turn.notify(turn.texts('tasks:assignedBefore', { number }))
      }
      await onDraft(confirm).handle(turn.with(`${turn.args}.`))
    },
  },
  tdrop: {
    handle: (turn: Turn) =>
      onDraft(async (here) => {
        await here.closeForm()
        await here.edit({ text: here.texts('telegram:cancelled') })
      }).handle(turn.with(`${turn.args}.`)),
  },
}

/** A typed or sent answer to whatever the draft lacks or was asked for. */
export const answerAssignment: FormHandler['handle'] = async (turn, data) => {
  const draft = draftIn(data)
  if (!draft) return false
  if (draft.asked === 'file') return addFile(turn, draft)
  const text = turn.message?.text?.normalize('NFC').trim()
  if (!text) return false
  if (draft.assigneeIds.length === 0 || draft.asked === 'who') return answerWho(turn, draft, text, data)
  if (draft.title === null) {
    const picked = pickedData(text, data)
    if (picked?.ok) return takeSuggestion(turn, draft, numberIn(picked.value.slice(picked.value.lastIndexOf('.') + 1)))
    if (text.length > longestTitle) return continueAssignment(turn, draft, titleTooLong)
    return continueAssignment(turn, { ...draft, title: text })
  }
  if (draft.due === null && draft.rule === null) {
    const { due, problem } = readDue(turn, text)
    return continueAssignment(turn, { ...draft, due }, problem)
  }
  if (draft.asked === 'rule') {
    const rule = parseRecurrence(text)
    return rule.ok ? continueWithRule(turn, draft, rule.value) : continueAssignment(turn, draft, rule.problem)
  }
  if (draft.asked === 'origin') {
    const originNote = text.slice(0, longestOrigin)
    return continueAssignment(turn, { ...draft, origin: draft.origin ?? 'meeting', originNote, asked: null })
  }
  return continueAssignment(turn, draft)
}

/** One number, several numbers, or names. A number beyond the list may be a member's. */
async function answerWho(turn: Turn, draft: AssignmentDraft, text: string, data: Record<string, unknown>) {
  const picked = text.split(/[\s,;]+/).map((part) => pickedData(part, data))
  const ids = picked.map((one) => (one?.ok ? numberIn(one.value.slice(one.value.lastIndexOf('.') + 1)) : -1))
  if (ids.includes(-1)) return continueWithName(turn, draft, text)
  return continueAssignment(turn, withAssignees(draft, ids))
}

async function takeSuggestion(turn: Turn, draft: AssignmentDraft, index: number): Promise<void> {
  const suggested = await suggestionsFor(turn.context, draft.assigneeIds[0] ?? -1)
  const taken = suggested[index]
  return continueAssignment(turn, taken ? { ...draft, title: taken.title, kind: taken.kind } : draft)
}

async function continueWithRule(turn: Turn, draft: AssignmentDraft, rule: Recurrence): Promise<void> {
  const due = await firstTime(turn.context, draft.branchId, rule)
  return continueAssignment(turn, { ...draft, rule, due: due?.toString() ?? null, asked: null })
}

async function addFile(turn: Turn, draft: AssignmentDraft) {
  const file = turn.message ? sentFileOf(turn.message) : null
  if (!file) return continueAssignment(turn, draft, { code: 'tasks.noFile' })
  if (turn.message && sentSizeOf(turn.message) > largestDownload) {
    return continueAssignment(turn, draft, { code: 'telegram.fileTooLarge' })
  }
  const mark = secrecyMarkInFileName(file.name)
  if (mark) return continueAssignment(turn, draft, { code: 'tasks.secretPaper', params: { mark } })
  if (draft.files.length >= mostFiles) {
    return continueAssignment(turn, draft, { code: 'tasks.tooManyFiles', params: { most: mostFiles } })
  }
  return continueAssignment(turn, { ...draft, files: [...draft.files, file] })
}

const confirm: DraftButton = async (turn, draft) => {
  if (draft.assigneeIds.length === 0 || draft.title === null) return continueAssignment(turn, draft)
  if (!(await namesMayStand(turn.context, turn.chat))) return turn.refuse({ code: 'linking.namesPrivately' })
  const result = await assignTask(turn.context, { ...draft, title: draft.title, dueOn: dueOf(draft) })
  if (!result.ok) return turn.refuse(result.problem)
  await turn.closeForm()
  await turn.edit(assignmentDone(turn.texts, result.value))
}

function withAssignees(draft: AssignmentDraft, more: readonly number[]): AssignmentDraft {
  return { ...draft, assigneeIds: [...new Set([...draft.assigneeIds, ...more])], asked: null }
}

/** Runs with the draft that the pressed button names, if it is this person's open one; `rest` follows the draft's key. */
function onDraft(work: DraftButton) {
  return {
    handle: async (turn: Turn): Promise<void> => {
      const cut = turn.args.lastIndexOf('.')
      const form = await turn.openForm()
      const draft = form?.kind === assignmentForm ? draftIn(form.data) : null
      if (!form || draft?.key !== turn.args.slice(0, cut)) {
        return turn.notify(turn.texts('tasks:notYourDraft'), true)
      }
      await work(turn, draft, turn.args.slice(cut + 1), form.data)
    },
  }
}
