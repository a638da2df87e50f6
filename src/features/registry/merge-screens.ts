import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { PickList } from '../../telegram/pick-list.ts'
import type { Duplicate } from './find-duplicates.ts'
import type { MergePair, MergePerson } from './merge-pair.ts'

export function duplicateList(texts: Texts, pairs: readonly Duplicate[], page: number): PickList {
  return {
    title: texts('registry:duplicatesTitle', { count: pairs.length }),
    intro: texts('registry:duplicatesIntro'),
    items: pairs.map(({ ids: [first, second], fullName, numbers: [one, other] }) => ({
      label: texts('registry:duplicateLine', { fullName, one, other }),
      data: `rpair:${first}:${second}`,
    })),
    page,
    pageData: (other) => `rpairs:${other}`,
  }
}

/** Both records, what merging them does, and what stands in the way. */
export function pairCard(texts: Texts, { kept, closed, blocks }: MergePair): Message {
  const ids = `${kept.id}:${closed.id}`
  const apart = { text: texts('registry:apartButton'), data: `rtwo:${ids}` }
  const blocked = blocks.map((block, index) => `${index + 1}. ${texts.problem(block)}`)
  return {
    ...titled(
      kept.fullName,
      '',
      ...recordLines(texts, kept),
      '',
      ...recordLines(texts, closed),
      '',
      ...(blocked.length > 0
        ? [texts('registry:mergeBlocked'), ...blocked]
        : [texts('registry:mergeHint', { kept: kept.number, closed: closed.number })]),
    ),
    buttons: [
      ...(blocked.length > 0
        ? []
        : [[{ text: texts('registry:mergeButton', { number: kept.number }), data: `rmerge:${ids}` }]]),
      [apart],
    ],
  }
}

export function mergedMessage(texts: Texts, { kept, closed }: MergePair): Message {
  return { text: texts('registry:merged', { fullName: kept.fullName, kept: kept.number, closed: closed.number }) }
}

function recordLines(texts: Texts, { number, birthYear, branches, hasAccount }: MergePerson): string[] {
  return [
    texts('registry:card.number', { value: number }),
    ...(birthYear === null ? [] : [texts('registry:card.birthYear', { value: String(birthYear) })]),
    ...(branches.length > 0 ? [texts('registry:card.branch', { value: branches.join('; ') })] : []),
    ...(hasAccount ? [texts('registry:hasAccount')] : []),
  ]
}
