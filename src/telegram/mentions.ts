import { type Api, GrammyError } from 'grammy'
import type { Message } from 'grammy/types'

/** The names that stand in a text as `@name`, without the sign. */
export function namesMentioned({ text = '', entities = [] }: Message): string[] {
  return entities.flatMap(({ type, offset, length }) =>
    type === 'mention' ? [text.slice(offset + 1, offset + length)] : [],
  )
}

/**
 * Which of these accounts go by which of the names now. Telegram tells a bot no account for a name, only the name of an
 * account that has spoken to it: so those who may be meant are asked about one by one, and no name is kept.
 */
export async function accountsNamed(
  api: Api,
  names: readonly string[],
  accountIds: readonly bigint[],
): Promise<Map<string, bigint>> {
  const found = new Map<string, bigint>()
  const wanted = new Map(names.map((name) => [name.toLowerCase(), name]))
  for (const accountId of accountIds) {
    if (found.size === wanted.size) break
    const name = wanted.get((await nameOf(api, accountId))?.toLowerCase() ?? '')
    if (name !== undefined) found.set(name, accountId)
  }
  return found
}

async function nameOf(api: Api, accountId: bigint): Promise<string | undefined> {
  try {
    const chat = await api.getChat(Number(accountId))
    return chat.type === 'private' ? chat.username : undefined
  } catch (error) {
    // "chat not found": an account that the bot may not write to has no name for it.
    if (error instanceof GrammyError && error.error_code === 400) return undefined
    throw error
  }
}
