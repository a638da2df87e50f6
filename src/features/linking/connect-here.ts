import { isKnown } from '../../telegram/router.ts'
import type { Turn } from '../../telegram/turn.ts'
import { connectGroup, mayMove } from './connect-group.ts'
import { findCode } from './find-code.ts'
import { checkCalmly } from './follow-members.ts'
import type { LinkingParts } from './parts.ts'
import { moveQuestion } from './screens-groups.ts'

/** `/ketnoi <code>` in a group, or the deep link that brought the bot here. */
export async function connectByCode(turn: Turn, typed: string, parts: LinkingParts): Promise<void> {
  if (!isKnown(turn.speaker)) return turn.reply({ text: turn.texts('linking:group.onlyLeaders') })
  const found = await findCode(turn.context, typed)
  if (!found.ok) return turn.refuse(found.problem)
  const { id: codeId, kind, branchId, usedHere } = found.value
  if (kind !== 'group' || branchId === null) return turn.refuse({ code: 'linking.personalCodeInGroup' })
  if (usedHere && turn.chat.branch?.id !== branchId) return turn.refuse({ code: 'linking.codeSpent' })
  await connectHere(turn, { branchId, codeId }, parts)
}

/** Connects the group in which the person speaks, and asks an officer first where the branch has another group. */
export async function connectHere(
  turn: Turn,
  wish: { branchId: number; codeId?: number; move?: boolean },
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
      await turn.reply({ text: texts('linking:group.already', { branch: result.value.branch.name }) })
    return checkCalmly(context, parts.members, BigInt(chat.id))
  }
  const mayAsk = result.problem.code === 'linking.branchTaken' && mayMove(context, context.actor.wardId ?? 0)
  if (!mayAsk) return turn.refuse(result.problem)
  await turn.reply(moveQuestion(texts, { branchId: wish.branchId, problem: texts.problem(result.problem) }))
}
