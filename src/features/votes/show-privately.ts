import type { Message } from '../../platform/messages.ts'
import type { Turn } from '../../telegram/turn.ts'

/** Shows what is for the reader alone in their private chat, wherever they pressed, and says in a group that it is there. */
export async function showPrivately(turn: Turn, messages: readonly Message[]): Promise<void> {
  for (const message of messages) {
    if (!(await turn.replyPrivately(message))) return turn.notify(turn.texts('votes:openPrivateFirst'), true)
  }
  if (turn.chat.kind === 'group') await turn.notify(turn.texts('votes:sentPrivately'))
}
