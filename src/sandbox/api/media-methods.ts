import { badRequest } from '../errors.ts'
import type { Content, Media, MediaKind } from '../model.ts'
import { renderMessage } from '../render/message.ts'
import { nextSerial } from '../state.ts'
import type { Permission } from '../world/rights.ts'
import type { Call, Handlers } from './call.ts'
import { format, formatted } from './formatting.ts'
import { flagField, isObject, type JsonObject, numberField, textField } from './params.ts'
import { deliver, deliverQuietly, needPermission, prepare, spendMore } from './sending.ts'
import { fileByReference, fileFor } from './upload.ts'

export const LONGEST_CAPTION = 1024

const PERMISSIONS: Record<MediaKind, Permission> = {
  document: 'can_send_documents',
  photo: 'can_send_photos',
  audio: 'can_send_audios',
  video: 'can_send_videos',
  animation: 'can_send_other_messages',
  voice: 'can_send_voice_notes',
  video_note: 'can_send_video_notes',
  sticker: 'can_send_other_messages',
}

export const mediaMethods: Handlers = {
  sendPhoto: (call) => sendMedia(call, 'photo'),
  sendDocument: (call) => sendMedia(call, 'document'),
  sendVideo: (call) => sendMedia(call, 'video'),
  sendAudio: (call) => sendMedia(call, 'audio'),
  sendVoice: (call) => sendMedia(call, 'voice'),
  sendAnimation: (call) => sendMedia(call, 'animation'),
  sendVideoNote: (call) => sendMedia(call, 'video_note'),
  sendSticker: (call) => sendMedia(call, 'sticker'),

  sendMediaGroup(call) {
    const outgoing = prepare(call, 'can_send_messages')
    const items = call.params.json('media', 'media')
    if (!Array.isArray(items)) throw badRequest('expected an Array of InputMedia')
    if (items.length < 2) throw badRequest('too few messages in the album: there must be from 2 to 10')
    if (items.length > 10) throw badRequest('too many messages to send as an album')
    const contents = items.map((item: unknown) => albumItem(call, item))
    checkAlbum(contents.map(({ media }) => media.kind))
    for (const { media } of contents) needPermission(call, outgoing.chat, PERMISSIONS[media.kind])
    spendMore(call, outgoing.chat, contents.length - 1)
    const albumId = String(13_000_000_000_000_000n + BigInt(nextSerial(call.state)))
    const album = { ...outgoing, frame: { ...outgoing.frame, albumId } }
    return contents.map((content) => renderMessage(call.state, call.bot, deliverQuietly(call, album, content)))
  },
}

function sendMedia(call: Call, kind: MediaKind) {
  const { params } = call
  const outgoing = prepare(call, PERMISSIONS[kind])
  params.ignore(
    'thumbnail',
    'disable_content_type_detection',
    'supports_streaming',
    'width',
    'height',
    'length',
    'cover',
  )
  const file = fileFor(call, kind, kind)
  const { text, entities } = formatted(call, 'caption', 'caption_entities')
  checkCaption(text)
  const media: Media = {
    kind,
    file,
    duration: params.integer('duration'),
    spoiler: params.flag('has_spoiler'),
    performer: params.text('performer'),
    title: params.text('title'),
    emoji: params.text('emoji'),
  }
  return deliver(call, outgoing, {
    kind: 'media',
    media,
    caption: text,
    captionEntities: entities,
    captionAbove: params.flag('show_caption_above_media'),
  })
}

export function checkCaption(caption: string): void {
  if (caption.length > LONGEST_CAPTION && [...caption].length > LONGEST_CAPTION) {
    throw badRequest('message caption is too long')
  }
}

/** One InputMedia object, as content. */
export function albumItem(call: Call, item: unknown): Extract<Content, { kind: 'media' }> {
  if (!isObject(item)) throw badRequest("can't parse InputMedia: expected an Object")
  const kind = mediaKind(textField(item, 'type'))
  const reference = textField(item, 'media')
  if (!reference) throw badRequest("can't parse InputMedia: media not found")
  const caption = textField(item, 'caption') ?? ''
  const { text, entities } = format(call.state, caption, textField(item, 'parse_mode') ?? '', item.caption_entities)
  checkCaption(text)
  return {
    kind: 'media',
    media: inputMedia(kind, fileByReference(call, reference, kind), item),
    caption: text,
    captionEntities: entities,
    captionAbove: flagField(item, 'show_caption_above_media'),
  }
}

function inputMedia(kind: MediaKind, file: Media['file'], item: JsonObject): Media {
  return {
    kind,
    file,
    duration: numberField(item, 'duration') ?? 0,
    spoiler: flagField(item, 'has_spoiler'),
    performer: textField(item, 'performer') ?? '',
    title: textField(item, 'title') ?? '',
  }
}

function mediaKind(type: string | undefined): MediaKind {
  switch (type) {
    case 'photo':
    case 'video':
    case 'document':
    case 'audio':
    case 'animation':
      return type
    default:
      throw badRequest(`can't parse InputMedia: type "${type ?? ''}" is unsupported`)
  }
}

/** Documents and music go only with their own kind. */
function checkAlbum(kinds: MediaKind[]): void {
  const isMixed = new Set(kinds).size > 1
  const hasLoner = kinds.some((kind) => kind === 'document' || kind === 'audio')
  if (kinds.includes('animation')) throw badRequest("can't use the media of the specified type in the album")
  if (isMixed && hasLoner) {
    throw badRequest(`${kinds.includes('document') ? 'document' : 'audio'} can't be mixed with other media types`)
  }
}
