import type { BotKeys } from './bot-keys.ts'
import type { Seated } from './composer.ts'
import { type Html, html } from './markup.ts'
import { groupChoice } from './open-page.ts'
import { texts } from './texts.ts'

const t = texts.writing

/** What a key of the reply keyboard asks for: one of the person's groups, or people. */
export function shareBody(seated: Seated, keys: BotKeys, at: string): Html {
  const [row = Number.NaN, column = Number.NaN] = at.split(',').map(Number)
  const key = keys.markup.keyboard[row]?.[column]
  const action = `${seated.room.paths.chat(seated.viewer.id, seated.place.address)}/keys`
  const asksForGroup = key !== undefined && typeof key !== 'string' && 'request_chat' in key
  const form = asksForGroup
    ? groupChoice(seated, action, html`<input type="hidden" name="at" value="${at}">`)
    : html`<form method="post" action="${action}"><input type="hidden" name="at" value="${at}">
<label>${t.sharePeopleHint}<textarea name="people" rows="3" required></textarea></label><button class="primary">${t.share}</button></form>`
  return html`<main id="content" class="info open"><h1>${asksForGroup ? t.shareGroup : t.sharePeople}</h1>${form}</main>`
}
