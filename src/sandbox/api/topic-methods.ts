import { badRequest } from '../errors.ts'
import type { Chat, Service, Topic } from '../model.ts'
import { addTopic, noteTopic } from '../world/topics.ts'
import { chatFor, needRight } from './access.ts'
import type { Call, Handlers } from './call.ts'

export const topicMethods: Handlers = {
  createForumTopic(call) {
    const chat = forum(call)
    const { params } = call
    const name = topicName(call)
    if (name === '') throw badRequest('topic name must be non-empty')
    const color = params.integer('icon_color', 0x6fb9f0)
    const topic = addTopic(call.state, chat, call.bot.account, name, color, params.text('icon_custom_emoji_id'))
    return {
      message_thread_id: topic.id,
      name: topic.name,
      icon_color: topic.iconColor,
      ...(topic.iconEmoji ? { icon_custom_emoji_id: topic.iconEmoji } : {}),
    }
  },

  editForumTopic(call) {
    const { chat, topic } = named(call)
    const name = topicName(call)
    const emoji = call.params.raw('icon_custom_emoji_id')
    if (name !== '') topic.name = name
    if (emoji !== undefined) topic.iconEmoji = String(emoji)
    note(call, chat, topic.id, {
      type: 'forum_topic_edited',
      ...(name === '' ? {} : { name }),
      ...(emoji === undefined ? {} : { iconEmoji: String(emoji) }),
    })
    return true
  },

  closeForumTopic: (call) => toggle(call, true),
  reopenForumTopic: (call) => toggle(call, false),

  deleteForumTopic(call) {
    const { chat, topic } = named(call)
    chat.topics.delete(topic.id)
    for (const message of [...chat.messages.values()]) {
      if (message.threadId === topic.id) chat.messages.delete(message.id)
    }
    return true
  },

  unpinAllForumTopicMessages(call) {
    const { chat, topic } = named(call)
    chat.pinned = chat.pinned.filter((message) => message.threadId !== topic.id)
    return true
  },

  unpinAllGeneralForumTopicMessages(call) {
    const chat = forum(call)
    chat.pinned = chat.pinned.filter((message) => message.threadId !== undefined)
    return true
  },

  closeGeneralForumTopic: (call) => general(call, { type: 'forum_topic_closed' }),
  reopenGeneralForumTopic: (call) => general(call, { type: 'forum_topic_reopened' }),
  hideGeneralForumTopic: (call) => general(call, { type: 'general_forum_topic_hidden' }),
  unhideGeneralForumTopic: (call) => general(call, { type: 'general_forum_topic_unhidden' }),

  editGeneralForumTopic(call) {
    const name = topicName(call)
    if (name === '') throw badRequest('topic name must be non-empty')
    return general(call, { type: 'forum_topic_edited', name })
  },
}

function topicName(call: Call): string {
  const name = call.params.text('name').trim()
  if ([...name].length > 128) throw badRequest('topic name is too long')
  return name
}

function forum(call: Call): Chat {
  const chat = chatFor(call, 'write')
  if (!chat.forum) throw badRequest('the chat is not a forum')
  needRight(call, chat, 'can_manage_topics', 'not enough rights to create a topic')
  return chat
}

function named(call: Call): { chat: Chat; topic: Topic } {
  const chat = forum(call)
  const topic = chat.topics.get(call.params.integer('message_thread_id'))
  if (!topic) throw badRequest('message thread not found')
  return { chat, topic }
}

function toggle(call: Call, closed: boolean): true {
  const { chat, topic } = named(call)
  if (topic.closed === closed) throw badRequest('TOPIC_NOT_MODIFIED')
  topic.closed = closed
  note(call, chat, topic.id, { type: closed ? 'forum_topic_closed' : 'forum_topic_reopened' })
  return true
}

function general(call: Call, service: Service): true {
  note(call, forum(call), undefined, service)
  return true
}

function note(call: Call, chat: Chat, threadId: number | undefined, service: Service): void {
  noteTopic(call.state, chat, call.bot.account, threadId, service)
}
