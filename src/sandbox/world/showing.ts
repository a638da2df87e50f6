import type { KeyboardButton } from '@grammyjs/types'
import { fileUniqueId } from '../files/store.ts'
import type { Content, Message, PollRecord, Service } from '../model.ts'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'

/** A message as the people's side shows it. */
export interface SeenMessage {
  id: number
  seq: number
  /** ISO moment of sending. */
  date: string
  from: { id: number; name: string; isBot: boolean }
  text: string
  buttons: { text: string; url?: string }[][]
  keyboard?: string[][]
  files: { name: string; mime: string; size: number; url: string }[]
  replyTo?: number
  editedAt?: string
  deleted?: true
  ephemeral?: true
  protected?: true
  ephemeralId?: number
  forceReply?: true
  removeKeyboard?: true
  placeholder?: string
  service?: Service['type']
  topic?: number
  album?: string
  forwardedFrom?: string
  /** This ephemeral message is shown in place of that one. */
  replaces?: number
  entities?: unknown[]
  poll?: { options: { text: string; votes: number }[]; closed: boolean; anonymous: boolean; multiple: boolean }
  reactions?: Record<string, number>
}

export function showMessage(state: State, message: Message): SeenMessage {
  const shown: SeenMessage = {
    id: message.id,
    seq: message.seq,
    date: iso(message.date),
    from: {
      id: message.anonymous ? message.chat.id : message.from.id,
      name: message.anonymous ? message.chat.title : nameOf(message.from),
      isBot: message.from.isBot,
    },
    text: '',
    buttons: [],
    files: [],
  }
  if (message.ephemeral) {
    shown.ephemeral = true
    shown.ephemeralId = message.ephemeral.id
  }
  if (message.deleted) return { ...shown, deleted: true }
  shown.text = textOf(message)
  shown.buttons = (message.inline?.inline_keyboard ?? []).map((row) => row.map(showButton))
  shown.files = filesOf(state, message.content)
  showKeyboard(message, shown)
  showExtras(message, shown)
  return shown
}

/** Words of a reply keyboard's key. */
export function keyText(key: KeyboardButton): string {
  return typeof key === 'string' ? key : key.text
}

export function nameOf(account: { firstName: string; lastName?: string }): string {
  return account.lastName ? `${account.firstName} ${account.lastName}` : account.firstName
}

function showButton(button: { text: string }): { text: string; url?: string } {
  return 'url' in button && typeof button.url === 'string'
    ? { text: button.text, url: button.url }
    : { text: button.text }
}

function showKeyboard({ keyboard }: Message, shown: SeenMessage): void {
  if (!keyboard) return
  if ('keyboard' in keyboard) shown.keyboard = keyboard.keyboard.map((row) => row.map(keyText))
  if ('force_reply' in keyboard && keyboard.force_reply) shown.forceReply = true
  if ('remove_keyboard' in keyboard) shown.removeKeyboard = true
  if ('input_field_placeholder' in keyboard && keyboard.input_field_placeholder) {
    shown.placeholder = keyboard.input_field_placeholder
  }
}

function showExtras(message: Message, shown: SeenMessage): void {
  const { content } = message
  if (message.replyTo) shown.replyTo = message.replyTo.id
  if (message.editDate !== undefined) shown.editedAt = iso(message.editDate)
  if (message.protected) shown.protected = true
  if (message.threadId !== undefined) shown.topic = message.threadId
  if (message.albumId !== undefined) shown.album = message.albumId
  if (message.forwarded) shown.forwardedFrom = nameOf(message.forwarded.from)
  if (content.kind === 'service') shown.service = content.service.type
  if (message.replaces) shown.replaces = message.replaces.id
  if (content.kind === 'poll') shown.poll = showPoll(content.poll)
  if (message.reactions?.size) shown.reactions = countReactions(message.reactions)
  const entities = content.kind === 'text' ? content.entities : content.kind === 'media' ? content.captionEntities : []
  if (entities.length > 0) shown.entities = entities
}

function showPoll(poll: PollRecord): NonNullable<SeenMessage['poll']> {
  const { closed, anonymous, multiple } = poll
  const votes = [...poll.votes.values()].flat()
  const options = poll.options.map(({ text }, index) => ({
    text,
    votes: votes.filter((chosen) => chosen === index).length,
  }))
  return { options, closed, anonymous, multiple }
}

function countReactions(reactions: NonNullable<Message['reactions']>): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const reaction of [...reactions.values()].flat()) {
    if (reaction.type === 'emoji') counts[reaction.emoji] = (counts[reaction.emoji] ?? 0) + 1
  }
  return counts
}

function filesOf(state: State, content: Content): SeenMessage['files'] {
  if (content.kind !== 'media') return []
  const { file, kind } = content.media
  const path = `/people/files/${fileUniqueId(kind, file)}/${encodeURIComponent(file.name)}`
  return [{ name: file.name, mime: file.mime, size: file.size, url: state.baseUrl + path }]
}

function textOf({ content, from }: Message): string {
  switch (content.kind) {
    case 'text':
      return content.text
    case 'media':
      return content.caption
    case 'contact':
      return texts.contact(nameOf(content), content.phone)
    case 'location':
      return content.title ?? texts.location(content.latitude, content.longitude)
    case 'dice':
      return `${content.emoji} ${content.value}`
    case 'poll':
      return texts.poll(content.poll.question)
    case 'service':
      return serviceText(content.service, nameOf(from), from.id)
  }
}

function serviceText(service: Service, by: string, byId: number): string {
  switch (service.type) {
    case 'group_chat_created':
    case 'supergroup_chat_created':
      return texts.serviceCreated(by)
    case 'new_chat_members': {
      const [first] = service.accounts
      if (first?.id === byId) return texts.serviceJoined(by)
      return texts.serviceUserAdded(by, service.accounts.map(nameOf).join(', '))
    }
    case 'left_chat_member':
      if (service.account.id === byId) return texts.serviceLeft(by)
      return texts.serviceRemoved(by, nameOf(service.account))
    case 'new_chat_title':
      return texts.serviceTitle(by, service.title)
    case 'migrate_to_chat_id':
    case 'migrate_from_chat_id':
      return texts.serviceMigrated
    case 'pinned_message':
      return texts.servicePinned(by)
    case 'chat_shared':
      return texts.serviceChatShared(service.chat.title)
    case 'users_shared':
      return texts.serviceUsersShared(service.accounts.map(nameOf).join(', '))
    case 'forum_topic_created':
      return texts.serviceTopicCreated(service.name)
    case 'forum_topic_edited':
      return texts.serviceTopicEdited
    case 'forum_topic_closed':
    case 'general_forum_topic_hidden':
      return texts.serviceTopicClosed
    case 'forum_topic_reopened':
    case 'general_forum_topic_unhidden':
      return texts.serviceTopicReopened
  }
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}
