import { badRequest } from '../errors.ts'
import type { Account, Chat } from '../model.ts'
import { ban, restrict, setRights, unban } from '../world/limits.ts'
import { memberOf } from '../world/members.ts'
import { hasRight, isIn, RIGHT_NAMES, readRights } from '../world/rights.ts'
import { chatFor, needRight, userFor } from './access.ts'
import type { Call, Handlers } from './call.ts'
import { readPermissions } from './permissions.ts'

export const memberMethods: Handlers = {
  banChatMember(call) {
    const { chat, account, by } = target(call)
    call.params.ignore('revoke_messages')
    ban(call.state, chat, by, account, call.params.integer('until_date'))
    return true
  },

  unbanChatMember(call) {
    const chat = chatFor(call, 'write')
    if (chat.type !== 'supergroup') throw badRequest('method is available for supergroup and channel chats only')
    const account = userFor(call)
    needRight(call, chat, 'can_restrict_members', 'not enough rights to restrict/unrestrict chat member')
    const onlyIfBanned = call.params.flag('only_if_banned')
    const isBanned = chat.members.get(account.id)?.status === 'kicked'
    if (isBanned || (!onlyIfBanned && isIn(chat.members.get(account.id)))) {
      unban(call.state, chat, call.bot.account, account)
    }
    return true
  },

  restrictChatMember(call) {
    const { chat, account, by } = target(call, 'method is available only for supergroups')
    const permissions = readPermissions(call.params.json('permissions', 'permissions'))
    call.params.ignore('use_independent_chat_permissions')
    restrict(call.state, chat, by, account, permissions, call.params.integer('until_date'))
    return true
  },

  promoteChatMember(call) {
    const chat = chatFor(call, 'write')
    if (chat.type !== 'supergroup') throw badRequest('method is available for supergroup and channel chats only')
    const account = userFor(call)
    const own = chat.members.get(call.bot.account.id)
    if (!hasRight(own, 'can_promote_members')) throw badRequest('not enough rights')
    if (!isIn(chat.members.get(account.id))) throw badRequest('USER_NOT_PARTICIPANT')
    if (memberOf(chat, account).status === 'creator') throw badRequest("can't remove chat owner")
    const rights = readRights((name) => call.params.flag(name))
    const isTooMuch = RIGHT_NAMES.some((right) => rights[right] && !hasRight(own, right))
    if (isTooMuch) throw badRequest('RIGHT_FORBIDDEN')
    setRights(call.state, chat, call.bot.account, account, rights)
    return true
  },

  setChatAdministratorCustomTitle(call) {
    const chat = chatFor(call, 'write')
    if (chat.type === 'private') throw badRequest('method is available only for groups and supergroups')
    const member = memberOf(chat, userFor(call))
    if (member.status === 'creator') throw badRequest('only the owner can edit their custom title')
    if (member.status !== 'administrator') throw badRequest('user is not an administrator')
    if (member.promotedBy !== call.bot.account.id) {
      throw badRequest('not enough rights to change custom title of the user')
    }
    const title = call.params.text('custom_title')
    if ([...title].length > 16) throw badRequest('CUSTOM_TITLE_INVALID')
    chat.members.set(member.account.id, { ...member, title })
    return true
  },

  setChatMemberTag(call) {
    const chat = chatFor(call, 'write')
    if (chat.type === 'private') throw badRequest('method is available only for groups and supergroups')
    needRight(call, chat, 'can_manage_tags', 'not enough rights to change the tag of the user')
    const member = memberOf(chat, userFor(call))
    const tag = call.params.text('tag')
    if ([...tag].length > 16) throw badRequest('TAG_INVALID')
    chat.members.set(member.account.id, { ...member, tag })
    return true
  },
}

/** Who is to be banned or limited, if the bot may and they can be. */
function target(call: Call, onlyBig?: string): { chat: Chat; account: Account; by: Account } {
  const chat = chatFor(call, 'write')
  if (chat.type === 'private') throw badRequest("can't ban members in private chats")
  if (onlyBig && chat.type !== 'supergroup') throw badRequest(onlyBig)
  const account = userFor(call)
  const by = call.bot.account
  if (account.id === by.id) throw badRequest("can't restrict self")
  needRight(call, chat, 'can_restrict_members', 'not enough rights to restrict/unrestrict chat member')
  const member = memberOf(chat, account)
  if (member.status === 'creator') throw badRequest("can't remove chat owner")
  if (member.status === 'administrator' && member.promotedBy !== by.id) {
    throw badRequest('user is an administrator of the chat')
  }
  return { chat, account, by }
}
