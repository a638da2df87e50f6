import type { MessageEntity } from 'grammy/types'

/** A button under a message: `data` comes back when it is pressed (at most 64 bytes), `url` opens. */
export type Button = { text: string; data: string } | { text: string; url: string }

/**
 * A key of the keyboard under a private chat. Pressed, it says its words, hands over the person's own telephone number, or
 * lets them choose a group that the bot then comes into as an administrator; `asksGroup` comes back with the choice.
 */
export type Key = { text: string } | { text: string; asks: 'contact' } | { text: string; asksGroup: number }

/** The kinds of file that the bot takes and sends on: Telegram sends each only as what it is. */
export const fileKinds = ['document', 'photo', 'video', 'voice'] as const
export type FileKind = (typeof fileKinds)[number]

/** The kind that a row holds. */
export function fileKindOf(stored: string | null): FileKind {
  return fileKinds.find((kind) => kind === stored) ?? 'document'
}

export interface AttachedFile {
  /** Telegram's id of a file that the bot has received: sending it again costs no upload. */
  fileId: string
  name: string
  kind: FileKind
}

/** What is to be said in a chat. Text from people is never markup: emphasis is given by entities. */
export interface Message {
  text: string
  entities?: MessageEntity[]
  buttons?: Button[][]
  /** In place of buttons; `none` takes a keyboard away. */
  keys?: Key[][] | 'none'
  file?: AttachedFile
  /** Two to ten photos as one album, the text under the first. */
  album?: AttachedFile[]
  /** Telegram refuses to forward or save it. */
  protect?: boolean
  replyToMessageId?: number
  /** Opens the reply box of whoever is answered: in a group only a reply to the bot passes its door. */
  asksReply?: { placeholder?: string }
}

/** Joins lines; empty ones (`''`) stay, absent ones (`null`, `false`) go. */
export function lines(...parts: (string | null | false | undefined)[]): string {
  return parts.filter((part) => typeof part === 'string').join('\n')
}

/** Makes the first line of a message bold. */
export function titled(
  title: string,
  ...parts: (string | null | false | undefined)[]
): Pick<Message, 'text' | 'entities'> {
  return { text: lines(title, ...parts), entities: [{ type: 'bold', offset: 0, length: title.length }] }
}

/** The message that a `Delivery` row holds. It was written by {@link Message}'s own shape. */
export function asMessage(stored: unknown): Message {
  if (typeof stored !== 'object' || stored === null || !('text' in stored))
    throw new Error('a delivery without a message')
  return structuredClone(stored) as Message
}
