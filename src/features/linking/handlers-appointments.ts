import { numberIn } from '../../telegram/button-data.ts'
import type { Feature } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { appointPerson } from './appoint-person.ts'
import { createAppointmentCode } from './create-appointment-code.ts'
import { endAppointment } from './end-appointment.ts'
import { findAppointees, viewAppointee } from './find-appointees.ts'
import { listAppointments } from './list-appointments.ts'
import type { LinkingParts } from './parts.ts'
import { type AppointedRole, asAppointedRole } from './roles.ts'
import {
  appointmentCodeMessage,
  appointmentsMessage,
  appointQuestion,
  appointWays,
  dismissQuestion,
} from './screens-appointments.ts'

/** A search that finds more is to be worded more closely. */
const shownAtOnce = 20

/** Appointing officers and operators, and ending an appointment. */
export function appointmentHandlers(parts: LinkingParts): Pick<Feature, 'commands' | 'buttons' | 'forms'> {
  const show = async (turn: Turn) => {
    if (turn.args !== '') return findAppointee(turn, 'officer', turn.args)
    const listed = await listAppointments(turn.context)
    if (!listed.ok) return turn.refuse(listed.problem)
    await turn.reply(appointmentsMessage(turn.texts, listed.value))
  }

  const giveCode = async (turn: Turn, role: AppointedRole) => {
    const created = await createAppointmentCode(turn.context, { role })
    if (!created.ok) return turn.refuse(created.problem)
    const { username } = parts.bot
    await turn.reply(appointmentCodeMessage(turn.texts, { username, role, code: created.value.code }))
    await turn.reply({ text: turn.texts('linking:appoint.codeHow') })
  }

  const appoint = async (turn: Turn, role: AppointedRole, personId: number) => {
    const appointed = await appointPerson(turn.context, { personId, role })
    if (!appointed.ok) return turn.refuse(appointed.problem)
    const name = appointed.value.fullName
    await turn.edit({ text: turn.texts('linking:appoint.done', { name, role: turn.texts(`linking:roles.${role}`) }) })
    await parts.publishCommands(appointed.value.accountId)
  }

  const dismiss = async (turn: Turn) => {
    const ended = await endAppointment(turn.context, { appointmentId: numberIn(turn.args) })
    if (!ended.ok) return turn.refuse(ended.problem)
    await turn.edit({ text: turn.texts('linking:appoint.dismissedDone', { name: ended.value.accountName }) })
    await parts.publishCommands(ended.value.accountId)
  }

  return {
    commands: [
      {
        name: 'bonhiem',
        chats: ['private'],
        audience: 'ward.appoint',
        label: 'linking:labels.appoint',
        handle: show,
      },
    ],
    buttons: {
      lappoint: { handle: withRole((turn, role) => turn.reply(appointWays(turn.texts, role))) },
      lappointcode: { handle: withRole(giveCode) },
      lappointname: {
        handle: withRole((turn, role) =>
          turn.ask('lappointee', { role }, { text: turn.texts('linking:appoint.askName') }),
        ),
      },
      lappointpick: { handle: withRole(askAppointee) },
      lappointyes: { handle: withRole(appoint) },
      ldismissals: { handle: pickDismissal },
      ldismiss: { handle: askDismissal },
      ldismissyes: { handle: dismiss },
    },
    forms: {
      lappointee: {
        handle: (turn, data) =>
          findAppointee(turn, asAppointedRole(String(data.role)) ?? 'officer', turn.message?.text ?? ''),
      },
    },
  }
}

/** `turn.args` is `<role>` or `<role>:<person>`. A forged role is an old button. */
function withRole(handle: (turn: Turn, role: AppointedRole, personId: number) => Promise<void>) {
  return async (turn: Turn) => {
    const [word, personId = ''] = turn.args.split(':')
    const role = asAppointedRole(word)
    if (role === null) return turn.notify(turn.texts('telegram:oldButton'), true)
    await handle(turn, role, numberIn(personId))
  }
}

/** Looks among the linked members of the ward; the form stays open until somebody is found. */
async function findAppointee(turn: Turn, role: AppointedRole, query: string): Promise<void> {
  const found = await findAppointees(turn.context, query)
  if (!found.ok) return turn.refuse(found.problem)
  await showPickList(turn, {
    title: turn.texts(`linking:appoint.${role}Title`),
    items: found.value.slice(0, shownAtOnce).map(({ id, fullName, branchName }) => ({
      label: `${fullName} – ${branchName}`,
      data: `lappointpick:${role}:${id}`,
    })),
    ...(found.value.length > shownAtOnce ? { intro: turn.texts('linking:people.tooMany') } : {}),
  })
}

async function askAppointee(turn: Turn, role: AppointedRole, personId: number): Promise<void> {
  const viewed = await viewAppointee(turn.context, { personId })
  if (!viewed.ok) return turn.refuse(viewed.problem)
  await turn.reply(appointQuestion(turn.texts, { role, personId, name: viewed.value.fullName }))
}

async function pickDismissal(turn: Turn): Promise<void> {
  const listed = await listAppointments(turn.context)
  if (!listed.ok) return turn.refuse(listed.problem)
  await showPickList(turn, {
    title: turn.texts('linking:appoint.dismissTitle'),
    items: listed.value.map(({ id, role, name }) => ({
      label: `${name} – ${turn.texts(`linking:roles.${role}`)}`,
      data: `ldismiss:${id}`,
    })),
  })
}

async function askDismissal(turn: Turn): Promise<void> {
  const listed = await listAppointments(turn.context)
  if (!listed.ok) return turn.refuse(listed.problem)
  const appointment = listed.value.find(({ id }) => id === numberIn(turn.args))
  if (!appointment) return turn.refuse({ code: 'linking.noAppointment' })
  await turn.reply(dismissQuestion(turn.texts, appointment))
}
