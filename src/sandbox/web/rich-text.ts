import type { MessageEntity } from '@grammyjs/types'
import { type Html, html, nothing } from './markup.ts'
import { texts } from './texts.ts'

/** How links and commands inside a text are shown; the page decides where they lead. */
export interface TextLinks {
  link(url: string, label: Html): Html
  command(command: string): Html
}

/** A message's text with its entities (offsets in UTF-16, as Telegram counts) as escaped HTML. */
export function richText(text: string, entities: readonly MessageEntity[], links: TextLinks): Html {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length)
  return stretch(text, 0, text.length, ordered, links)
}

function stretch(text: string, from: number, to: number, entities: readonly MessageEntity[], links: TextLinks): Html {
  const pieces: (string | Html)[] = []
  let at = from
  for (const [index, entity] of entities.entries()) {
    const end = Math.min(entity.offset + entity.length, to)
    if (entity.offset < at || end <= entity.offset) continue
    pieces.push(text.slice(at, entity.offset))
    const inner = entities.slice(index + 1).filter(({ offset }) => offset < end)
    const label = stretch(text, entity.offset, end, inner, links)
    pieces.push(dressed(entity, label, text.slice(entity.offset, end), links))
    at = end
  }
  pieces.push(text.slice(at, to))
  return html`${pieces}`
}

function dressed(entity: MessageEntity, label: Html, words: string, links: TextLinks): Html {
  switch (entity.type) {
    case 'bold':
      return html`<strong>${label}</strong>`
    case 'italic':
      return html`<em>${label}</em>`
    case 'underline':
      return html`<u>${label}</u>`
    case 'strikethrough':
      return html`<s>${label}</s>`
    case 'spoiler':
      return html`<span class="spoiler" tabindex="0" role="button" aria-label="${texts.thread.spoiler}">${label}</span>`
    case 'code':
      return html`<code>${label}</code>`
    case 'pre':
      return html`<pre>${label}</pre>`
    case 'blockquote':
    case 'expandable_blockquote':
      return html`<blockquote>${label}</blockquote>`
    case 'text_link':
      return links.link(entity.url, label)
    case 'url':
      return links.link(words, label)
    case 'bot_command':
      return links.command(words)
    case 'mention':
    case 'text_mention':
    case 'hashtag':
      return html`<span class="mention">${label}</span>`
    default:
      return html`${label ?? nothing}`
  }
}
