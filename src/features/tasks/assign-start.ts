import { parseDueDate } from '../../domain/due-dates.ts'
import { parseRecurrence } from '../../domain/recurrence.ts'
import { ok, type Problem, type Result } from '../../domain/result.ts'
import { accountsNamed, namesMentioned } from '../../telegram/mentions.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { continueAssignment, continueWithName } from './assign-flow.ts'
import { longestTitle } from './assign-task.ts'
import {
  accountsOfAssignees,
  assigneesBehind,
  branchesToAssignIn,
  branchToAssignIn,
  firstTime,
} from './assign-views.ts'
import { type AssignmentDraft, emptyDraft } from './assignment-draft.ts'
import { type AssignmentWords, meansNoDueDate, readAssignment } from './assignment-words.ts'

export const titleTooLong: Problem = { code: 'tasks.titleTooLong', params: { longest: longestTitle } }

/** `/giaoviec`, alone, with words, or in answer to a member's message. */
export async function startAssignment(turn: Turn): Promise<void> {
  if (turn.chat.branch) return beginIn(turn, turn.chat.branch.id)
  const branches = await branchesToAssignIn(turn.context)
  const [first, second] = branches
  if (first === undefined) return turn.refuse({ code: 'access.denied', params: { action: 'task.assign' } })
  if (second === undefined) return beginIn(turn, first.id)
  await showPickList(turn, {
    title: turn.texts('tasks:askBranch'),
    items: branches.map(({ id, name }) => ({ label: name, data: `tbranch:${id}` })),
  })
}

/** Begins a draft with what the words, the people mentioned and the answered message say already. */
export async function beginIn(turn: Turn, branchId: number): Promise<void> {
  const meant = await accountsMeant(turn, branchId)
  if (!meant.ok) return turn.refuse(meant.problem)
  const { accounts, unknown } = meant.value
  const words = readAssignment(withoutMentions(turn), accounts.length > 0 || unknown !== null)
  const recurring = words.due !== null && words.due !== 'none' ? parseRecurrence(words.due.written) : null
  const rule = recurring?.ok && isSaidToRecur(words.due) ? recurring.value : null
  const due =
    rule !== null
      ? { due: (await firstTime(turn.context, branchId, rule))?.toString() ?? null }
      : readDue(turn, words.due === null || words.due === 'none' ? words.due : words.due.written)
  const isTooLong = words.title !== null && words.title.length > longestTitle
  const draft: AssignmentDraft = {
    ...emptyDraft(turn.context.source ?? String(turn.updateId), branchId),
    title: isTooLong ? null : words.title,
    rule,
    due: due.due,
  }
  const problem = isTooLong ? titleTooLong : due.problem
  if (unknown !== null) {
    return continueAssignment(turn, draft, { code: 'tasks.mentionUnknown', params: { mention: `@${unknown}` } })
  }
  if (accounts.length > 0) {
    const behind = await assigneesBehind(turn.context, branchId, accounts)
    if (!behind.ok) return turn.refuse(behind.problem)
    const why = behind.value.length === 0 ? { code: 'tasks.senderNotLinked' } : problem
    return continueAssignment(turn, { ...draft, assigneeIds: behind.value }, why)
  }
  if (words.who === null) return continueAssignment(turn, draft, problem)
  return continueWithName(turn, draft, words.who, problem)
}

/** Begins with a member who has been named already. */
export async function beginFor(turn: Turn, branchId: number, personId: number): Promise<void> {
  const branch = await branchToAssignIn(turn.context, branchId)
  if (!branch.ok) return turn.refuse(branch.problem)
  const draft = emptyDraft(turn.context.source ?? String(turn.updateId), branchId)
  return continueAssignment(turn, { ...draft, assigneeIds: [personId] })
}

/** Begins with the activity that the work prepares, whose title stands as its origin. */
export async function beginPreparation(
  turn: Turn,
  activity: { id: number; branchId: number; title: string },
): Promise<void> {
  const draft = emptyDraft(turn.context.source ?? String(turn.updateId), activity.branchId)
  return continueAssignment(turn, { ...draft, originNote: activity.title, preparesId: activity.id })
}

/** "thứ 7" is a due date; "mỗi thứ 7", "thứ 7 hằng tuần" come back. */
function isSaidToRecur(due: AssignmentWords['due']): boolean {
  return due !== null && due !== 'none' && /mỗi|hằng|hàng/iu.test(due.written.normalize('NFC'))
}

/** Whoever wrote the message that the command answers, or is mentioned in it; and a name in it that nobody here goes by. */
async function accountsMeant(
  turn: Turn,
  branchId: number,
): Promise<Result<{ accounts: number[]; unknown: string | null }>> {
  const { message } = turn
  const reached = await accountsOfAssignees(turn.context, branchId)
  if (!reached.ok) return reached
  const named = message ? namesMentioned(message) : []
  const found = named.length === 0 ? null : await accountsNamed(turn.api, named, reached.value)
  const answered = message?.reply_to_message?.from
  const mentioned = (message?.entities ?? []).flatMap((entity) =>
    entity.type === 'text_mention' && !entity.user.is_bot ? [entity.user.id] : [],
  )
  const accounts = [...mentioned, ...(found?.values() ?? [])].map(Number)
  return ok({
    accounts: accounts.length > 0 || !answered || answered.is_bot ? accounts : [answered.id],
    unknown: named.find((name) => found?.has(name) === false) ?? null,
  })
}

/** The words after the command without the names that stand in them as mentions. */
function withoutMentions({ args, message }: Turn): string {
  const names = (message?.entities ?? []).flatMap(({ type, offset, length }) =>
    type === 'text_mention' || type === 'mention' ? [message?.text?.slice(offset, offset + length) ?? ''] : [],
  )
  return names.reduce((rest, name) => rest.replace(name, ''), args).replace(/^[\s,:;]+/, '')
}

/** A due date as the draft keeps it, or what is wrong with the words. */
export function readDue(turn: Turn, words: string | null): { due: string | null; problem?: Problem } {
  if (words === null) return { due: null }
  if (words === 'none' || meansNoDueDate(words)) return { due: 'none' }
  const day = parseDueDate(words, turn.context.today())
  return day.ok ? { due: day.value.toString() } : { due: null, problem: day.problem }
}
