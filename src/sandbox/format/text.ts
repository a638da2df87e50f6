import type { MessageEntity } from '@grammyjs/types'

export interface FormattedText {
  text: string
  entities: MessageEntity[]
}

/** What went wrong, with the place in bytes of UTF-8, as Telegram reports it. */
export class FormatError extends Error {
  constructor(message: string, text?: string, at?: number) {
    super(text === undefined || at === undefined ? message : `${message} at byte offset ${byteOffset(text, at)}`)
  }
}

export function byteOffset(text: string, at: number): number {
  return Buffer.byteLength(text.slice(0, at))
}

/** Cuts white space off both ends and moves the entities along. */
export function trimmed({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length
  const body = text.trim()
  if (body.length === text.length) return { text, entities }
  const kept: MessageEntity[] = []
  for (const entity of entities) {
    const from = Math.max(entity.offset - start, 0)
    const to = Math.min(entity.offset + entity.length - start, body.length)
    if (to > from) kept.push({ ...entity, offset: from, length: to - from })
  }
  return { text: body, entities: kept }
}

/** Entities in Telegram's order: by start, the longer one first. */
export function sorted(entities: MessageEntity[]): MessageEntity[] {
  return entities.length < 2 ? entities : entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
}
