import type { Api } from 'grammy'
import type { BotCommand } from 'grammy/types'
import type { Texts } from '../platform/texts.ts'
import { commandsFor } from './audience.ts'
import type { ChatKind, Feature } from './feature.ts'
import type { Speaker } from './speaker.ts'

/**
 * Telegram's lists of commands: one for groups, one for private chats of plain members, and one of their own for people
 * with a role. Lists are for display only; rights are asked at every use.
 */
export async function publishCommandLists(api: Api, texts: Texts, features: readonly Feature[]): Promise<void> {
  const plain = speakerWith([{ role: 'member', wardId: 0, branchId: 0 }])
  const secretary = speakerWith([{ role: 'secretary', wardId: 0, branchId: 0 }])
  const list = (speaker: Speaker, chat: ChatKind) => listOf(texts, features, speaker, chat)
  await api.setMyCommands(list(plain, 'private'), { scope: { type: 'all_private_chats' } })
  await api.setMyCommands(list(plain, 'branchGroup'), { scope: { type: 'all_group_chats' } })
  await api.setMyCommands(list(secretary, 'branchGroup'), { scope: { type: 'all_chat_administrators' } })
}

/** The list in one person's private chat, by what they may do today. */
export async function publishOwnCommandList(
  api: Api,
  texts: Texts,
  features: readonly Feature[],
  speaker: Speaker,
): Promise<void> {
  const chatId = Number(speaker.accountId)
  await api.setMyCommands(listOf(texts, features, speaker, 'private'), { scope: { type: 'chat', chat_id: chatId } })
}

function listOf(texts: Texts, features: readonly Feature[], speaker: Speaker, chat: ChatKind): BotCommand[] {
  const commands = commandsFor(features, speaker, chat).map(({ name, label }) => ({
    command: name,
    description: texts(label),
  }))
  return [...commands, { command: 'huy', description: texts('telegram:labelCancel') }]
}

function speakerWith(grants: Speaker['actor']['grants']): Speaker {
  return {
    accountId: 0n,
    accountName: '',
    link: null,
    actor: { accountId: null, personId: null, wardId: null, name: null, grants },
  }
}
