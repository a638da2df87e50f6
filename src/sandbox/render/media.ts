import type { Message, PhotoSize } from '@grammyjs/types'
import { fileId, fileUniqueId } from '../files/store.ts'
import type { Bot, Media } from '../model.ts'

/** Longest sides of the sizes Telegram keeps of a photo. */
const SIDES = [90, 320, 800, 1280, 2560]

/** Puts the file's description into the field of its kind. */
export function renderMedia(bot: Bot, media: Media, out: Message): void {
  const { file, kind } = media
  const id = { file_id: fileId(bot, kind, file), file_unique_id: fileUniqueId(kind, file), file_size: file.size }
  const named = { file_name: file.name, mime_type: file.mime }
  const frame = { width: file.width ?? 0, height: file.height ?? 0 }
  const { duration } = media
  if (media.spoiler) out.has_media_spoiler = true
  switch (kind) {
    case 'photo':
      out.photo = renderPhoto(bot, media)
      break
    case 'document':
      out.document = { ...id, ...named }
      break
    case 'audio':
      out.audio = { ...id, ...named, duration }
      if (media.performer) out.audio.performer = media.performer
      if (media.title) out.audio.title = media.title
      break
    case 'video':
      out.video = { ...id, ...named, ...frame, duration }
      break
    case 'animation':
      out.animation = { ...id, ...named, ...frame, duration }
      out.document = { ...id, ...named }
      break
    case 'voice':
      out.voice = { ...id, mime_type: file.mime, duration }
      break
    case 'video_note':
      out.video_note = { ...id, length: file.width ?? 240, duration }
      break
    case 'sticker':
      out.sticker = { ...id, type: 'regular', width: 512, height: 512, is_animated: false, is_video: false }
      if (media.emoji) out.sticker.emoji = media.emoji
  }
}

function renderPhoto(bot: Bot, { file }: Media): PhotoSize[] {
  const width = file.width ?? 1
  const height = file.height ?? 1
  const longest = Math.max(width, height)
  const sides = SIDES.filter((side) => side < longest)
  if (longest <= 2560) sides.push(longest)
  return sides.map((side, size) => ({
    file_id: fileId(bot, 'photo', file, size),
    file_unique_id: fileUniqueId('photo', file, size),
    file_size: file.size,
    width: Math.max(1, Math.round((width * side) / longest)),
    height: Math.max(1, Math.round((height * side) / longest)),
  }))
}
