import { searchKey } from '../../domain/names.ts'
import { askBotAbilities } from '../../telegram/bot-abilities.ts'
import type { Feature } from '../../telegram/feature.ts'
import type { Turn } from '../../telegram/turn.ts'
import type { Branch } from '../registry/index.ts'
import { askGroup, groupForm, receiveGroup } from './choose-group.ts'
import { findCodeIn } from './codes.ts'
import { connectByCode, connectHere } from './connect-here.ts'
import { createGroupCode } from './create-group-code.ts'
import { disconnectGroup } from './end-group-link.ts'
import { chatOfPlace } from './find-links.ts'
import { checkCalmly } from './follow-members.ts'
import { trustInGroup } from './group-trust.ts'
import { openCode } from './open-code.ts'
import type { LinkingParts } from './parts.ts'
import { branchesForPurpose, mayPickWard, pickBranch, turnBranchPage } from './pick-branch.ts'
import { type PlaceKey, placeOfChat, readKey } from './places.ts'
import {
  connectQuestion,
  disconnectQuestion,
  groupCodeMessage,
  groupName,
  invitationToConnect,
  statusMessage,
} from './screens-groups.ts'
import { strangersWarning } from './screens-strangers.ts'
import { viewStrangers } from './warn-of-strangers.ts'

/** Connecting a branch's group or that of the ward's leaders, seeing how it stands, and ending the connection. */
export function groupHandlers(parts: LinkingParts): Pick<Feature, 'commands' | 'buttons' | 'forms'> {
  const giveCode = async (turn: Turn, key: PlaceKey) => {
    const created = await createGroupCode(turn.context, key)
    if (!created.ok) return turn.refuse(created.problem)
    const { code, place } = created.value
    const hasGroup = (await chatOfPlace(turn.context.db, place)) !== null
    const view = { username: parts.bot.username, place, code, hasGroup }
    await turn.reply(groupCodeMessage(turn.texts, view))
  }

  const connectPrivately = async (turn: Turn) => {
    const code = findCodeIn(turn.args)
    if (code !== null) return openCode(turn, code, parts)
    const branches = await branchesForPurpose(turn, 'lgroup')
    const meant = branchesMeant(branches, turn.args)
    const [only] = meant
    const isMeant = meant.length === 1 && (turn.args !== '' || !mayPickWard(turn, 'lgroup'))
    if (only && isMeant) return giveCode(turn, { branchId: only.id })
    await pickBranch(turn, 'lgroup', meant.length > 0 ? meant : branches)
  }

  const connectInGroup = async (turn: Turn) => {
    if (turn.args !== '') return connectByCode(turn, turn.args, parts)
    const place = placeOfChat(turn.chat)
    if (place) return turn.tell(turn.texts('linking:group.already', { branch: groupName(turn.texts, place) }))
    const branches = await branchesForPurpose(turn, 'lconnect')
    const [only] = branches
    if (!only || branches.length > 1 || mayPickWard(turn, 'lconnect')) return pickBranch(turn, 'lconnect', branches)
    await turn.reply(connectQuestion(turn.texts, { branchId: only.id, branch: only.name }))
  }

  const showStatus = async (turn: Turn) => {
    const { id } = turn.chat
    const place = placeOfChat(turn.chat)
    if (!place) return turn.reply(invitationToConnect(turn.texts))
    await checkCalmly(turn.context, parts.members, BigInt(id))
    const trust = await trustInGroup(turn.context, BigInt(id))
    if (!trust) return turn.reply(invitationToConnect(turn.texts))
    const abilities = await askBotAbilities(turn.api, id, parts.bot.id)
    const status = statusMessage(turn.texts, { place, abilities, trust })
    if (abilities?.maySend === false) await turn.replyPrivately(status)
    else await turn.reply(status)
    // Names are for whoever can mend it, in private.
    const strangers = await viewStrangers(turn.context, parts.members, { ...place, chatId: BigInt(id) })
    if (strangers.ok && strangers.value) await turn.replyPrivately(strangersWarning(turn.texts, strangers.value))
  }

  const askDisconnect = async (turn: Turn) => {
    const place = placeOfChat(turn.chat)
    if (!place) return turn.refuse({ code: 'linking.notConnected' })
    await turn.reply(disconnectQuestion(turn.texts, place))
  }

  const disconnect = async (turn: Turn) => {
    const ended = await disconnectGroup(turn.context, { chatId: BigInt(turn.chat.id) })
    if (!ended.ok) return turn.refuse(ended.problem)
    await turn.edit({ text: turn.texts('linking:group.disconnected', ended.value) })
  }

  return {
    commands: [
      {
        name: 'ketnoi',
        chats: ['private', 'branchGroup', 'wardGroup', 'group'],
        audience: 'link.group',
        label: 'linking:labels.connect',
        handle: (turn) => (turn.chat.kind === 'private' ? connectPrivately(turn) : connectInGroup(turn)),
      },
      {
        name: 'tinhtrang',
        chats: ['branchGroup', 'wardGroup', 'group'],
        audience: 'everyone',
        label: 'linking:labels.status',
        handle: showStatus,
      },
      {
        name: 'ngatketnoi',
        chats: ['branchGroup', 'wardGroup'],
        audience: 'link.group',
        label: 'linking:labels.disconnect',
        handle: askDisconnect,
      },
    ],
    buttons: {
      lpick: { handle: (turn) => askGroup(turn, turn.args) },
      lbranches: { handle: turnBranchPage },
      lgroup: { handle: (turn) => giveCode(turn, readKey(turn.context, turn.args)) },
      lconnect: { handle: (turn) => connectHere(turn, readKey(turn.context, turn.args), parts) },
      lmove: { handle: (turn) => connectHere(turn, { ...readKey(turn.context, turn.args), move: true }, parts) },
      ldisconnect: { handle: disconnect },
    },
    forms: { [groupForm]: { handle: (turn, data) => receiveGroup(turn, data, parts) } },
  }
}

/** The branches whose name or code holds the typed words ("số 4" before "số 14"). */
function branchesMeant(branches: readonly Branch[], typed: string): Branch[] {
  const key = searchKey(typed)
  if (key === '') return [...branches]
  const exact = branches.filter(
    ({ name, code }) => ` ${searchKey(name)}`.endsWith(` ${key}`) || searchKey(code) === key,
  )
  return exact.length > 0 ? exact : branches.filter(({ name }) => searchKey(name).includes(key))
}
