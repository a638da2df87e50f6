import { isKnown } from '../../telegram/router.ts'
import type { Chat, Turn } from '../../telegram/turn.ts'
import { connectGroup, mayMove } from './connect-group.ts'
import { type FoundCode, findCode } from './find-code.ts'
import { checkCalmly } from './follow-members.ts'
import type { LinkingParts } from './parts.ts'
import { type PlaceKey, placeOf } from './places.ts'
import { groupName, moveQuestion } from './screens-groups.ts'

/** `/ketnoi <code>` in a group, or the deep link that brought the bot here. */
export async function connectByCode(turn: Turn, typed: string, parts: LinkingParts): Promise<void> {
  if (!isKnown(turn.speaker)) return turn.tell(turn.texts('linking:group.onlyLeaders'))
  const found = await findCode(turn.context, typed)
  if (!found.ok) return turn.refuse(found.problem)
  const { id: codeId, usedHere } = found.value
  const key = groupKey(found.value)
  if (!key) return turn.refuse({ code: 'linking.personalCodeInGroup' })
  if (usedHere && !standsFor(turn.chat, key)) return turn.refuse({ code: 'linking.codeSpent' })
  await connectHere(turn, { ...key, codeId }, parts)
}

/** What a group's code connects it to; null for a code of another kind. */
export function groupKey({ kind, branchId, wardId }: FoundCode): PlaceKey | null {
  if (kind !== 'group') return null
  if (branchId !== null) return { branchId }
  return wardId === null ? null : { wardId }
}

/** Whether the chat is the place's group already. */
function standsFor({ branch, ward }: Chat, key: PlaceKey): boolean {
  return 'branchId' in key ? branch?.id === key.branchId : ward?.id === key.wardId
}

/** Connects the group in which the person speaks, and asks an officer first where the place has another group. */
export async function connectHere(
  turn: Turn,
  wish: PlaceKey & { codeId?: number; move?: boolean },
  parts: LinkingParts,
): Promise<void> {
  if (turn.chat.kind !== 'group') return turn.refuse({ code: 'linking.onlyInGroup' })
  const { context, texts, chat } = turn
  const result = await connectGroup(context, { ...wish, chatId: BigInt(chat.id), title: chat.title })
  if (result.ok) {
    // The group reads of a new connection by a delivery of its own.
    await turn.clearButtons()
    if (turn.press) await turn.notify(texts('linking:group.done'))
    else if (result.value.already)
      await turn.tell(texts('linking:group.already', { branch: groupName(texts, result.value.place) }))
    return checkCalmly(context, parts.members, BigInt(chat.id))
  }
  const mayAsk = result.problem.code === 'linking.branchTaken' && mayMove(context, context.actor.wardId ?? 0)
  const place = mayAsk ? await placeOf(context.db, wish) : null
  if (!place) return turn.refuse(result.problem)
  await turn.reply(moveQuestion(texts, place, texts.problem(result.problem)))
}
