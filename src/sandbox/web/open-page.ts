import type { InnerLink } from './links.ts'
import { type Html, html, nothing } from './markup.ts'
import { avatar } from './parts.ts'
import { placesOf } from './places.ts'
import type { View } from './room.ts'
import { texts } from './texts.ts'

const t = texts.links

/** Where a link leads: to a start button, to the choice of a group, or into one. */
export function openBody(view: View, link: InnerLink): Html {
  const action = view.room.paths.open(view.viewer.id, link.url)
  if (link.kind === 'startGroup') {
    return html`<main id="content" class="info open"><h1>${t.chooseGroup(link.name)}</h1>${groupChoice(view, action)}</main>`
  }
  const words = link.kind === 'start' ? t.startPrivately(link.name) : t.join(link.name)
  return html`<main id="content" class="info open"><h1>${link.name}</h1><p>${words}</p>
<form method="post" action="${action}"><button class="primary" autofocus>${link.kind === 'start' ? texts.thread.start : t.joinButton}</button></form></main>`
}

/** The person's groups, to choose one of. */
export function groupChoice({ room, viewer }: View, action: string, fields: Html = nothing): Html {
  const groups = placesOf(room, viewer).filter(({ chat }) => chat.type !== 'private')
  if (groups.length === 0) return html`<p>${t.noGroups}</p>`
  const items = groups.map(
    ({ chat }) =>
      html`<li><button name="chat" value="${chat.id}">${avatar(chat.id, chat.title, 'group')}<span class="name">${chat.title}</span></button></li>`,
  )
  return html`<p class="hint">${t.chooseGroupHint}</p><form method="post" action="${action}">${fields}<ul class="people">${items}</ul></form>`
}
