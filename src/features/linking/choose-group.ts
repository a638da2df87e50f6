import type { Turn } from '../../telegram/turn.ts'
import { branchOf } from '../registry/index.ts'
import { connectGroup } from './connect-group.ts'
import { checkCalmly } from './follow-members.ts'
import { leaveFor } from './leave.ts'
import type { LinkingParts } from './parts.ts'

/** Whoever has it open brings the bot into a group to connect it there and then. */
export const groupForm = 'lgroupchat'

/** Lets an administrator of the group choose it from their own list: the bot comes in as an administrator and is connected. */
export async function askGroup(turn: Turn, branchId: number): Promise<void> {
  if (turn.chat.kind === 'group') return turn.refuse({ code: 'telegram.onlyPrivate' })
  const { texts, context } = turn
  const branch = await branchOf(context.db, branchId)
  if (!branch) return turn.refuse({ code: 'linking.branchUnknown' })
  const leave = leaveFor(context, 'link.group', { wardId: branch.wardId, branchId })
  if (!leave.ok) return turn.refuse(leave.problem)
  await turn.ask(
    groupForm,
    { branchId },
    {
      text: texts('linking:group.chooseHow'),
      keys: [[{ text: texts('linking:group.chooseKey'), asksGroup: branchId }], [{ text: texts('common:cancel') }]],
    },
  )
}

/** The choice arrives; a second one for the same group is answered as the first. */
export async function receiveGroup(
  turn: Turn,
  data: Record<string, unknown>,
  parts: LinkingParts,
): Promise<false | undefined> {
  const { texts, message, context } = turn
  const isCancelled = message?.text === texts('common:cancel')
  const chosen = message?.chat_shared
  if (!isCancelled && chosen?.request_id !== data.branchId) return false
  await turn.closeForm()
  if (!chosen) return void (await turn.reply({ text: texts('telegram:cancelled'), keys: 'none' }))
  const chatId = BigInt(chosen.chat_id)
  const connected = await connectGroup(context, {
    branchId: Number(data.branchId),
    chatId,
    title: chosen.title ?? '',
  })
  const text = connected.ok ? texts('linking:group.done') : texts.problem(connected.problem)
  await turn.reply({ text, keys: 'none' })
  if (connected.ok) await checkCalmly(context, parts.members, chatId)
}
