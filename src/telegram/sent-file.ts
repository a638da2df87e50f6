import type { Message as TelegramMessage } from 'grammy/types'
import type { SentFile } from '../platform/kept-files.ts'

/** The document or photo of a message, the photo in its largest size. */
export function sentFileOf({ document, photo }: TelegramMessage): SentFile | null {
  if (document) {
    const { file_id, file_unique_id, file_name } = document
    return { fileId: file_id, uniqueId: file_unique_id, name: file_name ?? '', kind: 'document' }
  }
  // Telegram lists the sizes of a photo from the smallest to the largest.
  const largest = photo?.at(-1)
  return largest ? { fileId: largest.file_id, uniqueId: largest.file_unique_id, name: '', kind: 'photo' } : null
}
