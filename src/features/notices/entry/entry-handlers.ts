import { titleOfLevel } from '../../../domain/evaluation.ts'
import { formatPeriod, isPeriod, monthOf, type Period, parsePeriod, previous } from '../../../domain/period.ts'
import type { Problem } from '../../../domain/result.ts'
import type { ButtonHandler, Command, FormHandler } from '../../../telegram/feature.ts'
import { type PickList, pickMessage, showPickList } from '../../../telegram/pick-list.ts'
import type { Turn } from '../../../telegram/turn.ts'
import { findPeriod } from '../find-period.ts'
import { type EnterResult, enterResults } from './enter-results.ts'
import { entryList, groundsList, personMessage } from './entry-screens.ts'
import { readFields, saysSomething } from './read-fields.ts'
import { viewEntry, writtenOf } from './view-entry.ts'

/** `/nhapketqua`, also with a period: results person by person, in a few taps each. */
export const entryCommand: Command = {
  name: 'nhapketqua',
  chats: ['private'],
  audience: 'notice.evaluation.draft',
  label: 'entries:label',
  handle: async (turn) => {
    const asked = turn.args === '' ? null : findPeriod(turn.args, turn.context.today())
    if (turn.args !== '' && !asked?.ok) {
      return turn.refuse({ code: 'period.unreadable', params: { value: turn.args.slice(0, 60) } })
    }
    await showEntry(turn, asked?.ok ? asked.value : monthOf(turn.context.today()))
  },
}

export const entryButtons: Record<string, ButtonHandler> = {
  nel: { handle: (turn) => withPeriod(turn, (period, [page]) => showEntry(turn, period, Number(page ?? 0) || 0)) },
  nep: { handle: (turn) => withPeriod(turn, (period, [personId]) => showPerson(turn, period, idIn(personId))) },
  /** A band of the scheme, by its place. */
  nev: {
    handle: (turn) =>
      withPeriod(turn, async (period, [personId, place]) => {
        const view = await viewEntry(turn.context, { period })
        if (!view.ok) return turn.refuse(view.problem)
        const band = view.value.pack.bands[idIn(place)]
        if (!band) return turn.refuse({ code: 'entries.gone' })
        const written = band.grade === undefined ? { level: titleOfLevel(band.level) } : { grade: band.grade }
        await enter(turn, period, { personId: idIn(personId), written })
      }),
  },
  nes: {
    handle: (turn) =>
      withPeriod(turn, (period, [personId, score = '']) =>
        enter(turn, period, { personId: idIn(personId), written: { score } }),
      ),
  },
  nedl: {
    handle: (turn) =>
      withPeriod(turn, async (period, [personId]) => {
        const view = await viewEntry(turn.context, { period })
        if (!view.ok) return turn.refuse(view.problem)
        const line = view.value.lines.find((one) => one.personId === idIn(personId))
        if (!line) return turn.refuse({ code: 'entries.gone' })
        await pickHere(turn, groundsList(turn.texts, view.value, line))
      }),
  },
  /** A ground, by its number; the score that was entered is kept beside it. */
  ned: {
    handle: (turn) =>
      withPeriod(turn, async (period, [personId, disqualifier = '']) => {
        const view = await viewEntry(turn.context, { period })
        if (!view.ok) return turn.refuse(view.problem)
        const score = view.value.lines.find((one) => one.personId === idIn(personId))?.result?.score ?? null
        await enter(turn, period, { personId: idIn(personId), written: { score, disqualifier } })
      }),
  },
  /** As in the period before. */
  neb: {
    handle: (turn) =>
      withPeriod(turn, async (period, [entryId]) => {
        const view = await viewEntry(turn.context, { period })
        if (!view.ok) return turn.refuse(view.problem)
        const line = view.value.lines.find((one) => one.before?.entryId === idIn(entryId))
        if (!line?.before) return turn.refuse({ code: 'entries.gone' })
        const { score = null, grade = null, level, remark } = line.before
        const written = writtenOf({ score, grade, level, disqualifier: null })
        await enter(turn, period, { personId: line.personId, written, remark })
      }),
  },
  neper: { handle: (turn) => showPeriods(turn) },
}

export const entryForms: Record<string, FormHandler> = {
  /** Points, a level or a remark are typed for the person who is shown. */
  nentry: {
    handle: async (turn, { period, personId }) => {
      if (turn.message?.document) return false
      const text = turn.message?.text
      if (typeof period !== 'string' || !isPeriod(period) || typeof personId !== 'number') return turn.closeForm()
      if (text === undefined) return turn.refuse({ code: 'entries.textOnly' })
      const view = await viewEntry(turn.context, { period })
      if (!view.ok) return turn.refuse(view.problem)
      const fields = readFields(view.value.pack, text)
      const said = saysSomething(fields)
      const { written, remark } = fields
      await enter(turn, period, {
        personId,
        ...(said ? { written } : {}),
        ...(said && remark === null ? {} : { remark: said ? remark : text }),
      })
    },
  },
}

/** Shows the list of whom one rates; what is typed next is a number of it. */
export async function showEntry(turn: Turn, period: Period, page = 0): Promise<void> {
  const view = await viewEntry(turn.context, { period })
  if (!view.ok) return turn.refuse(view.problem)
  await pickHere(turn, entryList(turn.texts, view.value, page))
}

/** A list in place of the pressed message; a new one after a typed word. */
export async function pickHere(turn: Turn, list: PickList): Promise<void> {
  if (!turn.press) return showPickList(turn, list)
  await turn.askHere('pick', { items: list.items.map(({ data }) => data) }, pickMessage(turn.texts, list))
}

/** Runs with the period and the further parts of a button's data; a forged one is refused. */
export async function withPeriod(turn: Turn, run: (period: Period, rest: string[]) => Promise<void>): Promise<void> {
  const [period = '', ...rest] = turn.args.split(':')
  if (!isPeriod(period)) return turn.refuse({ code: 'entries.gone' } satisfies Problem)
  await run(period, rest)
}

async function enter(turn: Turn, period: Period, result: EnterResult): Promise<void> {
  const entered = await enterResults(turn.context, { period, results: [result] })
  if (!entered.ok) return turn.refuse(entered.problem)
  await showPerson(turn, period, result.personId)
}

async function showPerson(turn: Turn, period: Period, personId: number): Promise<void> {
  const view = await viewEntry(turn.context, { period })
  if (!view.ok) return turn.refuse(view.problem)
  const message = personMessage(turn.texts, view.value, personId)
  if (!message) return turn.refuse({ code: 'entries.gone' })
  const form = { period, personId }
  await (turn.press ? turn.askHere('nentry', form, message) : turn.ask('nentry', form, message))
}

/** This month and the last, this quarter and the last, this year and the last. */
async function showPeriods(turn: Turn): Promise<void> {
  const today = turn.context.today()
  const month = monthOf(today)
  const near = [`Q${Math.ceil(today.month / 3)}-${today.year}`, String(today.year)].flatMap((text) => {
    const period = parsePeriod(text, today)
    return period.ok ? [period.value, previous(period.value)] : []
  })
  const periods = [month, previous(month), ...near]
  await pickHere(turn, {
    title: turn.texts('entries:periodsTitle'),
    items: periods.map((period) => {
      const name = formatPeriod(period)
      const label = name.charAt(0).toUpperCase() + name.slice(1)
      return { label, button: label, data: `nel:${period}:0` }
    }),
  })
}

function idIn(text: string | undefined): number {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : -1
}
