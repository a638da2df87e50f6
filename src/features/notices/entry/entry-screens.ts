import { formatNumber } from '../../../domain/formats.ts'
import type { EvaluationPack } from '../../../domain/packs/schema.ts'
import { formatPeriod, type Period, previous } from '../../../domain/period.ts'
import type { Button, Message } from '../../../platform/messages.ts'
import { titled } from '../../../platform/messages.ts'
import type { Texts } from '../../../platform/texts.ts'
import type { PickList } from '../../../telegram/pick-list.ts'
import { resultWords } from '../result-words.ts'
import { scoresOffered } from './scores-offered.ts'
import type { EntryLine, EntryView } from './view-entry.ts'

/** The numbered list of whom one rates: what is entered, and whose turn it is. */
export function entryList(texts: Texts, view: EntryView, page = 0): PickList {
  const { period, lines, handedOver } = view
  const done = lines.filter(({ state }) => state !== 'none').length
  const next = lines.find(({ state }) => state === 'none')
  const button = (key: 'paste' | 'preview' | 'handOver' | 'raters' | 'period', word: string): Button[] => [
    { text: texts(`entries:${key}Button`), data: `${word}:${period}` },
  ]
  return {
    title: texts('entries:listTitle', { period: formatPeriod(period) }),
    intro: [
      texts('entries:progress', { count: done, of: lines.length }),
      texts(lines.length === 0 ? 'entries:allChosen' : handedOver ? 'entries:handedOver' : 'entries:keptForYou'),
    ].join('\n'),
    items: lines.map((line) => ({
      label: texts('entries:listLine', { name: line.fullName, result: stateWords(texts, line) }),
      data: `nep:${period}:${line.personId}`,
    })),
    page,
    pageData: (other) => `nel:${period}:${other}`,
    more: [
      ...(next
        ? [[{ text: texts('entries:nextButton', { name: next.fullName }), data: `nep:${period}:${next.personId}` }]]
        : []),
      button('paste', 'nepaste'),
      ...(lines.some(({ state }) => state === 'entered')
        ? [button('preview', 'nepre'), button('handOver', 'nehand')]
        : []),
      button('raters', 'nerat'),
      button('period', 'neper'),
    ],
  }
}

/** One person: what stands, and the buttons that change it. */
export function personMessage(texts: Texts, view: EntryView, personId: number): Message | null {
  const { period, pack, lines } = view
  const index = lines.findIndex((line) => line.personId === personId)
  const line = lines[index]
  if (!line) return null
  const { result, remark, branchName } = line
  const at = `${period}:${personId}`
  const grounds = [{ text: texts('entries:groundsButton'), data: `nedl:${at}` }]
  const overridden = result?.disqualifier !== undefined && result.score !== undefined
  return {
    ...titled(
      texts('entries:personTitle', { name: line.fullName, index: index + 1, of: lines.length }),
      branchName,
      texts('entries:personResult', { period: formatPeriod(period), result: stateWords(texts, line) }),
      overridden && texts('entries:insteadOfScore', { score: formatNumber(result.score ?? 0) }),
      remark !== null && texts('entries:personRemark', { remark }),
      '',
      texts(pack.maximum === undefined ? 'entries:personHint' : 'entries:personHintPoints'),
    ),
    buttons: [
      ...beforeButton(texts, line, period),
      ...bandButtons(texts, pack, at),
      ...scoreButtons(pack, line, at),
      ...(pack.disqualifiers.length > 0 ? [grounds] : []),
      nextButtons(texts, view, index),
    ],
    protect: true,
  }
}

/** The grounds that override the score. */
export function groundsList(texts: Texts, view: EntryView, line: EntryLine): PickList {
  const at = `${view.period}:${line.personId}`
  return {
    title: texts('entries:groundsTitle', { name: line.fullName }),
    intro: texts('entries:groundsIntro'),
    items: view.pack.disqualifiers.map(({ title }, index) => ({ label: title, data: `ned:${at}:${index + 1}` })),
    more: [[{ text: texts('entries:listButton'), data: `nel:${view.period}:0` }]],
  }
}

function stateWords(texts: Texts, { result, state }: EntryLine): string {
  if (result === null) return texts('entries:notEntered')
  const { disqualifier } = result
  const words =
    disqualifier === undefined
      ? resultWords(texts, result)
      : texts('entries:withReason', { result: texts(`notices:shortLevels.${result.level}`), reason: disqualifier })
  return state === 'issued' ? texts('entries:issuedAlready', { result: words }) : words
}

function beforeButton(texts: Texts, { before, state }: EntryLine, period: Period): Button[][] {
  if (before === null || state !== 'none') return []
  const words = { period: formatPeriod(previous(period)), result: resultWords(texts, before) }
  return [[{ text: texts('entries:beforeButton', words), data: `neb:${period}:${before.entryId}` }]]
}

function bandButtons(texts: Texts, { bands }: EvaluationPack, at: string): Button[][] {
  const buttons = bands.map(({ level, grade }, index): Button => {
    const short = texts(`notices:shortLevels.${level}`)
    const text = grade === undefined ? capital(short) : texts('entries:bandButton', { grade, level: short })
    return { text, data: `nev:${at}:${index}` }
  })
  return Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) => buttons.slice(row * 2, row * 2 + 2))
}

function scoreButtons(pack: EvaluationPack, { result }: EntryLine, at: string): Button[][] {
  if (result === null || result.disqualifier !== undefined) return []
  const buttons = scoresOffered(pack, result).map(
    (score): Button => ({ text: formatNumber(score), data: `nes:${at}:${score}` }),
  )
  return Array.from({ length: Math.ceil(buttons.length / 5) }, (_, row) => buttons.slice(row * 5, row * 5 + 5))
}

/** The next one without a result, those further down first. */
function nextButtons(texts: Texts, { period, lines }: EntryView, index: number): Button[] {
  const isNext = ({ state }: EntryLine, at: number) => state === 'none' && at !== index
  const after = lines.find((line, at) => at > index && isNext(line, at)) ?? lines.find(isNext)
  const next = after ? [{ text: texts('entries:nextPersonButton'), data: `nep:${period}:${after.personId}` }] : []
  return [{ text: texts('entries:listButton'), data: `nel:${period}:0` }, ...next]
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
