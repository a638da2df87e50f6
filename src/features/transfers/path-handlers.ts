import { formatDate } from '../../domain/formats.ts'
import { normaliseName } from '../../domain/names.ts'
import { formatPeriod } from '../../domain/period.ts'
import type { Span } from '../../domain/spans.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { ButtonHandler, FormHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { findPaths } from './find-people.ts'
import { dateOf } from './messages.ts'
import { memberName } from './plan-screens.ts'
import { type PersonPath, viewPath } from './view-path.ts'

export const pathForm = 'transferPath'

/** `/hoso [tên hoặc số]`: one's own path, or somebody's whom one may see; an account that is no member is asked whose. */
export async function showPath(turn: Turn): Promise<void> {
  const query = normaliseName(turn.args)
  if (query !== '') return find(turn, query)
  const { personId } = turn.context.actor
  if (personId !== null) return show(turn, personId)
  await turn.ask(pathForm, {}, { text: turn.texts('transfers:askWhose') })
}

export const answerPath: FormHandler['handle'] = async (turn) => {
  const query = normaliseName(turn.message?.text ?? '')
  if (query === '') return false
  await turn.closeForm()
  await find(turn, query)
}

export const pathButtons: Record<string, ButtonHandler> = {
  xpath: { handle: (turn) => show(turn, numberIn(turn.args)) },
}

async function find(turn: Turn, query: string): Promise<void> {
  const { context, texts } = turn
  const found = await findPaths(context, query)
  if (!found.ok) return turn.refuse(found.problem)
  const [only, ...more] = found.value
  if (!only) return turn.refuse({ code: 'transfers.nobodyFound', params: { query: query.slice(0, 40) } })
  if (more.length === 0) return show(turn, only.id)
  await showPickList(turn, {
    title: texts('transfers:askWhose'),
    items: found.value.slice(0, 20).map((member) => ({
      label: texts('transfers:personTo', { person: memberName(texts, member), branch: member.branchName }),
      data: `xpath:${member.id}`,
    })),
  })
}

async function show(turn: Turn, personId: number): Promise<void> {
  const path = await viewPath(turn.context, { personId })
  if (!path.ok) return turn.refuse(path.problem)
  await turn.reply(pathMessage(turn.texts, path.value))
}

function pathMessage(texts: Texts, path: PersonPath): Message {
  const stretch = ({ from, to }: Span, what: string) =>
    to === null
      ? texts('transfers:path.since', { from: formatDate(from), what })
      : texts('transfers:path.between', { from: formatDate(from), to: formatDate(to), what })
  const part = (key: 'memberships' | 'statuses' | 'positions' | 'attendance' | 'transfers', rows: string[]) =>
    rows.length === 0 ? [] : ['', texts(`transfers:path.${key}`), ...rows]
  const branchName = ({ branch, kind, dissolved }: PersonPath['memberships'][number]) => {
    if (kind === 'temporary') return texts('transfers:path.temporary', { branch })
    return dissolved ? texts('transfers:path.dissolved', { branch }) : branch
  }
  return {
    ...titled(
      texts('transfers:path.title', { name: path.name }),
      texts('transfers:path.number', { value: path.number }),
      path.admittedOn && texts('transfers:path.admittedOn', { value: formatDate(path.admittedOn) }),
      path.officialOn && texts('transfers:path.officialOn', { value: formatDate(path.officialOn) }),
      ...part(
        'memberships',
        path.memberships.map((row) => stretch(row, branchName(row))),
      ),
      ...part(
        'statuses',
        path.statuses.map((row) => stretch(row, texts(`domain:statuses.${row.status}`))),
      ),
      ...part(
        'positions',
        path.positions.map(({ title, branch, ...span }) =>
          stretch(span, branch === null ? title : texts('transfers:path.postIn', { title, branch })),
        ),
      ),
      ...part(
        'attendance',
        path.attendance.map(({ month, attended, called }) =>
          texts('transfers:path.attended', { month: formatPeriod(month), attended, called }),
        ),
      ),
      ...part(
        'transfers',
        path.transfers.map(({ movesOn, proposedOn, from, to, state }) =>
          texts('transfers:path.transfer', {
            date: dateOf(movesOn ?? proposedOn),
            from: from.name,
            to: to.name,
            state: texts(`transfers:states.${state}`),
          }),
        ),
      ),
    ),
    buttons: path.openId === null ? [] : [[{ text: texts('transfers:path.open'), data: `xcard:${path.openId}` }]],
  }
}
