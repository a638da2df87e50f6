import { type Action, branchesWhereMay, may } from '../../domain/access.ts'
import { parseDueDate } from '../../domain/due-dates.ts'
import { nextScheduled, parseRecurrence, type Recurrence } from '../../domain/recurrence.ts'
import type { Problem } from '../../domain/result.ts'
import { accountsNamed, namesMentioned } from '../../telegram/mentions.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { daysOffOf } from '../calendar/index.ts'
import { privateChatsOf } from '../linking/index.ts'
import { branchOf, membersOf } from '../registry/index.ts'
import { continueAssignment, continueWithName } from './assign-flow.ts'
import { longestTitle } from './assign-task.ts'
import { type AssignmentDraft, emptyDraft } from './assignment-draft.ts'
import { type AssignmentWords, meansNoDueDate, readAssignment } from './assignment-words.ts'

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

/** Begins a draft with what the words, the people mentioned and the answered message say already. */
export async function beginIn(turn: Turn, branchId: number): Promise<void> {
  const branch = await branchOf(turn.context.db, branchId)
  const leave = may(turn.context.actor, assigning, { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok) return turn.refuse(leave.problem)
  const { accounts, unknown } = await accountsMeant(turn, branchId)
  const words = readAssignment(withoutMentions(turn), accounts.length > 0 || unknown !== null)
  const recurring = words.due !== null && words.due !== 'none' ? parseRecurrence(words.due.written) : null
  const rule = recurring?.ok && isSaidToRecur(words.due) ? recurring.value : null
  const due =
    rule !== null
      ? { due: (await firstTime(turn, branchId, rule))?.toString() ?? null }
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
    const assigneeIds = await peopleBehind(turn, accounts)
    const why = assigneeIds.length === 0 ? { code: 'tasks.senderNotLinked' } : problem
    return continueAssignment(turn, { ...draft, assigneeIds }, why)
  }
  if (words.who === null) return continueAssignment(turn, draft, problem)
  return continueWithName(turn, draft, words.who, problem)
}

/** Begins with a member who has been named already. */
export async function beginFor(turn: Turn, branchId: number, personId: number): Promise<void> {
  const branch = await branchOf(turn.context.db, branchId)
  const leave = may(turn.context.actor, assigning, { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok) return turn.refuse(leave.problem)
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

/** The first day of what recurs, past the ward's days off. */
export async function firstTime(turn: Turn, branchId: number, rule: Recurrence): Promise<Temporal.PlainDate | null> {
  const today = turn.context.today()
  const branch = await branchOf(turn.context.db, branchId)
  return nextScheduled(rule, today, await daysOffOf(turn.context.db, branch?.wardId ?? 0, today))
}

/** "thứ 7" is a due date; "mỗi thứ 7", "thứ 7 hằng tuần" come back. */
function isSaidToRecur(due: AssignmentWords['due']): boolean {
  return due !== null && due !== 'none' && /mỗi|hằng|hàng/iu.test(due.written.normalize('NFC'))
}

/** Whoever wrote the message that the command answers, or is mentioned in it; and a name in it that nobody here goes by. */
async function accountsMeant(turn: Turn, branchId: number): Promise<{ accounts: number[]; unknown: string | null }> {
  const { message } = turn
  const named = message ? namesMentioned(message) : []
  const members = named.length === 0 ? [] : await membersOf(turn.context.db, branchId, turn.context.today())
  const chats = await privateChatsOf(
    turn.context.db,
    members.map(({ id }) => id),
  )
  const found = named.length === 0 ? null : await accountsNamed(turn.api, named, [...chats.values()])
  const answered = message?.reply_to_message?.from
  const mentioned = (message?.entities ?? []).flatMap((entity) =>
    entity.type === 'text_mention' && !entity.user.is_bot ? [entity.user.id] : [],
  )
  const accounts = [...mentioned, ...(found?.values() ?? [])].map(Number)
  return {
    accounts: accounts.length > 0 || !answered || answered.is_bot ? accounts : [answered.id],
    unknown: named.find((name) => found?.has(name) === false) ?? null,
  }
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

async function peopleBehind(turn: Turn, accountIds: readonly number[]): Promise<number[]> {
  const links = await turn.context.db.accountLink.findMany({
    where: { accountId: { in: accountIds.map(BigInt) }, endedAt: null },
    select: { personId: true },
  })
  return links.map(({ personId }) => personId)
}
