import { badRequest } from '../errors.ts'
import { chatFor } from './access.ts'
import type { Handlers } from './call.ts'
import { formatted } from './formatting.ts'
import { isObject } from './params.ts'
import { deliver, needPermission, prepare } from './sending.ts'

const LONGEST_TEXT = 4096

/** Refuses empty and over-long text; the limit counts characters, not UTF-16 units. */
export function checkText(source: string, text: string): void {
  if (source === '') throw badRequest('message text is empty')
  if (text === '') throw badRequest('text must be non-empty')
  if (text.length > LONGEST_TEXT && [...text].length > LONGEST_TEXT) throw badRequest('message is too long')
}

export const textMethods: Handlers = {
  sendMessage(call) {
    const { params } = call
    const outgoing = prepare(call, 'can_send_messages')
    const { text, entities } = formatted(call, 'text', 'entities')
    checkText(params.text('text'), text)
    params.ignore('disable_web_page_preview')
    const preview = params.json('link_preview_options', 'link preview options')
    return deliver(call, outgoing, {
      kind: 'text',
      text,
      entities,
      ...(isObject(preview) ? { linkPreview: preview } : {}),
    })
  },

  sendChatAction(call) {
    // Nobody sees it: people's apps would show it for five seconds.
    needPermission(call, chatFor(call, 'write'), 'can_send_messages')
    call.params.ignore('business_connection_id', 'message_thread_id')
    if (!call.params.has('action')) throw badRequest('wrong parameter action in request')
    return true
  },
}
