import { numberIn } from '../../telegram/button-data.ts'
import type { Feature } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { findAudited } from './find-audited.ts'
import { auditPage, auditStateMessage } from './screens-audit.ts'
import { type AuditFilter, checkAudit, viewAudit } from './view-audit.ts'

/** `/nhatky [ngày, người hoặc chi bộ]` */
export function auditHandlers(): Pick<Feature, 'commands' | 'buttons' | 'forms'> {
  return {
    commands: [
      {
        name: 'nhatky',
        chats: ['private'],
        audience: 'audit.view',
        label: 'privacy:labels.audit',
        handle: (turn) => (turn.args === '' ? show(turn, { by: 'all' }, 0) : find(turn, turn.args)),
      },
    ],
    buttons: {
      paudit: {
        handle: (turn) => {
          const [data = '', page = ''] = turn.args.split(':')
          return show(turn, filterIn(data), Math.max(0, numberIn(page)))
        },
      },
      pfind: { handle: (turn) => turn.ask('auditFind', {}, { text: turn.texts('privacy:audit.ask') }) },
      pcheck: {
        handle: async (turn) => {
          const state = await checkAudit(turn.context)
          if (!state.ok) return turn.refuse(state.problem)
          await turn.reply(auditStateMessage(turn.texts, state.value))
        },
      },
    },
    forms: {
      auditFind: {
        handle: async (turn) => {
          const query = turn.message?.text?.trim() ?? ''
          if (query === '') return false
          await turn.closeForm()
          await find(turn, query)
          return undefined
        },
      },
    },
  }
}

async function show(turn: Turn, filter: AuditFilter, page: number): Promise<void> {
  const viewed = await viewAudit(turn.context, filter, page)
  if (!viewed.ok) return turn.refuse(viewed.problem)
  await turn.edit(auditPage(turn.texts, filter, filterData(filter), viewed.value))
}

async function find(turn: Turn, query: string): Promise<void> {
  const found = await findAudited(turn.context, query)
  if (!found.ok) return turn.refuse(found.problem)
  const [only, ...more] = found.value
  if (only && more.length === 0) return show(turn, only.filter, 0)
  await showPickList(turn, {
    title: turn.texts('privacy:audit.which'),
    items: found.value.slice(0, 20).map(({ label, filter }) => ({ label, data: `paudit:${filterData(filter)}:0` })),
  })
}

/** A filter as a button carries it: `a`, `p12`, `b3`, `d2026-11-23`. */
function filterData(filter: AuditFilter): string {
  switch (filter.by) {
    case 'all':
      return 'a'
    case 'day':
      return `d${filter.on}`
    case 'person':
      return `p${filter.id}`
    case 'branch':
      return `b${filter.id}`
  }
}

/** What is no filter of ours (buttons can be forged) is all of it: leave is asked all the same. */
function filterIn(data: string): AuditFilter {
  const [, kind, rest = ''] = /^([pbd])([\d-]+)$/.exec(data) ?? []
  if (kind === 'p') return { by: 'person', id: numberIn(rest) }
  if (kind === 'b') return { by: 'branch', id: numberIn(rest) }
  return kind === 'd' && /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(rest)
    ? { by: 'day', on: Temporal.PlainDate.from(rest) }
    : { by: 'all' }
}
