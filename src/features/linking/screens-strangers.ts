import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { Place } from './places.ts'

export interface StrangersView {
  place: Place
  /** Telegram names; names of people. */
  strangers: readonly string[]
  movedAway: readonly string[]
  missing: readonly string[]
  unseen: number
}

/** More names than this are no help on a small phone. */
const shownNames = 10

/** To the secretary in private: who is in the group and should not be, who is missing, what follows and what to do. */
export function strangersWarning(texts: Texts, view: StrangersView): Message {
  const { place, strangers, movedAway, missing, unseen } = view
  const kind = place.branchId === null ? 'ward' : 'branch'
  const isOpen = strangers.length + movedAway.length + unseen > 0
  return {
    ...titled(
      texts(`linking:strangers.title.${kind}`, { name: place.name }),
      ...block(texts, texts(`linking:strangers.strangers.${kind}`, { count: strangers.length }), strangers),
      ...block(texts, texts(`linking:strangers.movedAway.${kind}`, { count: movedAway.length }), movedAway),
      ...(unseen > 0 ? ['', texts('linking:strangers.unseen', { count: unseen })] : []),
      ...block(texts, texts('linking:strangers.missing', { count: missing.length }), missing),
      '',
      isOpen ? texts(`linking:strangers.consequence.${kind}`) : texts('linking:strangers.bringIn'),
      isOpen && texts(`linking:strangers.remedy.${kind}`),
      texts('linking:strangers.lookAgain'),
    ),
    buttons: [[{ text: texts('linking:people.inviteButton'), data: 'menu:moi' }]],
  }
}

function block(texts: Texts, title: string, names: readonly string[]): string[] {
  if (names.length === 0) return []
  const shown = names.slice(0, shownNames).map((name, index) => `${index + 1}. ${name}`)
  const rest = names.length - shown.length
  return ['', title, ...shown, ...(rest > 0 ? [texts('linking:strangers.more', { count: rest })] : [])]
}
