import type { ChatMember } from '@grammyjs/types'
import type { Member } from '../model.ts'
import { permissionFlags, USUAL_RIGHTS } from '../world/rights.ts'
import { renderUser } from './chat.ts'

/** `viewer`: the bot that asks; it may edit the administrators it has made itself. */
export function renderMember(member: Member, viewer?: number): ChatMember {
  const user = renderUser(member.account)
  switch (member.status) {
    case 'creator':
      return {
        status: 'creator',
        user,
        is_anonymous: member.rights?.is_anonymous ?? false,
        ...(member.title ? { custom_title: member.title } : {}),
      }
    case 'administrator':
      return {
        status: 'administrator',
        user,
        can_be_edited: viewer !== undefined && member.promotedBy === viewer,
        ...(member.rights ?? USUAL_RIGHTS),
        ...(member.title ? { custom_title: member.title } : {}),
      }
    case 'member':
      return { status: 'member', user, ...(member.tag ? { tag: member.tag } : {}) }
    case 'restricted':
      return {
        status: 'restricted',
        user,
        is_member: true,
        ...permissionFlags(member.permissions ?? {}),
        until_date: member.until ?? 0,
        ...(member.tag ? { tag: member.tag } : {}),
      }
    case 'left':
      return { status: 'left', user }
    case 'kicked':
      return { status: 'kicked', user, until_date: member.until ?? 0 }
  }
}
