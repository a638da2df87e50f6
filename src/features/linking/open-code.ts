import { isKnown } from '../../telegram/router.ts'
import type { Turn } from '../../telegram/turn.ts'
import { branchOf } from '../registry/index.ts'
import { connectByCode } from './connect-here.ts'
import { type FoundCode, findCode } from './find-code.ts'
import { groupChatOf } from './find-links.ts'
import type { LinkingParts } from './parts.ts'
import { consentMessage } from './screens-consent.ts'
import { groupCodeMessage } from './screens-groups.ts'

/**
 * A code arrived, by deep link or typed. In a group it connects the group; in private the notice on personal data comes
 * first, and until it is accepted the code lives in its button only.
 */
export async function openCode(turn: Turn, typed: string, parts: LinkingParts): Promise<void> {
  if (turn.chat.kind === 'group') return connectByCode(turn, typed, parts)
  const found = await findCode(turn.context, typed)
  if (!found.ok) return turn.refuse(found.problem)
  const { kind, usedHere, code, personId } = found.value
  if (usedHere) return sayUsedHere(turn)
  if (kind === 'group') return explainGroupCode(turn, found.value, parts)
  if (kind === 'person' && turn.speaker.link) {
    if (turn.speaker.link.personId === personId) return sayUsedHere(turn)
    return turn.refuse({ code: 'linking.accountTaken' })
  }
  await turn.reply(consentMessage(turn.texts, `lc:${code}`))
}

/** The second tap on a letter that has done its work. */
export async function sayUsedHere(turn: Turn): Promise<void> {
  if (!isKnown(turn.speaker)) return turn.refuse({ code: 'linking.codeSpent' })
  await turn.reply({
    text: turn.texts('linking:code.usedHere'),
    buttons: [[{ text: turn.texts('telegram:openMenu'), data: 'menu:menu' }]],
  })
}

async function explainGroupCode(turn: Turn, { code, branchId }: FoundCode, { bot }: LinkingParts): Promise<void> {
  const branch = branchId === null || !isKnown(turn.speaker) ? null : await branchOf(turn.context.db, branchId)
  if (!branch) return turn.refuse({ code: 'linking.groupCodeInPrivate' })
  const hasGroup = (await groupChatOf(turn.context.db, branch.id)) !== null
  const view = { username: bot.username, branchId: branch.id, branch: branch.name, code, hasGroup }
  await turn.reply(groupCodeMessage(turn.texts, view))
}
