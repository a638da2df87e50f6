import type { Account } from '../model.ts'
import { nameOf } from '../world/showing.ts'
import { type Html, html, nothing } from './markup.ts'
import { folded } from './seats.ts'

const HUES = 8

/** A round of initials; Vietnamese given names stand last. */
export function avatar(id: number, name: string, kind: 'person' | 'group' | 'bot' = 'person'): Html {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const last = words.at(-1) ?? '?'
  const short = /^\d+$/.test(last) ? last.slice(-3) : initials(words)
  return html`<span class="avatar ${kind} hue${Math.abs(id) % HUES}" aria-hidden="true">${short}</span>`
}

function initials(words: string[]): string {
  const first = words.length > 1 ? words[0]?.[0] : ''
  return `${first ?? ''}${words.at(-1)?.[0] ?? '?'}`.toUpperCase()
}

/** Marks an element that comes by itself: it takes the place of the one with its id, or with the id that is named. */
export function outOfBand(on: boolean | string): Html {
  if (on === false) return nothing
  return html` hx-swap-oob="${on === true ? 'true' : `outerHTML:#${on}`}"`
}

/** A line under a person's name: number and label. */
export function personLine(account: Account, label: string | null): string {
  return [account.person, label, account.username ? `@${account.username}` : null].filter(Boolean).join(' · ')
}

export function byGivenName(a: Account, b: Account): number {
  return givenFirst(a).localeCompare(givenFirst(b))
}

function givenFirst(account: Account): string {
  const words = folded(nameOf(account)).split(' ')
  return [words.at(-1), ...words.slice(0, -1)].join(' ')
}
