import { type Action, may } from '../../domain/access.ts'
import { parseDueDate } from '../../domain/due-dates.ts'
import type { Problem } from '../../domain/result.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { pickedData, showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { branchOf } from '../registry/index.ts'
import { askWho, continueAssignment, turnPage, whoIs } from './assign-flow.ts'
import { assignedBefore, assignTask, longestTitle } from './assign-task.ts'
import { type AssignmentDraft, assignmentForm, draftIn, dueOf } from './assignment-draft.ts'
import { assignmentDone } from './assignment-screens.ts'
import { meansNoDueDate, readAssignment } from './assignment-words.ts'
import { branchesWhereMay } from './reach.ts'

const assigning: Action = 'task.assign'

/** `/giaoviec`, alone, with words, or in answer to a member's message. */
export async function startAssignment(turn: Turn): Promise<void> {
  if (turn.chat.branch) return beginIn(turn, turn.chat.branch.id)
  const branches = branchesWhereMay(turn.speaker.actor, assigning)
  const [first, second] = branches
  if (first === undefined) return turn.refuse({ code: 'access.denied', params: { action: assigning } })
  if (second === undefined) return beginIn(turn, first)
  const named = await Promise.all(branches.map((id) => branchOf(turn.context.db, id)))
  await showPickList(turn, {
    title: turn.texts('tasks:askBranch'),
    items: named.flatMap((branch) => (branch ? [{ label: branch.name, data: `tbranch:${branch.id}` }] : [])),
  })
}

export const assignButtons = {
  tbranch: { handle: (turn: Turn) => beginIn(turn.with(''), Number(turn.args)) },
  tto: {
    handle: (turn: Turn) =>
      onDraft(turn, async (draft, personId) => {
        await turn.clearButtons()
        await continueAssignment(turn, { ...draft, assigneeId: Number(personId) })
      }),
  },
  tpage: {
    handle: (turn: Turn) =>
      onDraft(turn, async (draft, page, data) => {
        const candidates = Array.isArray(data.candidates) ? data.candidates.filter((id) => typeof id === 'number') : []
        await turnPage(turn, draft, new Set(candidates), Number(page))
      }),
  },
  tdue: {
    handle: (turn: Turn) =>
      onDraft(turn, async (draft, due) => {
        await turn.clearButtons()
        await continueAssignment(turn, { ...draft, due })
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
  if (draft.assigneeId === null) return answerWho(turn, draft, text, pickedData(text, data))
  if (draft.title === null) {
    if (text.length > longestTitle) return continueAssignment(turn, draft, titleTooLong)
    return continueAssignment(turn, { ...draft, title: text })
  }
  if (draft.due === null) {
    const [due, problem] = readDue(turn, text)
    return continueAssignment(turn, { ...draft, due }, problem)
  }
  return continueAssignment(turn, draft)
}

const titleTooLong: Problem = { code: 'tasks.titleTooLong', params: { longest: longestTitle } }

async function beginIn(turn: Turn, branchId: number): Promise<void> {
  const branch = await branchOf(turn.context.db, branchId)
  const leave = may(turn.speaker.actor, assigning, { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok) return turn.refuse(leave.problem)
  if (!branch) return turn.notify(turn.texts('telegram:oldButton'), true)
  const answered = turn.message?.reply_to_message?.from
  const repliesToMember = answered !== undefined && !answered.is_bot && turn.args !== ''
  const words = readAssignment(turn.args, repliesToMember)
  const [due, dueProblem] = readDue(turn, words.due === 'none' ? words.due : (words.due?.written ?? null))
  const draft: AssignmentDraft = {
    key: turn.context.source ?? String(turn.updateId),
    branchId,
    assigneeId: null,
    title: words.title && words.title.length <= longestTitle ? words.title : null,
    due,
  }
  const problem = words.title && draft.title === null ? titleTooLong : dueProblem
  if (repliesToMember) {
    const assigneeId = await personBehind(turn, answered.id)
    return continueAssignment(
      turn,
      { ...draft, assigneeId },
      assigneeId === null ? { code: 'tasks.senderNotLinked' } : problem,
    )
  }
  if (words.who === null) return continueAssignment(turn, draft, problem)
  const found = await whoIs(turn, branch.wardId, branchId, words.who)
  if (!found.ok) return continueAssignment(turn, draft, found.problem)
  const [only, other] = found.value
  if (other) return askWho(turn, draft, found.value, { code: 'tasks.severalFound', params: { query: words.who } })
  return continueAssignment(turn, { ...draft, assigneeId: only?.id ?? null }, problem)
}

async function answerWho(turn: Turn, draft: AssignmentDraft, text: string, picked: string | null): Promise<void> {
  if (picked !== null) {
    return continueAssignment(turn, { ...draft, assigneeId: Number(picked.slice(picked.lastIndexOf('.') + 1)) })
  }
  const branch = await branchOf(turn.context.db, draft.branchId)
  const found = await whoIs(turn, branch?.wardId ?? 0, draft.branchId, text)
  if (!found.ok) return continueAssignment(turn, draft, found.problem)
  const [only, other] = found.value
  if (other)
    return askWho(turn, draft, found.value, { code: 'tasks.severalFound', params: { query: text.slice(0, 60) } })
  return continueAssignment(turn, { ...draft, assigneeId: only?.id ?? null })
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

/** A due date as the draft keeps it, or what is wrong with the words. */
function readDue(turn: Turn, words: string | null): [due: string | null, problem?: Problem] {
  if (words === null) return [null]
  if (words === 'none' || meansNoDueDate(words)) return ['none']
  const day = parseDueDate(words, turn.context.today())
  return day.ok ? [day.value.toString()] : [null, day.problem]
}

async function personBehind(turn: Turn, accountId: number): Promise<number | null> {
  const link = await turn.context.db.accountLink.findFirst({
    where: { accountId: BigInt(accountId), endedAt: null },
    select: { personId: true },
  })
  return link?.personId ?? null
}
