import { type Api, GrammyError } from 'grammy'
import type { ChatMember } from 'grammy/types'

/** Somebody who is in a group now. */
export interface GroupMember {
  accountId: bigint
  /** The name the account shows. */
  name: string
  standing: 'administrator' | 'member'
}

/** What Telegram tells a bot of a group's members: never the whole list. */
export interface GroupMembers {
  /** How many are in the group, bots too. */
  count(chatId: bigint): Promise<number>
  /** Without this bot. */
  administrators(chatId: bigint): Promise<GroupMember[]>
  /** The account as a member of the group, or null where it is not inside or Telegram does not say. */
  member(chatId: bigint, accountId: bigint): Promise<GroupMember | null>
}

export function askGroupMembers(api: Api, bot: { id: number }): GroupMembers {
  return {
    count: (chatId) => api.getChatMemberCount(Number(chatId)),
    administrators: async (chatId) => {
      const members = (await api.getChatAdministrators(Number(chatId))).flatMap(asInside)
      return members.filter(({ accountId }) => accountId !== BigInt(bot.id))
    },
    member: async (chatId, accountId) => {
      try {
        const [member] = asInside(await api.getChatMember(Number(chatId), Number(accountId)))
        return member ?? null
      } catch (error) {
        // "user not found", "member not found", "PARTICIPANT_ID_INVALID"; a refusal to a bot without rights reads alike.
        if (error instanceof GrammyError && error.error_code === 400 && !/chat not found/i.test(error.description)) {
          return null
        }
        throw error
      }
    },
  }
}

/** The member where it is inside: one that left, was put out, or is restricted without belonging is not. */
export function asInside(member: ChatMember): GroupMember[] {
  const { user, status } = member
  if (status === 'left' || status === 'kicked' || (status === 'restricted' && !member.is_member)) return []
  const isAdministrator = status === 'creator' || status === 'administrator'
  const name = [user.first_name, user.last_name].filter(Boolean).join(' ')
  return [{ accountId: BigInt(user.id), name, standing: isAdministrator ? 'administrator' : 'member' }]
}
