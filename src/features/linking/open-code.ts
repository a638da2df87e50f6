import { isKnown } from '../../telegram/router.ts'
import type { Turn } from '../../telegram/turn.ts'
import { connectByCode, groupKey } from './connect-here.ts'
import { type FoundCode, findCode } from './find-code.ts'
import { chatOfPlace } from './find-links.ts'
import type { LinkingParts } from './parts.ts'
import { placeOf } from './places.ts'
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

async function explainGroupCode(turn: Turn, found: FoundCode, { bot }: LinkingParts): Promise<void> {
  const key = groupKey(found)
  const place = key === null || !isKnown(turn.speaker) ? null : await placeOf(turn.context.db, key)
  if (!place) return turn.refuse({ code: 'linking.groupCodeInPrivate' })
  const hasGroup = (await chatOfPlace(turn.context.db, place)) !== null
  const view = { username: bot.username, place, code: found.code, hasGroup }
  await turn.reply(groupCodeMessage(turn.texts, view))
}
