import { formatDate, formatDateTime } from '../../domain/formats.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { showCode } from './codes.ts'
import { startLinkUrl } from './links.ts'

export interface InvitationView {
  username: string
  code: string
  fullName: string
  branchName: string
  until: Date
}

/** The letter to a member, ready to be forwarded: it names the addressee and nothing else of the register. */
export function invitationMessage(texts: Texts, view: InvitationView): Message {
  return titled(
    texts('linking:people.letterTitle', { name: view.fullName }),
    '',
    texts('linking:people.letterBody', { branch: view.branchName }),
    startLinkUrl(view.username, 'p', view.code),
    '',
    texts('linking:people.letterCode', { username: view.username, code: showCode(view.code) }),
    texts('linking:people.letterLasts', { until: formatDateTime(view.until) }),
  )
}

/** Under the letter: what the secretary does with it. */
export function invitationHow(texts: Texts, fullName: string): Message {
  return {
    text: texts('linking:people.how', { name: fullName }),
    buttons: [[{ text: texts('linking:people.inviteAnother'), data: 'menu:moi' }]],
  }
}

/** To the secretary and to whoever made the invitation: who has been linked, under which name. */
export function linkedNote(
  texts: Texts,
  linked: { linkId: number; fullName: string; branchName: string | null; accountName: string },
): Message {
  return {
    ...titled(
      texts('linking:people.linkedTitle', { name: linked.fullName }),
      linked.branchName,
      texts('linking:people.linkedAccount', { account: linked.accountName }),
      '',
      texts('linking:people.linkedCheck'),
    ),
    buttons: [[{ text: texts('linking:people.wrongPerson'), data: `lwrong:${linked.linkId}` }]],
  }
}

/** To the branch's group, where everybody in it is known. */
export function linkedInGroup(texts: Texts, fullName: string): Message {
  return { text: texts('linking:people.linkedInGroup', { name: fullName }) }
}

/** To the officers: who can be reached no more in what the ward has given them to do. */
export function lostHolderNote(
  texts: Texts,
  { fullName, reason }: { fullName: string; reason: 'wrongPerson' | 'withdrawn' | 'replaced' },
): Message {
  return titled(texts('linking:people.lostHolder', { name: fullName }), texts(`linking:people.lostHolderWhy.${reason}`))
}

/** To those who watch over an invitation: somebody did not know the year of birth, three times. */
export function triesSpentNote(
  texts: Texts,
  { personId, fullName, accountName }: { personId: number; fullName: string; accountName: string },
): Message {
  return {
    text: texts('linking:people.triesSpent', { name: fullName, account: accountName }),
    buttons: [[{ text: texts('linking:people.inviteAgain'), data: `linvite:${personId}` }]],
  }
}

/** To those who can mend it: the bot cannot write to the person any more. */
export function unreachableAlert(
  texts: Texts,
  { personId, fullName, branch }: { personId: number; fullName: string; branch: string },
): Message {
  return {
    ...titled(
      texts('linking:people.unreachableTitle', { name: fullName }),
      branch,
      '',
      texts('linking:people.unreachableHow'),
    ),
    buttons: [[{ text: texts('linking:people.newPhone'), data: `linvite:${personId}` }]],
  }
}

/** In place of the note, once the link is undone. */
export function undoneMessage(texts: Texts, { fullName, personId }: { fullName: string; personId: number }): Message {
  return {
    text: texts('linking:people.undone', { name: fullName }),
    buttons: [[{ text: texts('linking:people.inviteAgain'), data: `linvite:${personId}` }]],
  }
}

/** To the account that was not the right person's. It learns nothing of whom it was taken for. */
export function unlinkedMessage(texts: Texts): Message {
  return { text: texts('linking:people.unlinked') }
}

/** To the old account after a new one was linked (a lost phone). */
export function replacedMessage(texts: Texts): Message {
  return { text: texts('linking:people.replaced') }
}

/** To the secretary: the member is to be served by hand from now on. */
export function withdrawnNote(texts: Texts, fullName: string): Message {
  return { text: texts('linking:people.withdrawnNote', { name: fullName }) }
}

/** A linked member, seen by whoever leads the branch. */
export function linkedPersonMessage(
  texts: Texts,
  view: {
    linkId: number
    personId: number
    fullName: string
    accountName: string
    linkedOn: Temporal.PlainDate
    mayChange: boolean
  },
): Message {
  return {
    ...titled(
      view.fullName,
      texts('linking:people.linkedAccount', { account: view.accountName }),
      texts('linking:people.linkedOn', { on: formatDate(view.linkedOn) }),
    ),
    buttons: view.mayChange
      ? [
          [{ text: texts('linking:people.newPhone'), data: `linvite:${view.personId}` }],
          [{ text: texts('linking:people.wrongPerson'), data: `lwrong:${view.linkId}` }],
        ]
      : [],
  }
}
