import type { Message as TelegramMessage } from 'grammy/types'
import type { SentFile } from '../platform/kept-files.ts'

/** The document, photo (in its largest size), film or spoken message that a message carries. */
export function sentFileOf({ document, photo, video, voice }: TelegramMessage): SentFile | null {
  if (document) {
    const { file_id, file_unique_id, file_name } = document
    return { fileId: file_id, uniqueId: file_unique_id, name: file_name ?? '', kind: 'document' }
  }
  if (video) {
    const { file_id, file_unique_id, file_name } = video
    return { fileId: file_id, uniqueId: file_unique_id, name: file_name ?? '', kind: 'video' }
  }
  if (voice) return { fileId: voice.file_id, uniqueId: voice.file_unique_id, name: '', kind: 'voice' }
  // Telegram lists the sizes of a photo from the smallest to the largest.
  const largest = photo?.at(-1)
  return largest ? { fileId: largest.file_id, uniqueId: largest.file_unique_id, name: '', kind: 'photo' } : null
}

/** How large the file of a message is, as far as Telegram says; a photo is never too large. */
export function sentSizeOf({ document, video, voice }: TelegramMessage): number {
  return (document ?? video ?? voice)?.file_size ?? 0
}
