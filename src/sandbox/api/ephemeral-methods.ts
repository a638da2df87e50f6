import { badRequest } from '../errors.ts'
import type { Message } from '../model.ts'
import { ephemeralKey } from '../world/ephemerals.ts'
import { erase } from '../world/posting.ts'
import { chatFor } from './access.ts'
import type { Call, Handlers } from './call.ts'
import { editCaption, editMarkup, editMedia, editText } from './edit-methods.ts'

export const ephemeralMethods: Handlers = {
  editEphemeralMessageText: (call) => answered(editText(call, ephemeral(call))),
  editEphemeralMessageCaption: (call) => answered(editCaption(call, ephemeral(call))),
  editEphemeralMessageMedia: (call) => answered(editMedia(call, ephemeral(call))),
  editEphemeralMessageReplyMarkup: (call) => answered(editMarkup(call, ephemeral(call))),

  deleteEphemeralMessage(call) {
    const message = ephemeral(call)
    message.chat.ephemerals.delete(ephemeralKey(call.params.integer('receiver_user_id'), message.ephemeral?.id ?? 0))
    erase(call.state, message)
    return true
  },
}

/** These methods say only that it went well: whether the person got it is not known. */
function answered(_message: object): true {
  return true
}

function ephemeral(call: Call): Message {
  const chat = chatFor(call, 'write')
  const { params } = call
  const key = ephemeralKey(params.integer('receiver_user_id'), params.integer('ephemeral_message_id'))
  const message = chat.ephemerals.get(key)
  if (!message || message.from.id !== call.bot.account.id) throw badRequest('message to edit not found')
  return message
}
