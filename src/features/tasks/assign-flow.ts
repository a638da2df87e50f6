import { fail, ok, type Problem, type Result } from '../../domain/result.ts'
import type { Message } from '../../platform/messages.ts'
import { pickMessage } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { branchOf, findMembers, type Member, membersOf } from '../registry/index.ts'
import { type AssignmentDraft, assignmentForm, dueOf } from './assignment-draft.ts'
import { assignmentPreview, dueQuestion, titleQuestion } from './assignment-screens.ts'

/** Shows what the draft still lacks, or the whole of it to confirm. A problem with the last answer stands above. */
export async function continueAssignment(turn: Turn, draft: AssignmentDraft, problem?: Problem): Promise<void> {
  const members = await membersOf(turn.context.db, draft.branchId, turn.context.today())
  const assignee = members.find(({ id }) => id === draft.assigneeId)
  if (!assignee) {
    const why = draft.assigneeId === null ? problem : { code: 'tasks.notOfBranch' }
    return askWho(turn, { ...draft, assigneeId: null }, members, why)
  }
  if (draft.title === null) return ask(turn, draft, titleQuestion(turn.texts, assignee.fullName), problem)
  const { key, title } = draft
  const inGroup = turn.chat.kind === 'group'
  if (draft.due === null) {
    return ask(turn, draft, dueQuestion(turn.texts, { key, today: turn.context.today(), inGroup }), problem)
  }
  const preview = assignmentPreview(turn.texts, { key, name: assignee.fullName, title, dueOn: dueOf(draft) })
  return ask(turn, draft, preview, problem)
}

/** Lists members to choose from: by a button, a number, or a typed name. */
async function askWho(
  turn: Turn,
  draft: AssignmentDraft,
  candidates: readonly Member[],
  problem?: Problem,
  page = 0,
): Promise<void> {
  const list = whoList(turn, draft, candidates, page)
  await ask(turn, draft, pickMessage(turn.texts, list), problem, {
    items: list.items.map(({ data }) => data),
    candidates: candidates.map(({ id }) => id),
  })
}

/** Another page of the same list, in place of the one shown. */
export async function turnPage(
  turn: Turn,
  draft: AssignmentDraft,
  candidateIds: ReadonlySet<number>,
  page: number,
): Promise<void> {
  const members = await membersOf(turn.context.db, draft.branchId, turn.context.today())
  const candidates = members.filter(({ id }) => candidateIds.has(id))
  await turn.edit(pickMessage(turn.texts, whoList(turn, draft, candidates, page)))
}

/** Goes on with whoever of the branch a name or member number stands for, or asks which of several. */
export async function continueWithName(
  turn: Turn,
  draft: AssignmentDraft,
  query: string,
  problem?: Problem,
): Promise<void> {
  const found = await whoIs(turn, draft.branchId, query)
  if (!found.ok) return continueAssignment(turn, draft, found.problem)
  const [only, other] = found.value
  const shortQuery = query.slice(0, 60)
  if (other) return askWho(turn, draft, found.value, { code: 'tasks.severalFound', params: { query: shortQuery } })
  return continueAssignment(turn, { ...draft, assigneeId: only?.id ?? null }, problem)
}

async function whoIs(turn: Turn, branchId: number, query: string): Promise<Result<Member[]>> {
  const { db } = turn.context
  const today = turn.context.today()
  const wardId = (await branchOf(db, branchId))?.wardId ?? 0
  const found = await findMembers(db, { wardId, branchId }, query, today)
  if (found.length > 0) return ok(found)
  const elsewhere = await findMembers(db, { wardId }, query, today)
  return elsewhere.length > 0 ? fail('tasks.notOfBranch') : fail('tasks.nobodyFound', { query: query.slice(0, 60) })
}

function whoList(turn: Turn, draft: AssignmentDraft, candidates: readonly Member[], page: number) {
  const names = candidates.map(({ fullName }) => fullName)
  // In a group the whole list shows names only; a birth year stands where the name alone would not tell.
  const isAmbiguous = (name: string) => names.filter((other) => other === name).length > 1
  return {
    title: turn.texts('tasks:askWho'),
    intro: turn.texts('tasks:askWhoHint'),
    items: candidates.map(({ id, fullName, birthYear }) => ({
      label:
        birthYear !== null && (turn.chat.kind === 'private' || isAmbiguous(fullName))
          ? turn.texts('tasks:nameAndBirthYear', { name: fullName, year: birthYear })
          : fullName,
      data: `tto:${draft.key}.${id}`,
    })),
    page,
    inGroup: turn.chat.kind === 'group',
    pageData: (other: number) => `tpage:${draft.key}.${other}`,
  }
}

async function ask(
  turn: Turn,
  draft: AssignmentDraft,
  message: Message,
  problem?: Problem,
  more: Record<string, unknown> = {},
): Promise<void> {
  const asked = problem ? below(turn.texts.problem(problem), message) : message
  await turn.ask(assignmentForm, { draft, ...more }, asked)
}

/** Puts a sentence above a message, whose emphasis moves down with it. */
function below(sentence: string, message: Message): Message {
  const above = `${sentence}\n\n`
  return {
    ...message,
    text: above + message.text,
    entities: (message.entities ?? []).map((entity) => ({ ...entity, offset: entity.offset + above.length })),
  }
}
