import { nameOf } from '../world/showing.ts'
import type { BotLink } from './links.ts'
import { type Html, html } from './markup.ts'
import { avatar } from './parts.ts'
import { placesOf } from './places.ts'
import type { View } from './room.ts'
import { texts } from './texts.ts'

/** Where a link to a bot leads: to its start button, or to the choice of a group. */
export function openBody({ room, viewer }: View, link: BotLink, url: string): Html {
  const bot = nameOf(link.bot.account)
  const action = room.paths.open(viewer.id, url)
  if (!link.group) {
    return html`<main id="content" class="info open"><h1>${bot}</h1><p>${texts.thread.startPayload(bot)}</p>
<form method="post" action="${action}"><button class="primary" autofocus>${texts.thread.start}</button></form></main>`
  }
  const groups = placesOf(room, viewer).filter(({ chat }) => chat.type !== 'private')
  const items = groups.map(
    ({ chat }) =>
      html`<li><button name="chat" value="${chat.id}">${avatar(chat.id, chat.title, 'group')}<span class="name">${chat.title}</span></button></li>`,
  )
  return html`<main id="content" class="info open"><h1>${texts.links.chooseGroup(bot)}</h1><p class="hint">${texts.links.chooseGroupHint}</p>
${items.length > 0 ? html`<form method="post" action="${action}"><ul class="people">${items}</ul></form>` : html`<p>${texts.links.noGroups}</p>`}</main>`
}
