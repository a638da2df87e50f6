import { fail, type Problem, type Result } from '../../domain/result.ts'
import type { Message } from '../../platform/messages.ts'
import { pickMessage } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { namesMayStand } from '../linking/index.ts'
import type { Member } from '../registry/index.ts'
import { findAssignees, possibleAssignees } from './assign-views.ts'
import { type AssignmentDraft, assignmentForm, dueOf } from './assignment-draft.ts'
import {
  assignmentPreview,
  detailsMenu,
  dueQuestion,
  fileQuestion,
  originQuestion,
  recurrenceQuestion,
  titleQuestion,
} from './assignment-screens.ts'
import { suggestionsFor } from './suggestions.ts'

/** Shows what the draft still lacks, or the whole of it to confirm. A problem with the last answer stands above. */
export async function continueAssignment(turn: Turn, draft: AssignmentDraft, problem?: Problem): Promise<void> {
  const { texts, context } = turn
  const possible = await peopleHere(turn, draft)
  if (!possible.ok) return turn.refuse(possible.problem)
  const members = possible.value
  const assignees = members.filter(({ id }) => draft.assigneeIds.includes(id))
  const isGone = assignees.length < draft.assigneeIds.length
  if (assignees.length === 0 || draft.asked === 'who') {
    const candidates = members.filter(({ id }) => !draft.assigneeIds.includes(id))
    const why = isGone ? { code: 'tasks.notOfBranch' } : problem
    return askWho(turn, draft, candidates, why, candidates.length === members.length)
  }
  const here = { ...draft, assigneeIds: assignees.map(({ id }) => id) }
  const names = assignees.map(({ fullName }) => fullName)
  const inGroup = turn.chat.kind === 'group'
  if (here.title === null) {
    const [only, other] = assignees
    const suggested = only && !other ? await suggestionsFor(context, only.id) : []
    const question = titleQuestion(texts, { key: here.key, names, suggested, inGroup })
    return ask(turn, here, question.message, problem, { items: question.items })
  }
  if (here.due === null && here.rule === null) {
    return ask(turn, here, dueQuestion(texts, { key: here.key, today: context.today(), inGroup }), problem)
  }
  switch (here.asked) {
    case 'origin':
      return ask(turn, here, originQuestion(texts, here.key), problem)
    case 'file':
      return ask(turn, here, fileQuestion(texts, here), problem)
    case 'rule':
      return ask(turn, here, recurrenceQuestion(texts, here.key), problem)
    case 'details':
      return ask(turn, here, detailsMenu(texts, here), problem)
  }
  const preview = assignmentPreview(texts, { ...here, names, title: here.title, dueOn: dueOf(here) })
  return ask(turn, here, preview, problem)
}

/** Whom the draft may be for, as far as they may be named in this chat. */
async function peopleHere(turn: Turn, { branchId }: AssignmentDraft): Promise<Result<Member[]>> {
  if (!(await namesMayStand(turn.context, turn.chat))) return fail('linking.namesPrivately')
  return possibleAssignees(turn.context, branchId)
}

/** Those of them whom the words mean. */
async function findHere(turn: Turn, { branchId }: AssignmentDraft, query: string): Promise<Result<Member[]>> {
  if (!(await namesMayStand(turn.context, turn.chat))) return fail('linking.namesPrivately')
  return findAssignees(turn.context, branchId, query)
}

/** Lists members to choose from: by a button, a number, or a typed name. */
async function askWho(
  turn: Turn,
  draft: AssignmentDraft,
  candidates: readonly Member[],
  problem?: Problem,
  isWhole = false,
): Promise<void> {
  const list = whoList(turn, draft, candidates, 0, isWhole)
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
  const members = await peopleHere(turn, draft)
  if (!members.ok) return turn.refuse(members.problem)
  const candidates = members.value.filter(({ id }) => candidateIds.has(id))
  const isWhole = candidates.length === members.value.length
  await turn.edit(pickMessage(turn.texts, whoList(turn, draft, candidates, page, isWhole)))
}

/** Goes on with everybody in the branch but those who do not take part, and whoever assigns. */
export async function continueWithAll(turn: Turn, draft: AssignmentDraft): Promise<void> {
  const members = await peopleHere(turn, draft)
  if (!members.ok) return turn.refuse(members.problem)
  const ids = members.value
    .filter(({ id, status }) => id !== turn.context.actor.personId && status !== 'exempt' && status !== 'suspended')
    .map(({ id }) => id)
  return continueAssignment(turn, { ...draft, assigneeIds: ids, asked: null })
}

/**
 * Goes on with whoever of the branch the names or member numbers stand for, several of them between commas; asks which
 * one where a name fits several people.
 */
export async function continueWithName(
  turn: Turn,
  draft: AssignmentDraft,
  query: string,
  problem?: Problem,
): Promise<void> {
  if (meansEverybody(query)) return continueWithAll(turn, draft)
  let named = draft
  for (const one of query.split(/[,;]|\s+và\s+/u).map((part) => part.trim())) {
    if (one === '') continue
    const shortQuery = one.slice(0, 60)
    const found = await findHere(turn, draft, one)
    if (!found.ok) return turn.refuse(found.problem)
    const [only, other] = found.value
    if (!only) {
      return continueAssignment(turn, named, { code: 'tasks.nobodyFound', params: { query: shortQuery } })
    }
    if (other) return askWho(turn, named, found.value, { code: 'tasks.severalFound', params: { query: shortQuery } })
    named = { ...named, assigneeIds: [...new Set([...named.assigneeIds, only.id])], asked: null }
  }
  return continueAssignment(turn, named, problem)
}

export function meansEverybody(text: string): boolean {
  return /^(?:tất cả|mọi người|cả chi bộ|toàn (?:thể )?chi bộ|toàn thể(?: đảng viên)?)$/iu.test(
    text.normalize('NFC').trim(),
  )
}

function whoList(turn: Turn, draft: AssignmentDraft, candidates: readonly Member[], page: number, isWhole: boolean) {
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
    ...(isWhole ? { more: [[{ text: turn.texts('tasks:wholeBranch'), data: `tto:${draft.key}.all` }]] } : {}),
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
