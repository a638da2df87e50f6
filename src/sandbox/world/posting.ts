import type { Account, Chat, Message } from '../model.ts'
import type { State } from '../state.ts'

export type Draft = Pick<Message, 'from' | 'content'> &
  Partial<
    Pick<
      Message,
      | 'anonymous'
      | 'inline'
      | 'keyboard'
      | 'replyTo'
      | 'quote'
      | 'threadId'
      | 'forwarded'
      | 'protected'
      | 'albumId'
      | 'ephemeral'
      | 'replaces'
      | 'viaBot'
      | 'effectId'
    >
  >

/** Puts a new message into the chat, where people see it at once. Bots learn of it through `announce`. */
export function post(state: State, chat: Chat, draft: Draft): Message {
  const message: Message = {
    id: draft.ephemeral ? 0 : nextMessageId(state, chat),
    chat,
    anonymous: false,
    date: state.clock.seconds(),
    seq: 0,
    bornSeq: state.data.seq + 1,
    deleted: false,
    protected: chat.protectedContent,
    ...draft,
  }
  if (message.ephemeral) chat.ephemerals.set(`${message.ephemeral.receiver.id}:${message.ephemeral.id}`, message)
  else chat.messages.set(message.id, message)
  if (draft.from.isBot) chat.lastBotWriter = draft.from.id
  touch(state, message)
  return message
}

/** Marks a change people see: gives the message the newest `seq` and wakes whoever waits for the chat. */
export function touch(state: State, message: Message): void {
  state.data.seq += 1
  message.seq = state.data.seq
  message.chat.log.push({ seq: message.seq, message })
  state.signals.emit(`chat:${message.chat.id}`)
}

/** Takes a message away for everyone; people's logs keep the fact that it was deleted. */
export function erase(state: State, message: Message): void {
  message.deleted = true
  message.chat.messages.delete(message.id)
  const pin = message.chat.pinned.indexOf(message)
  if (pin >= 0) message.chat.pinned.splice(pin, 1)
  touch(state, message)
}

export function isFrom(message: Message, account: Account): boolean {
  return message.from.id === account.id
}

function nextMessageId(state: State, chat: Chat): number {
  if (chat.type === 'supergroup') {
    chat.lastMessageId += 1
    return chat.lastMessageId
  }
  state.data.lastMessageId += 1
  return state.data.lastMessageId
}
