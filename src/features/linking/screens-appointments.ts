import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { showCode } from './codes.ts'
import { startLinkUrl } from './links.ts'
import { type AppointedRole, appointedRoles, asAppointedRole } from './roles.ts'

export interface AppointmentView {
  id: number
  role: AppointedRole
  name: string
}

/** Who is appointed, with the ways to add somebody or to end an appointment. */
export function appointmentsMessage(texts: Texts, appointments: readonly AppointmentView[]): Message {
  const listed = appointedRoles.map((role) => {
    const names = appointments.filter((one) => one.role === role).map(({ name }) => name)
    const none = texts('linking:appoint.none')
    return texts('linking:appoint.line', { role: texts(`linking:roles.${role}`), names: names.join(', ') || none })
  })
  return {
    ...titled(texts('linking:appoint.title'), '', ...listed, '', texts('linking:appoint.hint')),
    buttons: [
      [{ text: texts('linking:appoint.addOfficer'), data: 'lappoint:officer' }],
      [{ text: texts('linking:appoint.addOperator'), data: 'lappoint:operator' }],
      [{ text: texts('linking:appoint.end'), data: 'ldismissals' }],
    ],
  }
}

/** How the new one is found. */
export function appointWays(texts: Texts, role: AppointedRole): Message {
  return {
    ...titled(texts(`linking:appoint.${role}Title`), '', texts('linking:appoint.ways')),
    buttons: [
      [{ text: texts('linking:appoint.byCode'), data: `lappointcode:${role}` }],
      [{ text: texts('linking:appoint.byName'), data: `lappointname:${role}` }],
    ],
  }
}

export function appointQuestion(
  texts: Texts,
  { role, personId, name }: { role: AppointedRole; personId: number; name: string },
): Message {
  return {
    text: texts('linking:appoint.question', { name, role: texts(`linking:roles.${role}`) }),
    buttons: [
      [{ text: texts('linking:appoint.yes'), data: `lappointyes:${role}:${personId}` }],
      [{ text: texts('common:cancel'), data: 'cancel' }],
    ],
  }
}

/** The code of an appointment, ready to be forwarded. */
export function appointmentCodeMessage(
  texts: Texts,
  { username, role, code }: { username: string; role: AppointedRole; code: string },
): Message {
  return titled(
    texts(`linking:appoint.${role}CodeTitle`),
    '',
    texts('linking:appoint.codeBody'),
    startLinkUrl(username, 'a', code),
    '',
    texts('linking:appoint.codeTyped', { username, code: showCode(code) }),
  )
}

/** To the one who was appointed by name. */
export function appointedMessage(texts: Texts, { role, ward }: { role: AppointedRole; ward: string }): Message {
  return {
    text: texts('linking:appoint.appointed', { role: texts(`linking:roles.${role}`), ward }),
    buttons: [[{ text: texts('telegram:openMenu'), data: 'menu:menu' }]],
  }
}

/** To the officers: somebody used an appointment's code. */
export function appointedNote(texts: Texts, { role, name }: { role: AppointedRole; name: string }): Message {
  return { text: texts('linking:appoint.note', { name, role: texts(`linking:roles.${role}`) }) }
}

/** To officers and leaders: whom an officer has appointed. */
export function appointedByNameNote(texts: Texts, { role, name }: { role: AppointedRole; name: string }): Message {
  return { text: texts('linking:appoint.byNameNote', { name, role: texts(`linking:roles.${role}`) }) }
}

export function dismissQuestion(texts: Texts, { id, role, name }: AppointmentView): Message {
  return {
    text: texts('linking:appoint.dismissQuestion', { name, role: texts(`linking:roles.${role}`) }),
    buttons: [
      [{ text: texts('linking:appoint.dismissYes'), data: `ldismissyes:${id}` }],
      [{ text: texts('common:cancel'), data: 'cancel' }],
    ],
  }
}

/** To the one whose appointment has ended. */
export function dismissedMessage(texts: Texts, role: string): Message {
  const known = asAppointedRole(role)
  return { text: texts('linking:appoint.dismissed', { role: known ? texts(`linking:roles.${known}`) : role }) }
}

/** To the officers: whose appointment has ended. */
export function appointmentEndedNote(texts: Texts, { role, name }: { role: string; name: string }): Message {
  const known = asAppointedRole(role)
  return { text: texts('linking:appoint.ended', { name, role: known ? texts(`linking:roles.${known}`) : role }) }
}

/** To every officer: a code for one more was made on the server. */
export function recoveryNote(texts: Texts): Message {
  return { text: texts('linking:appoint.recoveryNote') }
}
