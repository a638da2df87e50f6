import { type Action, may } from '../../domain/access.ts'
import { parseDueDate } from '../../domain/due-dates.ts'
import type { Problem } from '../../domain/result.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { branchOf } from '../registry/index.ts'
import { continueAssignment, continueWithName } from './assign-flow.ts'
import { longestTitle } from './assign-task.ts'
import type { AssignmentDraft } from './assignment-draft.ts'
import { meansNoDueDate, readAssignment } from './assignment-words.ts'
import { branchesWhereMay } from './reach.ts'

const assigning: Action = 'task.assign'
export const titleTooLong: Problem = { code: 'tasks.titleTooLong', params: { longest: longestTitle } }

/** `/giaoviec`, alone, with words, or in answer to a member's message. */
export async function startAssignment(turn: Turn): Promise<void> {
  if (turn.chat.branch) return beginIn(turn, turn.chat.branch.id)
  const branches = branchesWhereMay(turn.context.actor, assigning)
  const [first, second] = branches
  if (first === undefined) return turn.refuse({ code: 'access.denied', params: { action: assigning } })
  if (second === undefined) return beginIn(turn, first)
  const named = await Promise.all(branches.map((id) => branchOf(turn.context.db, id)))
  await showPickList(turn, {
    title: turn.texts('tasks:askBranch'),
    items: named.flatMap((branch) => (branch ? [{ label: branch.name, data: `tbranch:${branch.id}` }] : [])),
  })
}

/** Begins a draft with what the words and the answered message say already. */
export async function beginIn(turn: Turn, branchId: number, assigneeId: number | null = null): Promise<void> {
  const branch = await branchOf(turn.context.db, branchId)
  const leave = may(turn.context.actor, assigning, { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok) return turn.refuse(leave.problem)
  const answered = turn.message?.reply_to_message?.from
  const member = answered !== undefined && !answered.is_bot ? answered : null
  const words = readAssignment(turn.args, member !== null)
  const due = readDue(turn, words.due === null || words.due === 'none' ? words.due : words.due.written)
  const isTooLong = words.title !== null && words.title.length > longestTitle
  const draft: AssignmentDraft = {
    key: turn.context.source ?? String(turn.updateId),
    branchId,
    assigneeId,
    title: isTooLong ? null : words.title,
    due: due.due,
  }
  const problem = isTooLong ? titleTooLong : due.problem
  if (member !== null) {
    const assigneeId = await personBehind(turn, member.id)
    const why = assigneeId === null ? { code: 'tasks.senderNotLinked' } : problem
    return continueAssignment(turn, { ...draft, assigneeId }, why)
  }
  if (words.who === null) return continueAssignment(turn, draft, problem)
  return continueWithName(turn, draft, words.who, problem)
}

/** A due date as the draft keeps it, or what is wrong with the words. */
export function readDue(turn: Turn, words: string | null): { due: string | null; problem?: Problem } {
  if (words === null) return { due: null }
  if (words === 'none' || meansNoDueDate(words)) return { due: 'none' }
  const day = parseDueDate(words, turn.context.today())
  return day.ok ? { due: day.value.toString() } : { due: null, problem: day.problem }
}

async function personBehind(turn: Turn, accountId: number): Promise<number | null> {
  const link = await turn.context.db.accountLink.findFirst({
    where: { accountId: BigInt(accountId), endedAt: null },
    select: { personId: true },
  })
  return link?.personId ?? null
}
