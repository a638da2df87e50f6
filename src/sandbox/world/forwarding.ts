import { PeopleError } from '../errors.ts'
import { storeFile, type Upload } from '../files/store.ts'
import { findEntities } from '../format/found.ts'
import type { Message } from '../model.ts'
import { nextSerial, type State } from '../state.ts'
import { texts } from '../texts.ts'
import { person } from './accounts.ts'
import { chatOf } from './places.ts'
import { messageSeenBy } from './seeing.ts'
import { put } from './talking.ts'

/** A person passes a message on. A poll stays the same poll: whoever gets it may vote. */
export function forward(state: State, input: { from: number; chat: number; message: number; to: number }): Message {
  const from = person(state, input.from)
  const message = messageSeenBy(chatOf(state, from, input.chat), from, input.message)
  if (message.protected || message.content.kind === 'service') {
    throw new PeopleError('message.protected', texts.protectedContent, 403)
  }
  const forwarded = message.forwarded ?? { from: message.from, date: message.date }
  return put(state, { from: from.id, chat: input.to }, message.content, 'can_send_messages', { forwarded })
}

export interface Album {
  from: number
  chat: number
  bot?: number | undefined
  caption?: string | undefined
  as: 'document' | 'photo'
  files: readonly Upload[]
}

/** A person sends several files at once; the caption stands under the first. */
export function sendAlbum(state: State, input: Album): Message[] {
  if (input.files.length < 2 || input.files.length > 10) throw new PeopleError('album.size', texts.albumSize)
  const albumId = String(13_000_000_000_000_000n + BigInt(nextSerial(state)))
  const files = input.files.map((upload) => storeFile(state, upload))
  if (input.as === 'photo' && files.some(({ width }) => width === undefined)) {
    throw new PeopleError('file.notPhoto', texts.notPhoto)
  }
  return files.map((file, index) => {
    const caption = index === 0 ? (input.caption?.trim() ?? '') : ''
    const media = { kind: input.as, file, duration: 0, spoiler: false }
    const permission = input.as === 'photo' ? 'can_send_photos' : 'can_send_documents'
    const content = { kind: 'media', media, caption, captionEntities: findEntities(caption) } as const
    return put(state, input, content, permission, { albumId })
  })
}
