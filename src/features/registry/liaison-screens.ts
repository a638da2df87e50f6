import { formatDate } from '../../domain/formats.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { PickList } from '../../telegram/pick-list.ts'
import type { Branch } from './branches.ts'
import type { Liaison } from './liaisons.ts'

/** Who keeps contact with the branch, and of whom the year's comment is still to be written. */
export function liaisonList(
  texts: Texts,
  { branch, liaisons }: { branch: Branch; liaisons: readonly Liaison[] },
  { year, page }: { year: number; page: number },
): PickList {
  const open = liaisons.filter((one) => standingOf(one, year) === 'open').length
  return {
    title: texts('registry:liaison.listTitle', { branch: branch.name }),
    intro: texts(open > 0 ? 'registry:liaison.listOpen' : 'registry:liaison.listDone', {
      count: liaisons.length,
      open,
      year,
    }),
    items: liaisons.map((liaison) => ({ label: lineOf(texts, liaison, year), data: `rliaison:${liaison.id}` })),
    page,
    pageData: (other) => `rliaisons:${branch.id}:${other}`,
  }
}

export function liaisonCard(
  texts: Texts,
  liaison: Liaison,
  { year, mayComment }: { year: number; mayComment: boolean },
): Message {
  const { fullName, number, workplace, from, branch, isExempt, comments } = liaison
  const said = comments.some((comment) => comment.year === year)
  const button = {
    text: texts(`registry:liaison.${said ? 'again' : 'write'}`, { year }),
    data: `rcomment:${liaison.id}`,
  }
  return {
    ...titled(
      fullName,
      texts('registry:card.number', { value: number }),
      texts('registry:liaison.since', { branch: branch.name, on: formatDate(from) }),
      workplace !== null && texts('registry:liaison.workplace', { value: workplace }),
      isExempt && texts('registry:liaison.exempt'),
      '',
      comments.length === 0 && texts('registry:liaison.noComment'),
      ...comments.map((comment) => texts('registry:liaison.comment', { year: comment.year, text: comment.text })),
    ),
    ...(mayComment ? { buttons: [[button]] } : {}),
  }
}

function standingOf({ isExempt, comments }: Liaison, year: number): 'exempt' | 'said' | 'open' {
  if (comments.some((comment) => comment.year === year)) return 'said'
  return isExempt ? 'exempt' : 'open'
}

function lineOf(texts: Texts, liaison: Liaison, year: number): string {
  return texts(`registry:liaison.line.${standingOf(liaison, year)}`, { name: liaison.fullName, year })
}
