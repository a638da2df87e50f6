import type { ChatAdministratorRights, ChatPermissions } from '@grammyjs/types'
import type { Chat, Member } from '../model.ts'

/** What an administrator gets when nobody chose the rights one by one: all but adding administrators and anonymity. */
export const USUAL_RIGHTS: Readonly<ChatAdministratorRights> = Object.freeze({
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: false,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_pin_messages: true,
  can_manage_topics: false,
  can_manage_tags: false,
  can_send_welcome_messages: false,
})

export type Right = keyof ChatAdministratorRights

export const RIGHT_NAMES = [
  'can_manage_chat',
  'can_delete_messages',
  'can_manage_video_chats',
  'can_restrict_members',
  'can_promote_members',
  'can_change_info',
  'can_invite_users',
  'can_post_stories',
  'can_edit_stories',
  'can_delete_stories',
  'can_pin_messages',
  'can_manage_topics',
  'can_manage_tags',
  'can_send_welcome_messages',
] as const satisfies readonly Right[]

export const PERMISSION_NAMES = [
  'can_send_messages',
  'can_send_audios',
  'can_send_documents',
  'can_send_photos',
  'can_send_videos',
  'can_send_video_notes',
  'can_send_voice_notes',
  'can_send_polls',
  'can_send_other_messages',
  'can_add_web_page_previews',
  'can_react_to_messages',
  'can_change_info',
  'can_invite_users',
  'can_edit_tag',
  'can_pin_messages',
  'can_manage_topics',
] as const satisfies readonly (keyof ChatPermissions)[]

export type Permission = (typeof PERMISSION_NAMES)[number]

/** A whole set of rights, each asked for by name; any one of them brings the basic right with it. */
export function readRights(has: (right: Right) => boolean): ChatAdministratorRights {
  const rights = { ...USUAL_RIGHTS, is_anonymous: has('is_anonymous') }
  for (const name of RIGHT_NAMES) rights[name] = has(name)
  rights.can_manage_chat = Object.values(rights).includes(true)
  return rights
}

/** Every permission said in so many words: what is not given is not allowed. */
export function permissionFlags(given: ChatPermissions): Record<Permission, boolean> {
  const may = (name: Permission) => given[name] === true
  return {
    can_send_messages: may('can_send_messages'),
    can_send_audios: may('can_send_audios'),
    can_send_documents: may('can_send_documents'),
    can_send_photos: may('can_send_photos'),
    can_send_videos: may('can_send_videos'),
    can_send_video_notes: may('can_send_video_notes'),
    can_send_voice_notes: may('can_send_voice_notes'),
    can_send_polls: may('can_send_polls'),
    can_send_other_messages: may('can_send_other_messages'),
    can_add_web_page_previews: may('can_add_web_page_previews'),
    can_react_to_messages: may('can_react_to_messages'),
    can_change_info: may('can_change_info'),
    can_invite_users: may('can_invite_users'),
    can_edit_tag: may('can_edit_tag'),
    can_pin_messages: may('can_pin_messages'),
    can_manage_topics: may('can_manage_topics'),
  }
}

/** What members of a fresh group may do. */
export function usualPermissions(): ChatPermissions {
  const permissions: ChatPermissions = {}
  for (const name of PERMISSION_NAMES) permissions[name] = name !== 'can_manage_topics' && name !== 'can_edit_tag'
  return permissions
}

export function isIn(member: Member | undefined): member is Member {
  if (!member) return false
  return member.status !== 'left' && member.status !== 'kicked'
}

export function isAdministrator(member: Member | undefined): boolean {
  return member?.status === 'creator' || member?.status === 'administrator'
}

export function hasRight(member: Member | undefined, right: Right): boolean {
  if (member?.status === 'creator') return true
  return member?.status === 'administrator' && member.rights?.[right] === true
}

/** Whether the member may, as a plain or restricted member; administrators always may. */
export function hasPermission(chat: Chat, member: Member | undefined, permission: Permission): boolean {
  if (isAdministrator(member)) return true
  if (!isIn(member)) return false
  const own = member.status === 'restricted' ? member.permissions?.[permission] === true : true
  return own && chat.permissions[permission] === true
}
