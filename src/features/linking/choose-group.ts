import type { Turn } from '../../telegram/turn.ts'
import { connectGroup } from './connect-group.ts'
import { checkCalmly } from './follow-members.ts'
import type { LinkingParts } from './parts.ts'
import { leaveToConnect, placeOf, readKey, writeKey } from './places.ts'

/** Whoever has it open brings the bot into a group to connect it there and then. */
export const groupForm = 'lgroupchat'

/** Lets an administrator of the group choose it from their own list: the bot comes in as an administrator and is connected. */
export async function askGroup(turn: Turn, written: string): Promise<void> {
  if (turn.chat.kind === 'group') return turn.refuse({ code: 'telegram.onlyPrivate' })
  const { texts, context } = turn
  const place = await placeOf(context.db, readKey(context, written))
  if (!place) return turn.refuse({ code: 'linking.branchUnknown' })
  const leave = leaveToConnect(context, place)
  if (!leave.ok) return turn.refuse(leave.problem)
  const kind = place.branchId === null ? 'ward' : 'branch'
  await turn.ask(
    groupForm,
    { place: writeKey(place) },
    {
      text: texts(`linking:group.chooseHow.${kind}`),
      keys: [
        [{ text: texts(`linking:group.chooseKey.${kind}`), asksGroup: requestOf(place) }],
        [{ text: texts('common:cancel') }],
      ],
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
  const place = await placeOf(context.db, readKey(context, data.place))
  if (!isCancelled && (!place || chosen?.request_id !== requestOf(place))) return false
  await turn.closeForm()
  if (!chosen || !place) return void (await turn.reply({ text: texts('telegram:cancelled'), keys: 'none' }))
  const chatId = BigInt(chosen.chat_id)
  const key = readKey(context, data.place)
  const connected = await connectGroup(context, { ...key, chatId, title: chosen.title ?? '' })
  const text = connected.ok ? texts('linking:group.done') : texts.problem(connected.problem)
  await turn.reply({ text, keys: 'none' })
  if (connected.ok) await checkCalmly(context, parts.members, chatId)
}

/** The number under which Telegram sends the choice back: the branch's, or 0 for the ward. */
function requestOf({ branchId }: { branchId: number | null }): number {
  return branchId ?? 0
}
