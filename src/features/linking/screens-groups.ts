import { lines, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { BotAbilities } from '../../telegram/bot-abilities.ts'
import { showCode } from './codes.ts'
import type { GroupTrust } from './group-trust.ts'
import { groupLinkUrl } from './links.ts'
import { type Place, writeKey } from './places.ts'

/** In the group that has just been connected: what it is now, and what members do next. */
export function connectedMessage(texts: Texts, place: Place): Message {
  return titled(
    texts('linking:group.connectedTitle', { branch: groupName(texts, place) }),
    '',
    texts(`linking:group.connectedBody.${kindOf(place)}`),
  )
}

/** To the branch's secretary, or the keepers of the ward's registry, in private. */
export function connectedNote(texts: Texts, place: Place, title: string): Message {
  return {
    text: texts(`linking:group.connectedNote.${kindOf(place)}`, { branch: groupName(texts, place), title }),
    buttons: [[{ text: texts('linking:people.inviteButton'), data: 'menu:moi' }]],
  }
}

/** In a group that its branch, or the ward, has left for another one. */
export function movedAwayMessage(texts: Texts, place: Place): Message {
  return { text: texts('linking:group.movedAway', { branch: groupName(texts, place) }) }
}

export function groupEndedAlert(
  texts: Texts,
  place: Place,
  { title, reason }: { title: string; reason: 'disconnected' | 'botRemoved' | 'chatLost' },
): Message {
  return {
    ...titled(
      texts('linking:group.endedTitle', { branch: groupName(texts, place) }),
      '',
      texts(`linking:group.endedWhy.${reason}`, { title }),
      texts(`linking:group.endedRemedy.${kindOf(place)}`),
    ),
    buttons: [[{ text: texts('linking:group.connectAgain'), data: `lgroup:${writeKey(place)}` }]],
  }
}

/** Whose group it is, as it stands after "nhóm của": the branch, or the leaders of the ward. */
export function groupName(texts: Texts, { branchId, name }: Pick<Place, 'branchId' | 'name'>): string {
  return branchId === null ? texts('linking:group.leadersOf', { ward: name }) : name
}

function kindOf({ branchId }: Place): 'branch' | 'ward' {
  return branchId === null ? 'ward' : 'branch'
}

/** To those who answer for the group: the bot lost its rights in the group, what that means, and how they come back. */
export function demotedAlert(texts: Texts, place: Place): Message {
  return {
    text: lines(
      texts('linking:group.demoted', { branch: groupName(texts, place) }),
      texts('linking:group.statusAdmin.no'),
      texts('linking:group.statusAdminHow'),
    ),
  }
}

/** In a group that stands for nothing: how it is connected. */
export function invitationToConnect(texts: Texts): Message {
  return {
    ...titled(texts('linking:group.helloTitle'), '', texts('linking:group.helloBody')),
    buttons: [[{ text: texts('linking:group.connectHere'), data: 'menu:ketnoi' }]],
  }
}

/** In private: a group's code, and the link that brings the bot into a group with it. */
export function groupCodeMessage(
  texts: Texts,
  view: { username: string; place: Place; code: string; hasGroup: boolean },
): Message {
  return {
    ...titled(
      texts('linking:group.codeTitle', { branch: groupName(texts, view.place) }),
      '',
      texts(`linking:group.codeHow.${kindOf(view.place)}`),
      texts('linking:group.codeTyped', { code: showCode(view.code) }),
      '',
      texts('linking:group.codeLasts'),
      view.hasGroup && texts(`linking:group.codeMoves.${kindOf(view.place)}`),
    ),
    buttons: [
      [{ text: texts('linking:group.chooseGroup'), url: groupLinkUrl(view.username, view.code) }],
      [{ text: texts('linking:group.chooseAsAdmin'), data: `lpick:${writeKey(view.place)}` }],
    ],
  }
}

/** Asked of an officer in the group: the place has another group already. */
export function moveQuestion(texts: Texts, place: Place, problem: string): Message {
  return {
    text: `${problem}\n\n${texts(`linking:group.moveQuestion.${kindOf(place)}`)}`,
    buttons: [
      [{ text: texts('linking:group.moveYes'), data: `lmove:${writeKey(place)}` }],
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

export function disconnectQuestion(texts: Texts, place: Place): Message {
  return {
    text: texts('linking:group.disconnectQuestion', { branch: groupName(texts, place) }),
    buttons: [
      [{ text: texts('linking:group.disconnectYes'), data: 'ldisconnect' }],
      [{ text: texts('common:cancel'), data: 'cancel' }],
    ],
  }
}

export interface GroupStatus {
  place: Pick<Place, 'branchId' | 'name'>
  /** Empty where Telegram did not say. */
  abilities: BotAbilities | null
  trust: GroupTrust
}

/** Seen by everybody in the group: numbers, no names. */
export function statusMessage(texts: Texts, status: GroupStatus): Message {
  const { place, abilities, trust } = status
  const kind = place.branchId === null ? 'ward' : 'branch'
  const { linked, members, memberCount, missing } = trust
  const unknown = trust.strangers.length + trust.movedAway.length + trust.unseen
  const admin = abilities === null ? 'unknown' : abilities.isAdmin ? 'yes' : 'no'
  return titled(
    texts('linking:group.statusTitle', { branch: groupName(texts, place) }),
    '',
    texts(`linking:group.statusLinked.${kind}`, { linked, members }),
    memberCount !== null && texts('linking:group.statusCount', { count: memberCount - 1 }),
    trust.everyoneKnown && texts(`linking:group.statusAllKnown.${kind}`),
    unknown > 0 && texts(`linking:group.statusUnknown.${kind}`, { count: unknown }),
    missing.length > 0 && texts('linking:group.statusMissing', { count: missing.length }),
    '',
    ...(abilities ? [texts(`linking:group.statusSend.${abilities.maySend ? 'yes' : 'no'}`)] : []),
    abilities?.maySendFiles === false && texts('linking:group.statusFilesNo'),
    texts(`linking:group.statusAdmin.${admin}`),
    admin === 'no' && texts('linking:group.statusAdminHow'),
    '',
    texts(linked < members ? `linking:group.statusNextInvite.${kind}` : 'linking:group.statusNextNone'),
  )
}
