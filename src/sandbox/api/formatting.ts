import type { MessageEntity } from '@grammyjs/types'
import { badRequest } from '../errors.ts'
import { readEntities } from '../format/entities.ts'
import { findEntities } from '../format/found.ts'
import { parseHtml } from '../format/html.ts'
import { parseMarkdown } from '../format/markdown.ts'
import { parseMarkdownV2 } from '../format/markdown-v2.ts'
import { FormatError, type FormattedText, sorted, trimmed } from '../format/text.ts'
import { renderUser } from '../render/chat.ts'
import type { State } from '../state.ts'
import type { Call } from './call.ts'

/** Text of a call with its entities: given, parsed from markup, and found in the text itself. */
export function formatted(call: Call, name: string, entitiesName: string, modeName = 'parse_mode'): FormattedText {
  const { params } = call
  const mode = params.text(modeName)
  const entities = mode === '' ? params.json(entitiesName, 'message entities') : params.raw(entitiesName)
  return format(call.state, params.text(name), mode, mode === '' ? entities : undefined)
}

export function format(state: State, source: string, mode: string, given: unknown): FormattedText {
  if (Buffer.byteLength(source) > 1 << 15) throw badRequest('text is too long')
  try {
    const parsed = source === '' ? { text: '', entities: [] } : parse(source, mode, given)
    const { text, entities } = trimmed(parsed)
    const resolved = resolveMentions(state, entities)
    return { text, entities: sorted([...resolved, ...findEntities(text, resolved)]) }
  } catch (error) {
    if (error instanceof FormatError) throw badRequest(lowerFirst(error.message))
    throw error
  }
}

function parse(source: string, mode: string, given: unknown): FormattedText {
  switch (mode.toLowerCase()) {
    case '':
    case 'none':
      return { text: source, entities: readEntities(source, given) }
    case 'html':
      return parsedBy(parseHtml, source)
    case 'markdownv2':
      return parsedBy(parseMarkdownV2, source)
    case 'markdown':
      return parsedBy(parseMarkdown, source)
    default:
      throw badRequest('unsupported parse_mode')
  }
}

function parsedBy(parser: (source: string) => FormattedText, source: string): FormattedText {
  try {
    return parser(source)
  } catch (error) {
    if (error instanceof FormatError) throw badRequest(`can't parse entities: ${error.message}`)
    throw error
  }
}

/** A link to tg://user?id=… is a mention of that person, if the sandbox knows them. */
function resolveMentions(state: State, entities: MessageEntity[]): MessageEntity[] {
  return entities.flatMap((entity): MessageEntity[] => {
    if (entity.type !== 'text_link') return [entity]
    const id = /^tg:\/\/user\?id=(\d+)$/.exec(entity.url)?.[1]
    if (id === undefined) return [entity]
    const account = state.data.accounts.get(Number(id))
    const { offset, length } = entity
    return account ? [{ type: 'text_mention', offset, length, user: renderUser(account) }] : []
  })
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
