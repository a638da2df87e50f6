import { lines, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { BotAbilities } from '../../telegram/bot-abilities.ts'
import { showCode } from './codes.ts'
import type { GroupTrust } from './group-trust.ts'
import { groupLinkUrl } from './links.ts'

/** In the group that has just been connected: what it is now, and what members do next. */
export function connectedMessage(texts: Texts, branch: string): Message {
  return titled(texts('linking:group.connectedTitle', { branch }), '', texts('linking:group.connectedBody'))
}

/** To the branch's secretary, in private. */
export function connectedNote(texts: Texts, { branch, title }: { branch: string; title: string }): Message {
  return {
    text: texts('linking:group.connectedNote', { branch, title }),
    buttons: [[{ text: texts('linking:people.inviteButton'), data: 'menu:moi' }]],
  }
}

/** In a group that its branch has left for another one. */
export function movedAwayMessage(texts: Texts, branch: string): Message {
  return { text: texts('linking:group.movedAway', { branch }) }
}

export function groupEndedAlert(
  texts: Texts,
  alert: { branchId: number; branch: string; title: string; reason: 'disconnected' | 'botRemoved' | 'chatLost' },
): Message {
  const { branch, title, reason } = alert
  return {
    ...titled(
      texts('linking:group.endedTitle', { branch }),
      '',
      texts(`linking:group.endedWhy.${reason}`, { title }),
      texts('linking:group.endedRemedy'),
    ),
    buttons: [[{ text: texts('linking:group.connectAgain'), data: `lgroup:${alert.branchId}` }]],
  }
}

/** To the branch's secretary: the bot lost its rights in the group, what that means, and how they come back. */
export function demotedAlert(texts: Texts, branch: string): Message {
  return {
    text: lines(
      texts('linking:group.demoted', { branch }),
      texts('linking:group.statusAdmin.no'),
      texts('linking:group.statusAdminHow'),
    ),
  }
}

/** In a group that stands for no branch: how it is connected. */
export function invitationToConnect(texts: Texts): Message {
  return {
    ...titled(texts('linking:group.helloTitle'), '', texts('linking:group.helloBody')),
    buttons: [[{ text: texts('linking:group.connectHere'), data: 'menu:ketnoi' }]],
  }
}

/** In private: a group's code, and the link that brings the bot into a group with it. */
export function groupCodeMessage(
  texts: Texts,
  view: { username: string; branchId: number; branch: string; code: string; hasGroup: boolean },
): Message {
  return {
    ...titled(
      texts('linking:group.codeTitle', { branch: view.branch }),
      '',
      texts('linking:group.codeHow'),
      texts('linking:group.codeTyped', { code: showCode(view.code) }),
      '',
      texts('linking:group.codeLasts'),
      view.hasGroup && texts('linking:group.codeMoves'),
    ),
    buttons: [
      [{ text: texts('linking:group.chooseGroup'), url: groupLinkUrl(view.username, view.code) }],
      [{ text: texts('linking:group.chooseAsAdmin'), data: `lpick:${view.branchId}` }],
    ],
  }
}

/** Asked of an officer in the group: the branch has another group already. */
export function moveQuestion(texts: Texts, { branchId, problem }: { branchId: number; problem: string }): Message {
  return {
    text: `${problem}\n\n${texts('linking:group.moveQuestion')}`,
    buttons: [
      [{ text: texts('linking:group.moveYes'), data: `lmove:${branchId}` }],
      [{ text: texts('common:cancel'), data: 'cancel' }],
    ],
  }
}

/** Asked of a secretary in the group: this very branch, one tap. */
export function connectQuestion(texts: Texts, { branchId, branch }: { branchId: number; branch: string }): Message {
  return {
    text: texts('linking:group.connectQuestion', { branch }),
    buttons: [
      [{ text: texts('linking:group.connectYes'), data: `lconnect:${branchId}` }],
      [{ text: texts('common:cancel'), data: 'cancel' }],
    ],
  }
}

export function disconnectQuestion(texts: Texts, branch: string): Message {
  return {
    text: texts('linking:group.disconnectQuestion', { branch }),
    buttons: [
      [{ text: texts('linking:group.disconnectYes'), data: 'ldisconnect' }],
      [{ text: texts('common:cancel'), data: 'cancel' }],
    ],
  }
}

export interface GroupStatus {
  branch: string
  /** Empty where Telegram did not say. */
  abilities: BotAbilities | null
  trust: GroupTrust
}

/** Seen by everybody in the group: numbers, no names. */
export function statusMessage(texts: Texts, status: GroupStatus): Message {
  const { branch, abilities, trust } = status
  const { linked, members, memberCount, missing } = trust
  const unknown = trust.strangers.length + trust.movedAway.length + trust.unseen
  const admin = abilities === null ? 'unknown' : abilities.isAdmin ? 'yes' : 'no'
  return titled(
    texts('linking:group.statusTitle', { branch }),
    '',
    texts('linking:group.statusLinked', { linked, members }),
    memberCount !== null && texts('linking:group.statusCount', { count: memberCount - 1 }),
    trust.everyoneKnown && texts('linking:group.statusAllKnown'),
    unknown > 0 && texts('linking:group.statusUnknown', { count: unknown }),
    missing.length > 0 && texts('linking:group.statusMissing', { count: missing.length }),
    '',
    ...(abilities ? [texts(`linking:group.statusSend.${abilities.maySend ? 'yes' : 'no'}`)] : []),
    abilities?.maySendFiles === false && texts('linking:group.statusFilesNo'),
    texts(`linking:group.statusAdmin.${admin}`),
    admin === 'no' && texts('linking:group.statusAdminHow'),
    '',
    texts(linked < members ? 'linking:group.statusNextInvite' : 'linking:group.statusNextNone'),
  )
}
