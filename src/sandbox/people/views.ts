import type { Account, Bot, Chat } from '../model.ts'
import { isIn } from '../world/rights.ts'
import { nameOf } from '../world/showing.ts'

export function showUser(account: Account) {
  return {
    id: account.id,
    name: nameOf(account),
    ...(account.username ? { username: account.username } : {}),
    ...(account.phone ? { phone: account.phone } : {}),
    ...(account.person ? { person: account.person } : {}),
  }
}

export function showBot(bot: Bot) {
  const { id, username } = bot.account
  return { id, username, name: nameOf(bot.account), privacy: bot.privacy, pendingUpdates: bot.updates.length }
}

export function showGroup(chat: Chat) {
  const members = [...chat.members.values()].filter(isIn)
  return {
    id: chat.id,
    title: chat.title,
    type: chat.type,
    supergroup: chat.type === 'supergroup',
    members: members.filter(({ account }) => !account.isBot).map(({ account }) => account.id),
    bots: members
      .filter(({ account }) => account.isBot)
      .map(({ account, status }) => ({ id: account.id, username: account.username, status })),
    administrators: members
      .filter(({ status }) => status === 'creator' || status === 'administrator')
      .map(({ account }) => account.id),
    ...(chat.migratedTo === undefined ? {} : { migratedTo: chat.migratedTo }),
    ...(chat.migratedFrom === undefined ? {} : { migratedFrom: chat.migratedFrom }),
  }
}
