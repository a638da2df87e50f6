import type { Feature } from '../../telegram/feature.ts'
import type { Turn } from '../../telegram/turn.ts'
import { acceptAppointment } from './accept-appointment.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { birthYearNeeded, yearIn } from './birth-year.ts'
import { findCodeIn } from './codes.ts'
import { type FoundCode, findCode } from './find-code.ts'
import { noteNewcomer } from './follow-members.ts'
import { foundWard } from './found-ward.ts'
import { openCode, sayUsedHere } from './open-code.ts'
import type { LinkingParts } from './parts.ts'
import { appointedMessage } from './screens-appointments.ts'
import { wardFoundedMessage, welcomeMessage } from './screens-welcome.ts'

/** Codes of every kind: how they arrive, the notice they bring up, what accepting it does. */
export function codeHandlers(parts: LinkingParts): Pick<Feature, 'starts' | 'text' | 'buttons' | 'forms'> {
  const open = (turn: Turn) => openCode(turn, turn.args, parts)

  const accept = async (turn: Turn) => {
    if (turn.chat.kind === 'group') return turn.refuse({ code: 'linking.personalCodeInGroup' })
    const found = await findCode(turn.context, turn.args)
    if (!found.ok) return turn.refuse(found.problem)
    switch (found.value.kind) {
      case 'person':
        return found.value.usedHere ? sayUsedHere(turn) : openInvitation(turn, found.value)
      case 'officer':
      case 'operator':
        return acceptRole(turn)
      case 'start':
        return askWardName(turn, found.value)
      case 'group':
        return turn.refuse({ code: 'linking.groupCodeInPrivate' })
    }
  }

  const openInvitation = async (turn: Turn, { id: codeId, personId }: FoundCode) => {
    const needed = await birthYearNeeded(turn.context, personId)
    if (!needed) return acceptPerson(turn, { codeId, birthYear: null })
    await turn.clearButtons()
    await turn.ask('lbirth', { codeId }, { text: turn.texts('linking:people.askBirthYear') })
  }

  const answerBirthYear = async (turn: Turn, data: Record<string, unknown>) => {
    const text = turn.message?.text ?? ''
    // The code typed once more is no year.
    if (findCodeIn(text) !== null) return false
    const birthYear = yearIn(text)
    if (birthYear === null) return turn.refuse({ code: 'linking.birthYearUnreadable' })
    await acceptPerson(turn, { codeId: Number(data.codeId), birthYear })
  }

  const acceptPerson = async (turn: Turn, given: { codeId: number; birthYear: number | null }) => {
    const { accountName, accountId } = turn.speaker
    const accepted = await acceptInvitation(turn.context, { ...given, accountName })
    if (!accepted.ok) {
      // A mistyped year may be typed again; whatever else it is, the question is over.
      if (accepted.problem.code !== 'linking.birthYearWrong') await turn.closeForm()
      return turn.refuse(accepted.problem)
    }
    await turn.closeForm()
    await turn.clearButtons()
    await turn.reply(welcomeMessage(turn.texts, accepted.value))
    await parts.publishCommands(accountId)
    await noteNewcomer(turn.context, parts.members, { personId: accepted.value.personId, accountId })
  }

  const acceptRole = async (turn: Turn) => {
    const { accountName, accountId } = turn.speaker
    const accepted = await acceptAppointment(turn.context, { code: turn.args, accountName })
    if (!accepted.ok) return turn.refuse(accepted.problem)
    await turn.clearButtons()
    await turn.reply(appointedMessage(turn.texts, { role: accepted.value.role, ward: accepted.value.wardName }))
    await parts.publishCommands(accountId)
  }

  const askWardName = async (turn: Turn, { id, usedHere }: { id: number; usedHere: boolean }) => {
    if (usedHere) return sayUsedHere(turn)
    await turn.clearButtons()
    await turn.ask('lwardname', { codeId: id }, { text: turn.texts('linking:ward.askName') })
  }

  const nameWard = async (turn: Turn, data: Record<string, unknown>) => {
    const name = turn.message?.text ?? ''
    // The code typed once more is no name.
    if (findCodeIn(name) !== null) return false
    const { accountName, accountId } = turn.speaker
    const founded = await foundWard(turn.context, { codeId: Number(data.codeId), name, accountName })
    if (!founded.ok) return turn.refuse(founded.problem)
    await turn.reply(wardFoundedMessage(turn.texts, founded.value.wardName))
    await turn.closeForm()
    await parts.publishCommands(accountId)
  }

  const decline = async (turn: Turn) => turn.edit({ text: turn.texts('linking:consent.declined') })

  return {
    starts: { s: open, p: open, a: open, g: open },
    text: async (turn, text) => {
      const code = findCodeIn(text)
      if (code === null) return false
      await openCode(turn, code, parts)
      return true
    },
    buttons: { lc: { open: true, handle: accept }, ldecline: { open: true, handle: decline } },
    forms: {
      lwardname: { open: true, handle: nameWard },
      lbirth: { open: true, handle: answerBirthYear },
    },
  }
}
