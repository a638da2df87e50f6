import { formatDateTime } from '../../domain/formats.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { consentVersion } from './consent.ts'

/** The notice on personal data, with the button that accepts it. It shows nothing of the register. */
export function consentMessage(texts: Texts, acceptData: string | null): Message {
  const notice = titled(
    texts('linking:consent.title'),
    '',
    texts('linking:consent.purpose'),
    '',
    texts('linking:consent.stored'),
    '',
    texts('linking:consent.readers'),
    '',
    texts('linking:consent.abroad'),
    '',
    texts('linking:consent.register'),
    '',
    texts('linking:consent.rights'),
    '',
    texts('linking:consent.version', { version: consentVersion }),
  )
  if (acceptData === null) return notice
  return {
    ...notice,
    buttons: [
      [{ text: texts('linking:consent.accept'), data: acceptData }],
      [{ text: texts('linking:consent.decline'), data: 'ldecline' }],
    ],
  }
}

export interface OwnData {
  accountName: string
  person: { fullName: string; branchName: string | null } | null
  appointments: { role: 'officer' | 'operator'; wardName: string }[]
  consent: { version: string; at: Date } | null
}

/** What is held about the account, in short. */
export function ownDataMessage(texts: Texts, own: OwnData): Message {
  const { person, consent } = own
  return {
    ...titled(
      texts('linking:own.title'),
      '',
      texts('linking:own.account', { account: own.accountName }),
      person && texts('linking:own.person', { name: person.fullName, branch: person.branchName ?? '–' }),
      ...own.appointments.map(({ role, wardName }) =>
        texts('linking:own.appointment', { role: texts(`linking:roles.${role}`), ward: wardName }),
      ),
      consent && texts('linking:own.consent', { version: consent.version, at: formatDateTime(consent.at) }),
      '',
      texts('linking:own.kept'),
    ),
    buttons: [
      [{ text: texts('linking:own.file'), data: 'pfile' }],
      ...(person
        ? [
            [{ text: texts('linking:own.correct'), data: 'pask:correction' }],
            [{ text: texts('linking:own.erase'), data: 'pask:erasure' }],
          ]
        : []),
      [{ text: texts('linking:own.readNotice'), data: 'consent:read' }],
      [{ text: texts('linking:own.withdraw'), data: 'lwithdraw' }],
    ],
  }
}

export function withdrawQuestion(texts: Texts): Message {
  return {
    text: texts('linking:own.withdrawQuestion'),
    buttons: [
      [{ text: texts('linking:own.withdrawYes'), data: 'lwithdraw:yes' }],
      [{ text: texts('common:cancel'), data: 'cancel' }],
    ],
  }
}
