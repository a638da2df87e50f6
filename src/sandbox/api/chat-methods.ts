import { badRequest } from '../errors.ts'
import type { Account, Chat, Message } from '../model.ts'
import { renderFullChat } from '../render/full-chat.ts'
import { renderMember } from '../render/member.ts'
import { announce } from '../updates/announce.ts'
import { changeMember, memberOf } from '../world/members.ts'
import { post, touch } from '../world/posting.ts'
import { hasRight, isAdministrator } from '../world/rights.ts'
import { chatFor, messageFor, userFor } from './access.ts'
import type { Call, Handlers } from './call.ts'
import { readReactions } from './reactions.ts'

export const chatMethods: Handlers = {
  getChat(call) {
    const chat = chatFor(call, 'read')
    return renderFullChat(call.state, call.bot, chat)
  },

  getChatMember(call) {
    const chat = chatFor(call, 'members')
    const user = userFor(call)
    if (chat.type === 'private') {
      const isThere = user.id === chat.id || user.id === call.bot.account.id
      if (!isThere) throw badRequest('member not found')
      return renderMember({ account: user, status: 'member', joinedSeq: 0 })
    }
    return renderMember(memberOf(chat, user), call.bot.account.id)
  },

  getChatMemberCount(call) {
    const chat = chatFor(call, 'members')
    return chat.type === 'private' ? 2 : chat.memberCount
  },

  getChatAdministrators(call) {
    const chat = chatFor(call, 'members')
    if (chat.type === 'private') throw badRequest('there are no administrators in the private chat')
    const withBots = call.params.flag('return_bots')
    const isShown = ({ isBot, id }: Account) => !isBot || withBots || id === call.bot.account.id
    const members = [...chat.members.values()].filter((each) => isAdministrator(each) && isShown(each.account))
    return members.map((member) => {
      const shown = renderMember(member, call.bot.account.id)
      if (shown.status !== 'creator' && shown.status !== 'administrator') throw badRequest('member not found')
      return shown
    })
  },

  leaveChat(call) {
    const chat = chatFor(call, 'write')
    if (chat.type === 'private') throw badRequest("chat member status can't be changed in private chats")
    const { account } = call.bot
    changeMember(call.state, chat, account, { account, status: 'left', joinedSeq: 0 })
    post(call.state, chat, {
      from: account,
      content: { kind: 'service', service: { type: 'left_chat_member', account } },
    })
    return true
  },

  pinChatMessage(call) {
    const chat = chatFor(call, 'write')
    const message = messageFor(call, chat, 'message to pin')
    needPin(call, chat)
    call.params.ignore('disable_notification', 'business_connection_id')
    if (!chat.pinned.includes(message)) chat.pinned.push(message)
    const from = call.bot.account
    announce(call.state, post(call.state, chat, { from, content: pinned(message) }))
    return true
  },

  unpinChatMessage(call) {
    const chat = chatFor(call, 'write')
    needPin(call, chat)
    call.params.ignore('business_connection_id')
    if (!call.params.has('message_id')) {
      if (!chat.pinned.pop()) throw badRequest('message to unpin not found')
      return true
    }
    const message = messageFor(call, chat, 'message to unpin')
    chat.pinned = chat.pinned.filter((each) => each !== message)
    return true
  },

  unpinAllChatMessages(call) {
    const chat = chatFor(call, 'write')
    needPin(call, chat)
    chat.pinned = []
    return true
  },

  setMessageReaction(call) {
    const chat = chatFor(call, 'write')
    const message = messageFor(call, chat, 'message to react')
    call.params.ignore('is_big')
    const reactions = readReactions(call.params.json('reaction', 'reaction types'))
    // Bots are no premium users: one reaction a message.
    if (reactions.length > 1) throw badRequest('REACTIONS_TOO_MANY')
    if (message.content.kind === 'service') throw badRequest('REACTION_INVALID')
    message.reactions ??= new Map()
    if (reactions.length === 0) message.reactions.delete(call.bot.account.id)
    else message.reactions.set(call.bot.account.id, reactions)
    touch(call.state, message)
    return true
  },
}

function needPin(call: Call, chat: Chat): void {
  if (chat.type === 'private') return
  if (hasRight(chat.members.get(call.bot.account.id), 'can_pin_messages')) return
  throw badRequest('not enough rights to manage pinned messages in the chat')
}

function pinned(message: Message) {
  return { kind: 'service', service: { type: 'pinned_message', message } } as const
}
