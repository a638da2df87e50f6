import { formatDate, formatDateTime, formatNumber } from '../../domain/formats.ts'
import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { AuditState } from '../../platform/verify-audit.ts'
import { type AuditFilter, type AuditLine, type AuditPage, linesPerPage } from './view-audit.ts'

/** A numbered page of the record; `data` is the filter as buttons carry it. */
export function auditPage(texts: Texts, filter: AuditFilter, data: string, { lines, page, total }: AuditPage): Message {
  const first = page * linesPerPage
  const turn: Button[] = []
  if (page > 0) turn.push({ text: texts('telegram:pagePrevious'), data: `paudit:${data}:${page - 1}` })
  if (first + lines.length < total) turn.push({ text: texts('telegram:pageNext'), data: `paudit:${data}:${page + 1}` })
  return {
    ...titled(
      filter.by === 'day'
        ? texts('privacy:audit.dayTitle', { on: formatDate(filter.on) })
        : texts('privacy:audit.title'),
      texts('privacy:audit.count', { count: formatNumber(total), page: page + 1 }),
      '',
      ...lines.map((line, index) => auditLine(texts, line, first + index + 1)),
    ),
    buttons: [
      ...(turn.length > 0 ? [turn] : []),
      [{ text: texts('privacy:audit.find'), data: 'pfind' }],
      [{ text: texts('privacy:audit.check'), data: 'pcheck' }],
    ],
  }
}

export function auditStateMessage(texts: Texts, state: AuditState): Message {
  const { broken, unsealed, lastHash } = state
  return titled(
    texts(broken ? 'privacy:audit.brokenTitle' : 'privacy:audit.soundTitle'),
    broken && texts('privacy:audit.broken', { at: formatDateTime(broken.minute), number: broken.number }),
    unsealed > 0 && texts('privacy:audit.unsealed', { count: formatNumber(unsealed) }),
    texts('privacy:audit.numbers', { seals: formatNumber(state.seals), rows: formatNumber(state.rows) }),
    lastHash && texts('privacy:audit.lastHash', { number: state.seals, hash: lastHash.slice(0, 16) }),
  )
}

function auditLine(texts: Texts, { at, action, actor, about }: AuditLine, number: number): string {
  const what = texts.find(`privacy:actions.${action}`) ?? texts('privacy:audit.other', { action })
  const whom = about.length === 0 ? what : texts('privacy:audit.about', { what, about: about.join(', ') })
  const who = actor ?? texts('privacy:audit.program')
  return texts('privacy:audit.line', { number, at: formatDateTime(at), who, what: whom })
}
