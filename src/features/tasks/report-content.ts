import type { Message as TelegramMessage } from 'grammy/types'
import { z } from 'zod'
import { formatNumber } from '../../domain/formats.ts'
import { fail, ok, type Result } from '../../domain/result.ts'

/** Evidence as Telegram keeps it: its id sends it again without an upload. */
export const reportFileSchema = z.object({
  fileId: z.string(),
  uniqueId: z.string(),
  name: z.string(),
  kind: z.enum(['document', 'photo']),
})
export type ReportFile = z.infer<typeof reportFileSchema>

/** What one message says of a result. */
export interface ReportContent {
  text: string
  file: ReportFile | null
  /** The album that the picture came in. */
  albumId: string | null
}

export const longestReport = 2500
/** What a bot can fetch from Telegram (Bot API, getFile), so that evidence can be kept. */
const largestFile = 20 * 1024 * 1024

/**
 * The words and the file of a message, the words being `text` where a command stands before them. Fails with
 * `tasks.emptyReport`, `tasks.reportTooLong`, `tasks.kindNotTaken` (video, voice), `telegram.fileTooLarge`.
 */
export function reportContent(
  message: TelegramMessage,
  text = message.text ?? message.caption ?? '',
): Result<ReportContent> {
  const words = text.normalize('NFC').trim()
  if (words.length > longestReport) return fail('tasks.reportTooLong', { longest: formatNumber(longestReport) })
  if (message.video || message.voice || message.video_note || message.audio || message.animation) {
    return fail('tasks.kindNotTaken')
  }
  const file = fileOf(message)
  if ((message.document?.file_size ?? 0) > largestFile) return fail('telegram.fileTooLarge')
  if (words === '' && file === null) return fail('tasks.emptyReport')
  return ok({ text: words, file, albumId: message.media_group_id ?? null })
}

function fileOf({ document, photo }: TelegramMessage): ReportFile | null {
  if (document) {
    const { file_id, file_unique_id, file_name } = document
    return { fileId: file_id, uniqueId: file_unique_id, name: file_name ?? '', kind: 'document' }
  }
  // Telegram lists the sizes of a photo from the smallest to the largest.
  const largest = photo?.at(-1)
  if (!largest) return null
  return { fileId: largest.file_id, uniqueId: largest.file_unique_id, name: '', kind: 'photo' }
}

const acknowledgement =
  /^(?:vâng|dạ|rõ|đã rõ|tôi rõ|nhận rõ|đã nhận|tôi nhận|đã biết|ok|oke|okie|được|nhất trí|đồng ý|cảm ơn|xin nhận)(?:[\s,]+(?:ạ|rồi|nhé|vâng|rõ|đồng chí|bí thư|nhiệm vụ|việc|tôi|đã|nhận|ok))*[\s.!,]*$/iu

/** Whether an answer to a task only says that it was understood, and reports nothing yet. */
export function isAcknowledgement(text: string): boolean {
  return acknowledgement.test(text.normalize('NFC').trim())
}
