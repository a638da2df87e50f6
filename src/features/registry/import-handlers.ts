import { createHash } from 'node:crypto'
import type { Message as TelegramMessage } from 'grammy/types'
import { titleKey } from '../../domain/vocabulary.ts'
import { readWorkbook, type SheetRows } from '../../platform/workbook.ts'
import { hasRoleFor } from '../../telegram/audience.ts'
import type { Turn } from '../../telegram/turn.ts'
import { buttonNumbers } from './button-numbers.ts'
import { checkRegistry } from './check-registry.ts'
import { confirmImport } from './confirm-import.ts'
import { discardImport } from './discard-import.ts'
import { isRegistryWorkbook } from './import/read-registry.ts'
import {
  changesWorkbook,
  confirmedMessage,
  previewMessage,
  problemsMessage,
  problemsWorkbook,
} from './import-screens.ts'
import { templateWorkbook } from './template.ts'

export async function sendTemplate(turn: Turn): Promise<void> {
  const name = turn.texts('registry:templateName')
  await turn.sendFile({ name, data: await templateWorkbook(turn.texts) }, turn.texts('registry:templateCaption'))
}

/**
 * A file sent in private. A registry workbook is the registry's whoever sends it; another file only where its sender is an
 * officer, who then hears what is wrong with it. Monthly results belong to the notices.
 */
export async function receiveFile(turn: Turn, message: TelegramMessage): Promise<boolean> {
  const { document } = message
  if (!document) return false
  const mayImport = hasRoleFor(turn.speaker, 'registry.import')
  if (!mayImport && !/\.xls[xm]?$/i.test(document.file_name ?? '')) return false
  const data = await turn.download(document)
  const sheets = data.ok ? await readWorkbook(data.value) : data
  if (!sheets.ok) {
    if (mayImport) await turn.refuse(sheets.problem)
    return mayImport
  }
  if (isResults(sheets.value) || (!mayImport && !isRegistryWorkbook(sheets.value))) return false
  const fileHash = data.ok ? createHash('sha256').update(data.value).digest('hex') : ''
  await preview(turn, sheets.value, fileHash)
  return true
}

async function preview(turn: Turn, sheets: SheetRows[], fileHash: string): Promise<void> {
  const checked = await checkRegistry(turn.context, { sheets, fileHash })
  if (!checked.ok) return turn.refuse(checked.problem)
  const { problems, changes } = checked.value
  if (problems.length > 0) {
    const { message, left } = problemsMessage(turn.texts, problems)
    await turn.reply(message)
    if (left === 0) return
    const data = await problemsWorkbook(turn.texts, problems)
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

function isResults(sheets: readonly SheetRows[]): boolean {
  return sheets.some(({ sheet }) => titleKey(sheet) === 'ket qua')
}
