import type { Message, PollRecord } from '../model.ts'
import type { Seated } from './composer.ts'
import { type Html, html, nothing } from './markup.ts'
import { texts } from './texts.ts'
import { elementId } from './thread.ts'

const t = texts.thread

/** A poll: to vote in while it is open and the person may, and how it stands. */
export function pollView({ room, viewer, place }: Seated, message: Message, poll: PollRecord, still: boolean): Html {
  const chosen = poll.votes.get(viewer.id)
  const mayVote = !poll.closed && !still && (chosen === undefined || poll.revoting)
  const all = [...poll.votes.values()].flat()
  const options = poll.options.map(({ text }, index) => {
    const count = all.filter((option) => option === index).length
    return { text, count, isChosen: chosen?.includes(index) === true, id: `${elementId(message)}-option-${index}` }
  })
  const kind = [poll.anonymous ? t.pollAnonymous : t.pollNamed, poll.closed ? t.pollClosed : ''].filter(Boolean)
  const title = html`<p class="question"><strong>${poll.question}</strong><small>${kind.join(' · ')}</small></p>`
  if (!mayVote) {
    const lines = options.map(
      ({ text, count, isChosen }) =>
        html`<li${isChosen ? html` class="chosen"` : nothing}>${text} <small>${t.voted(count)}</small></li>`,
    )
    return html`<div class="poll">${title}<ul>${lines}</ul></div>`
  }
  const action = `${room.paths.chat(viewer.id, place.address)}/votes`
  const lines = options.map(
    ({ text, count, isChosen, id }, index) =>
      html`<li><label><input id="${id}" type="${poll.multiple ? 'checkbox' : 'radio'}" name="option" value="${index}"${isChosen ? html` checked` : nothing}> ${text}${chosen ? html` <small>${t.voted(count)}</small>` : nothing}</label></li>`,
  )
  return html`<form class="poll" method="post" action="${action}" hx-post="${action}" hx-swap="none">
<input type="hidden" name="message" value="${message.id}">${title}<ul>${lines}</ul>
<button class="primary">${t.vote}</button>${chosen ? html` <button class="plain" name="retract" value="1">${t.retract}</button>` : nothing}
</form>`
}
