import { badRequest } from '../errors.ts'
import type { Chat } from '../model.ts'
import { announce } from '../updates/announce.ts'
import { post } from '../world/posting.ts'
import { hasPermission, hasRight } from '../world/rights.ts'
import { chatFor, needRight } from './access.ts'
import type { Call, Handlers } from './call.ts'
import { readPermissions } from './permissions.ts'

export const groupMethods: Handlers = {
  setChatPermissions(call) {
    const chat = chatFor(call, 'write')
    if (chat.type === 'private') throw badRequest('method is available only for groups and supergroups')
    needRight(call, chat, 'can_restrict_members', 'not enough rights to change chat permissions')
    call.params.ignore('use_independent_chat_permissions')
    chat.permissions = readPermissions(call.params.json('permissions', 'permissions'))
    return true
  },

  setChatTitle(call) {
    const chat = informable(call)
    const title = call.params.text('title').trim()
    if (title === '') throw badRequest('title must be non-empty')
    if ([...title].length > 128) throw badRequest('title is too long')
    if (title === chat.title) throw badRequest('CHAT_NOT_MODIFIED')
    chat.title = title
    const service = { type: 'new_chat_title', title } as const
    announce(call.state, post(call.state, chat, { from: call.bot.account, content: { kind: 'service', service } }))
    return true
  },

  setChatDescription(call) {
    const chat = informable(call)
    const description = call.params.text('description').trim()
    if (description === (chat.description ?? '')) throw badRequest('chat description is not modified')
    chat.description = description
    return true
  },

  exportChatInviteLink: (call) => newInviteLink(call),

  createChatInviteLink(call) {
    call.params.ignore('expire_date', 'member_limit')
    const name = call.params.text('name')
    return {
      invite_link: newInviteLink(call),
      creator: { id: call.bot.account.id, is_bot: true, first_name: call.bot.account.firstName },
      creates_join_request: call.params.flag('creates_join_request'),
      is_primary: false,
      is_revoked: false,
      ...(name ? { name } : {}),
    }
  },
}

/** A group whose name and description the bot may change. */
function informable(call: Call): Chat {
  const chat = chatFor(call, 'write')
  if (chat.type === 'private') throw badRequest("can't change private chat title")
  const member = chat.members.get(call.bot.account.id)
  const mayAsAdministrator = hasRight(member, 'can_change_info')
  const mayAsMember = chat.type === 'group' && hasPermission(chat, member, 'can_change_info')
  if (!mayAsAdministrator && !mayAsMember) throw badRequest('not enough rights to change chat title')
  return chat
}

function newInviteLink(call: Call): string {
  const chat = chatFor(call, 'write')
  if (chat.type === 'private') throw badRequest("chat invite links can't be created for private chats")
  needRight(call, chat, 'can_invite_users', 'not enough rights to manage chat invite link')
  const hash = Buffer.from(`${chat.id}.${call.state.data.lastSerial++}`).toString('base64url')
  chat.inviteLink = `https://t.me/+${hash}`
  return chat.inviteLink
}
