import type { ReactionType } from '@grammyjs/types'
import type { Message } from '../model.ts'
import { renderChat, renderUser } from '../render/chat.ts'
import type { State } from '../state.ts'
import { enqueue } from '../updates/queue.ts'
import { person } from './accounts.ts'
import { openChatOf } from './places.ts'
import { touch } from './posting.ts'
import { isAdministrator } from './rights.ts'
import { messageIn } from './talking.ts'

export interface Reacting {
  from: number
  chat: number
  bot?: number | undefined
  message: number
  reactions: ReactionType[]
}

/** A person reacts to a message, or takes the reaction back. Administrator bots that asked for it are told. */
export function react(state: State, input: Reacting): Message {
  const from = person(state, input.from)
  const chat = openChatOf(state, from, input.chat, input.bot)
  const message = messageIn(chat, input.message)
  message.reactions ??= new Map()
  const before = message.reactions.get(from.id) ?? []
  if (input.reactions.length > 0) message.reactions.set(from.id, input.reactions)
  else message.reactions.delete(from.id)
  touch(state, message)
  for (const id of chat.bots) {
    const bot = state.data.bots.get(id)
    if (!bot || (chat.type !== 'private' && !isAdministrator(chat.members.get(id)))) continue
    enqueue(state, bot, 'message_reaction', `message_reaction:${chat.id}`, {
      message_reaction: {
        chat: renderChat(chat),
        message_id: message.id,
        user: renderUser(from),
        date: state.clock.seconds(),
        old_reaction: before,
        new_reaction: input.reactions,
      },
    })
  }
  return message
}
