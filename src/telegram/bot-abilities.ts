import type { Api } from 'grammy'

/** What the bot itself can do in a group now. */
export interface BotAbilities {
  /** Sees who comes and goes, and every message; may always write. */
  isAdmin: boolean
  maySend: boolean
  maySendFiles: boolean
}

/** Asks Telegram what the bot may do in the group; null where it does not say. */
export async function askBotAbilities(api: Api, chatId: number, botId: number): Promise<BotAbilities | null> {
  try {
    const member = await api.getChatMember(chatId, botId)
    if (member.status === 'administrator' || member.status === 'creator') {
      return { isAdmin: true, maySend: true, maySendFiles: true }
    }
    // A limit on the bot itself stands beside those on everybody.
    const { permissions } = await api.getChat(chatId)
    const own = member.status === 'restricted' ? member : null
    return {
      isAdmin: false,
      maySend: (permissions?.can_send_messages ?? true) && (own?.can_send_messages ?? true),
      maySendFiles: (permissions?.can_send_documents ?? true) && (own?.can_send_documents ?? true),
    }
  } catch {
    return null
  }
}
