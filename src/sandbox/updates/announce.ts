import type { Bot, Member, Message } from '../model.ts'
import { renderChat, renderUser } from '../render/chat.ts'
import { renderMember } from '../render/member.ts'
import { renderMessage } from '../render/message.ts'
import type { State } from '../state.ts'
import { reachesBot } from '../world/privacy.ts'
import { isAdministrator } from '../world/rights.ts'
import { enqueue } from './queue.ts'

/** Own doings of a bot that come back to it as service messages. */
const OWN_ECHOES: ReadonlySet<string> = new Set([
  'new_chat_title',
  'left_chat_member',
  'pinned_message',
  'forum_topic_created',
  'forum_topic_edited',
  'forum_topic_closed',
  'forum_topic_reopened',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
])

function botsIn(state: State, message: Message): Bot[] {
  const bots: Bot[] = []
  for (const id of message.chat.bots) {
    const bot = state.data.bots.get(id)
    if (bot) bots.push(bot)
  }
  return bots
}

function sees(bot: Bot, message: Message): boolean {
  if (message.ephemeral) return message.ephemeral.receiver.id === bot.account.id
  if (!message.from.isBot) return reachesBot(bot, message)
  if (message.content.kind !== 'service') return false
  return message.from.id !== bot.account.id || OWN_ECHOES.has(message.content.service.type)
}

/** Tells the chat's bots of a new message, as far as each may see it. */
export function announce(state: State, message: Message): void {
  for (const bot of botsIn(state, message)) {
    if (!sees(bot, message)) continue
    enqueue(state, bot, 'message', `message:${message.chat.id}`, { message: renderMessage(state, bot, message) })
  }
}

/** Tells the chat's bots that a person has edited a message. */
export function announceEdit(state: State, message: Message): void {
  for (const bot of botsIn(state, message)) {
    if (!sees(bot, message)) continue
    const edited = { ...renderMessage(state, bot, message), edit_date: message.editDate ?? message.date }
    enqueue(state, bot, 'edited_message', `message:${message.chat.id}`, { edited_message: edited })
  }
}

export interface MembershipChange {
  message: Pick<Message, 'chat'>
  by: Member['account']
  before: Member
  after: Member
}

/** `my_chat_member` to the bot itself, `chat_member` to the administrator bots of the chat. */
export function announceMembership(
  state: State,
  chat: Message['chat'],
  change: Omit<MembershipChange, 'message'>,
): void {
  const { after, before, by } = change
  const own = state.data.bots.get(after.account.id)
  const payload = {
    chat: renderChat(chat),
    from: renderUser(by),
    date: state.clock.seconds(),
    old_chat_member: renderMember(before),
    new_chat_member: renderMember(after),
  }
  if (own) enqueue(state, own, 'my_chat_member', `my_chat_member:${chat.id}`, { my_chat_member: payload })
  for (const id of chat.bots) {
    const bot = state.data.bots.get(id)
    if (!bot || bot === own || !isAdministrator(chat.members.get(id))) continue
    enqueue(state, bot, 'chat_member', `chat_member:${after.account.id}`, { chat_member: payload })
  }
}

/** A private chat: the person has blocked the bot, or taken it back. */
export function announceBlocking(state: State, bot: Bot, chat: Message['chat'], blocked: boolean): void {
  if (!chat.person) return
  const status = (kicked: boolean) =>
    renderMember({ account: bot.account, status: kicked ? 'kicked' : 'member', joinedSeq: 0 })
  enqueue(state, bot, 'my_chat_member', `my_chat_member:${chat.id}`, {
    my_chat_member: {
      chat: renderChat(chat),
      from: renderUser(chat.person),
      date: state.clock.seconds(),
      old_chat_member: status(!blocked),
      new_chat_member: status(blocked),
    },
  })
}
