import { badRequest } from '../errors.ts'
import { randomInteger } from '../random.ts'
import type { Call, Handlers } from './call.ts'
import { deliver, prepare } from './sending.ts'

/** How many faces each die has. */
const DICE: Record<string, number> = { '🎲': 6, '🎯': 6, '🏀': 5, '⚽': 5, '🎳': 6, '🎰': 64 }

export const otherSendMethods: Handlers = {
  sendContact(call) {
    const { params } = call
    const outgoing = prepare(call, 'can_send_messages')
    const phone = params.text('phone_number')
    const firstName = params.text('first_name')
    if (phone === '') throw badRequest('phone number must be non-empty')
    if (firstName === '') throw badRequest('first name must be non-empty')
    const lastName = params.text('last_name')
    const vcard = params.text('vcard')
    return deliver(call, outgoing, {
      kind: 'contact',
      phone,
      firstName,
      ...(lastName ? { lastName } : {}),
      ...(vcard ? { vcard } : {}),
    })
  },

  sendLocation(call) {
    call.params.ignore('live_period', 'heading', 'proximity_alert_radius', 'horizontal_accuracy')
    return deliver(call, prepare(call, 'can_send_messages'), { kind: 'location', ...point(call) })
  },

  sendVenue(call) {
    const { params } = call
    const outgoing = prepare(call, 'can_send_messages')
    const title = params.text('title')
    const address = params.text('address')
    if (title === '' || address === '') throw badRequest('title and address must be non-empty')
    return deliver(call, outgoing, { kind: 'location', ...point(call), title, address })
  },

  sendDice(call) {
    const outgoing = prepare(call, 'can_send_other_messages')
    const emoji = call.params.text('emoji') || '🎲'
    const faces = DICE[emoji]
    if (faces === undefined) throw badRequest('the emoji is not allowed for dice')
    return deliver(call, outgoing, { kind: 'dice', emoji, value: randomInteger(call.state.data.random, 1, faces) })
  },
}

function point({ params }: Call): { latitude: number; longitude: number } {
  if (!params.has('latitude')) throw badRequest('latitude is empty')
  if (!params.has('longitude')) throw badRequest('longitude is empty')
  const latitude = params.float('latitude')
  const longitude = params.float('longitude')
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) throw badRequest('invalid location specified')
  return { latitude, longitude }
}
