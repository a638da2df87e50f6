import type { Message as TelegramMessage } from 'grammy/types'
import { formatNumber } from '../../domain/formats.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { secrecyMark, secrecyMarkInFileName } from '../../domain/secrecy.ts'
import type { SentFile } from '../../platform/kept-files.ts'
import { largestDownload } from '../../telegram/download.ts'
import { sentFileOf, sentSizeOf } from '../../telegram/sent-file.ts'

/** What one message says of a result. */
export interface ReportContent {
  text: string
  file: SentFile | null
  /** The album that the picture came in. */
  albumId: string | null
}

export const longestReport = 2500

/**
 * The words and the file of a message, the words being `text` where a command stands before them. Fails with
 * `tasks.emptyReport`, `tasks.reportTooLong`, `tasks.kindNotTaken` (round films, music, moving pictures), `tasks.secretPaper` (papers with a mark of
 * secrecy never pass through here), and beyond what a bot can fetch from Telegram, so that evidence can be kept, with `telegram.fileTooLarge` or `tasks.filmTooLarge`.
 */
export function reportContent(
  message: TelegramMessage,
  text = message.text ?? message.caption ?? '',
): Result<ReportContent> {
  const words = text.normalize('NFC').trim()
  if (words.length > longestReport) return fail('tasks.reportTooLong', { longest: formatNumber(longestReport) })
  if (message.video_note || message.audio || message.animation) return fail('tasks.kindNotTaken')
  const file = sentFileOf(message)
  if (sentSizeOf(message) > largestDownload) return fail(message.video ? 'tasks.filmTooLarge' : 'telegram.fileTooLarge')
  const mark = secrecyMark(words) ?? (file ? secrecyMarkInFileName(file.name) : undefined)
  if (mark) return fail('tasks.secretPaper', { mark })
  if (words === '' && file === null) return fail('tasks.emptyReport')
  return ok({ text: words, file, albumId: message.media_group_id ?? null })
}

const share =
  /^(?:(?:đã\s+)?(?:được|xong|đạt|làm được|hoàn thành)\s+)?(?:khoảng\s+)?(\d{1,3})\s*(?:%|phần trăm)(?![\p{L}\d])/iu

/**
 * The share of the work that a report says is done, in per cent, where it begins with one ("được 50%, còn ngõ 12"). None
 * where it says all of it.
 */
export function readProgress(text: string): number | null {
  const percent = Number(share.exec(text.normalize('NFC').trim())?.[1] ?? 100)
  return percent < 100 ? percent : null
}

const acknowledgement =
  /^(?:vâng|dạ|rõ|đã rõ|tôi rõ|nhận rõ|đã nhận|tôi nhận|đã biết|ok|oke|okie|được|nhất trí|đồng ý|cảm ơn|xin nhận)(?:[\s,]+(?:ạ|rồi|nhé|vâng|rõ|đồng chí|bí thư|nhiệm vụ|việc|tôi|đã|nhận|ok))*[\s.!,]*$/iu

/** Whether an answer to a task only says that it was understood, and reports nothing yet. */
export function isAcknowledgement(text: string): boolean {
  return acknowledgement.test(text.normalize('NFC').trim())
}
