import type { Message as TelegramMessage } from 'grammy/types'
import { formatDate, formatNumber } from '../../domain/formats.ts'
import { titleKey } from '../../domain/vocabulary.ts'
import { type SheetRows, writeWorkbook } from '../../platform/workbook.ts'
import { hasRoleFor } from '../../telegram/audience.ts'
import type { Turn } from '../../telegram/turn.ts'
import { buttonNumbers } from './button-numbers.ts'
import { checkRegistry } from './check-registry.ts'
import { confirmImport } from './confirm-import.ts'
import { discardImport } from './discard-import.ts'
import { exportRegistry } from './export-registry.ts'
import { changesWorkbook, confirmedMessage, previewMessage, problemsMessage } from './import-screens.ts'
import { problemsWorkbook } from './problem-workbook.ts'
import { templateWorkbook } from './template.ts'
import { undoImport } from './undo-import.ts'

export async function sendTemplate(turn: Turn): Promise<void> {
  const name = turn.texts('registry:templateName')
  await turn.sendFile({ name, data: await templateWorkbook(turn.texts) }, turn.texts('registry:templateCaption'))
}

/**
 * A file sent in private. Every workbook that no capability before took is the registry's: whoever keeps no register is told so
 * unread. Another file is the registry's only where its sender is an officer, who then hears what is wrong with it. Monthly
 * results belong to the notices.
 */
export async function receiveFile(turn: Turn, message: TelegramMessage): Promise<boolean> {
  const { document } = message
  if (!document) return false
  const mayImport = hasRoleFor(turn.speaker, 'registry.import')
  if (!mayImport && !/\.xls[xm]?$/i.test(document.file_name ?? '')) return false
  const read = await turn.readSent('workbook', document, 'registry.import')
  if (!read.ok) {
    await turn.refuse(read.problem)
    return true
  }
  if (isResults(read.value.content)) return false
  await preview(turn, read.value.content, read.value.hash)
  return true
}

async function preview(turn: Turn, sheets: SheetRows[], fileHash: string): Promise<void> {
  const checked = await checkRegistry(turn.context, { sheets, fileHash })
  if (!checked.ok) return turn.refuse(checked.problem)
  const { problems, changes } = checked.value
  if (problems.length > 0) {
    const data = await problemsWorkbook(turn.texts, sheets, problems, checked.value.places)
    await turn.reply(problemsMessage(turn.texts, checked.value).message)
    return turn.sendFile({ name: turn.texts('registry:problemsName'), data }, turn.texts('registry:problemsCaption'))
  }
  const { message, left } = previewMessage(turn.texts, checked.value)
  if (left > 0) {
    const data = await changesWorkbook(turn.texts, changes)
    await turn.sendFile({ name: turn.texts('registry:changesName'), data }, turn.texts('registry:changesCaption'))
  }
  await turn.reply(message)
}

export async function confirm(turn: Turn): Promise<void> {
  const [importId] = buttonNumbers(turn.args)
  const confirmed = await confirmImport(turn.context, { importId })
  if (!confirmed.ok) return turn.refuse(confirmed.problem)
  await turn.edit(confirmedMessage(turn.texts, confirmed.value))
}

export async function discard(turn: Turn): Promise<void> {
  const [importId] = buttonNumbers(turn.args)
  const discarded = await discardImport(turn.context, { importId })
  if (!discarded.ok) return turn.refuse(discarded.problem)
  await turn.edit({ text: turn.texts('registry:discarded') })
}

/** Button `rundo:<import>` */
export async function undo(turn: Turn): Promise<void> {
  const [importId] = buttonNumbers(turn.args)
  const undone = await undoImport(turn.context, { importId })
  if (!undone.ok) return turn.refuse(undone.problem)
  await turn.edit({ text: turn.texts('registry:undone') })
}

/** `/xuatso`: the whole register as the workbook that can be sent back. */
export async function sendRegister(turn: Turn): Promise<void> {
  const exported = await exportRegistry(turn.context)
  if (!exported.ok) return turn.refuse(exported.problem)
  const { sheets, people, branches } = exported.value
  const day = formatDate(turn.context.today())
  const name = turn.texts('registry:exportName', { day: day.replaceAll('/', '-') })
  const caption = turn.texts('registry:exportCaption', {
    day,
    people: formatNumber(people),
    branches: formatNumber(branches),
  })
  await turn.sendFile({ name, data: await writeWorkbook(sheets) }, caption)
}

function isResults(sheets: readonly SheetRows[]): boolean {
  return sheets.some(({ sheet }) => titleKey(sheet) === 'ket qua')
}
