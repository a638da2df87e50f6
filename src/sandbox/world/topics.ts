import { PeopleError } from '../errors.ts'
import type { Account, Chat, Service, Topic } from '../model.ts'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'
import { announce } from '../updates/announce.ts'
import { person } from './accounts.ts'
import { openChatOf } from './places.ts'
import { post } from './posting.ts'
import { hasPermission, hasRight } from './rights.ts'

/** A topic's number is that of the service message that opened it. */
export function addTopic(
  state: State,
  chat: Chat,
  by: Account,
  name: string,
  iconColor = 0x6fb9f0,
  iconEmoji = '',
): Topic {
  const emoji = iconEmoji ? { iconEmoji } : {}
  const service: Service = { type: 'forum_topic_created', name, iconColor, ...emoji }
  const message = post(state, chat, { from: by, content: { kind: 'service', service } })
  message.threadId = message.id
  const topic: Topic = { id: message.id, name, iconColor, ...emoji, closed: false, hidden: false }
  chat.topics.set(topic.id, topic)
  announce(state, message)
  return topic
}

/** The service message of a change to a topic. */
export function noteTopic(state: State, chat: Chat, by: Account, threadId: number | undefined, service: Service): void {
  const place = threadId === undefined ? {} : { threadId }
  announce(state, post(state, chat, { from: by, ...place, content: { kind: 'service', service } }))
}

/** A person opens a topic. */
export function openTopic(state: State, input: { from: number; chat: number; name: string }): Topic {
  const from = person(state, input.from)
  const chat = openChatOf(state, from, input.chat)
  const member = chat.members.get(from.id)
  const mayOpen = hasRight(member, 'can_manage_topics') || hasPermission(chat, member, 'can_manage_topics')
  if (!chat.forum) throw new PeopleError('chat.noForum', texts.noForum)
  if (!mayOpen) throw new PeopleError('message.forbidden', texts.mayNotWrite, 403)
  return addTopic(state, chat, from, input.name)
}
