import { fail, ok, type Result } from '../domain/result.ts'
import { type Button, type Message, titled } from '../platform/messages.ts'
import type { Texts } from '../platform/texts.ts'
import type { Turn } from './turn.ts'

export interface PickItem {
  label: string
  /** The button's data: what happens when this line is picked. */
  data: string
  /** A line's own button text, where a number alone says too little; it then takes a row of its own. */
  button?: string
}

export interface PickList {
  title: string
  intro?: string
  items: readonly PickItem[]
  /** Data of the buttons that turn the pages, given the page's number from 0. */
  pageData?: (page: number) => string
  page?: number
  /** How many lines a page holds, where they are long. */
  linesPerPage?: number
  /** Shown in a group, where only a reply reaches the bot. */
  inGroup?: boolean
  /** Rows under the list. */
  more?: Button[][]
}

export const pageSize = 20
const numbersPerRow = 5

/**
 * A numbered list to choose from: by a button, or by typing the line's number back. Longer lists come in pages; the
 * numbers run on through them.
 */
export function pickMessage(texts: Texts, list: PickList): Message {
  const page = list.page ?? 0
  const size = list.linesPerPage ?? pageSize
  const first = page * size
  const shown = list.items.slice(first, first + size)
  // A button that says the whole line needs no line above it: less to read, less to scroll.
  const lines = shown.flatMap(({ label, button }, index) => (button === label ? [] : `${first + index + 1}. ${label}`))
  const numbered = shown.map((item, index): Button => {
    const number = String(first + index + 1)
    return { text: item.button === undefined ? number : `${number}. ${item.button}`, data: item.data }
  })
  const wide = shown.some(({ button }) => button !== undefined)
  const rows: Button[][] = wide ? numbered.map((button) => [button]) : inRows(numbered)
  return {
    ...titled(
      list.title,
      list.intro ?? null,
      lines.length > 0 && '',
      ...lines,
      '',
      texts(list.inGroup ? 'telegram:pickHintInGroup' : 'telegram:pickHint'),
    ),
    buttons: [...rows, ...pageButtons(texts, list, page), ...(list.more ?? [])],
  }
}

/** Shows the list and remembers its lines, so that a typed number picks one. */
export async function showPickList(turn: Turn, list: PickList): Promise<void> {
  const message = pickMessage(turn.texts, { ...list, inGroup: turn.chat.kind === 'group' })
  await turn.ask('pick', { items: list.items.map(({ data }) => data) }, message)
}

/**
 * The button's data behind a typed number. Null where the text is no number at all; fails with `telegram.noSuchLine` where
 * the list has no such line.
 */
export function pickedData(text: string | undefined, data: Record<string, unknown>): Result<string> | null {
  const number = /^\s*(\d{1,4})\s*\.?\s*$/.exec(text ?? '')?.[1]
  if (!number || !Array.isArray(data.items)) return null
  const picked: unknown = data.items[Number(number) - 1]
  if (typeof picked === 'string') return ok(picked)
  return fail('telegram.noSuchLine', { value: number, count: data.items.length })
}

function inRows(buttons: Button[]): Button[][] {
  const rows: Button[][] = []
  for (let at = 0; at < buttons.length; at += numbersPerRow) rows.push(buttons.slice(at, at + numbersPerRow))
  return rows
}

function pageButtons(texts: Texts, { items, pageData, linesPerPage = pageSize }: PickList, page: number): Button[][] {
  if (!pageData || items.length <= linesPerPage) return []
  const row: Button[] = []
  if (page > 0) row.push({ text: texts('telegram:pagePrevious'), data: pageData(page - 1) })
  if ((page + 1) * linesPerPage < items.length) row.push({ text: texts('telegram:pageNext'), data: pageData(page + 1) })
  return [row]
}
