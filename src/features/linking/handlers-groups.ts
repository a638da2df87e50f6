import { searchKey } from '../../domain/names.ts'
import { askBotAbilities } from '../../telegram/bot-abilities.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { Feature } from '../../telegram/feature.ts'
import type { Turn } from '../../telegram/turn.ts'
import type { Branch } from '../registry/index.ts'
import { askGroup, groupForm, receiveGroup } from './choose-group.ts'
import { findCodeIn } from './codes.ts'
import { connectByCode, connectHere } from './connect-here.ts'
import { createGroupCode } from './create-group-code.ts'
import { disconnectGroup } from './end-group-link.ts'
import { groupChatOf } from './find-links.ts'
import { checkCalmly } from './follow-members.ts'
import { groupTrust } from './group-trust.ts'
import { openCode } from './open-code.ts'
import type { LinkingParts } from './parts.ts'
import { branchesForPurpose, pickBranch, turnBranchPage } from './pick-branch.ts'
import {
  connectQuestion,
  disconnectQuestion,
  groupCodeMessage,
  invitationToConnect,
  statusMessage,
} from './screens-groups.ts'
import { strangersWarning } from './screens-strangers.ts'
import { viewStrangers } from './warn-of-strangers.ts'

/** Connecting a branch's group, seeing how it stands, and ending the connection. */
export function groupHandlers(parts: LinkingParts): Pick<Feature, 'commands' | 'buttons' | 'forms'> {
  const giveCode = async (turn: Turn, branchId: number) => {
    const created = await createGroupCode(turn.context, { branchId })
    if (!created.ok) return turn.refuse(created.problem)
    const { code, branch } = created.value
    const hasGroup = (await groupChatOf(turn.context.db, branchId)) !== null
    const { username } = parts.bot
    const view = { username, branchId: branch.id, branch: branch.name, code, hasGroup }
    await turn.reply(groupCodeMessage(turn.texts, view))
  }

  const connectPrivately = async (turn: Turn) => {
    const code = findCodeIn(turn.args)
    if (code !== null) return openCode(turn, code, parts)
    const branches = await branchesForPurpose(turn, 'lgroup')
    const meant = branchesMeant(branches, turn.args)
    const [only] = meant
    if (only && meant.length === 1) return giveCode(turn, only.id)
    await pickBranch(turn, 'lgroup', meant.length > 0 ? meant : branches)
  }

  const connectInGroup = async (turn: Turn) => {
    if (turn.args !== '') return connectByCode(turn, turn.args, parts)
    if (turn.chat.branch) {
      return turn.reply({ text: turn.texts('linking:group.already', { branch: turn.chat.branch.name }) })
    }
    const branches = await branchesForPurpose(turn, 'lconnect')
    const [only] = branches
    if (!only || branches.length > 1) return pickBranch(turn, 'lconnect', branches)
    await turn.reply(connectQuestion(turn.texts, { branchId: only.id, branch: only.name }))
  }

  const showStatus = async (turn: Turn) => {
    const { branch, id } = turn.chat
    if (!branch) return turn.reply(invitationToConnect(turn.texts))
    await checkCalmly(turn.context, parts.members, BigInt(id))
    const trust = await groupTrust(turn.context, branch.id)
    if (!trust) return turn.reply(invitationToConnect(turn.texts))
    const abilities = await askBotAbilities(turn.api, id, parts.bot.id)
    const status = statusMessage(turn.texts, { branch: branch.name, abilities, trust })
    if (abilities?.maySend === false) await turn.replyPrivately(status)
    else await turn.reply(status)
    // Names are for whoever can mend it, in private.
    const strangers = await viewStrangers(turn.context, parts.members, { branchId: branch.id })
    if (strangers.ok && strangers.value) await turn.replyPrivately(strangersWarning(turn.texts, strangers.value))
  }

  const askDisconnect = async (turn: Turn) => {
    if (!turn.chat.branch) return turn.refuse({ code: 'linking.notConnected' })
    await turn.reply(disconnectQuestion(turn.texts, turn.chat.branch.name))
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
        chats: ['private', 'branchGroup', 'group'],
        audience: 'link.group',
        label: 'linking:labels.connect',
        handle: (turn) => (turn.chat.kind === 'private' ? connectPrivately(turn) : connectInGroup(turn)),
      },
      {
        name: 'tinhtrang',
        chats: ['branchGroup', 'group'],
        audience: 'everyone',
        label: 'linking:labels.status',
        handle: showStatus,
      },
      {
        name: 'ngatketnoi',
        chats: ['branchGroup'],
        audience: 'link.group',
        label: 'linking:labels.disconnect',
        handle: askDisconnect,
      },
    ],
    buttons: {
      lpick: { handle: (turn) => askGroup(turn, numberIn(turn.args)) },
      lbranches: { handle: turnBranchPage },
      lgroup: { handle: (turn) => giveCode(turn, numberIn(turn.args)) },
      lconnect: { handle: (turn) => connectHere(turn, { branchId: numberIn(turn.args) }, parts) },
      lmove: { handle: (turn) => connectHere(turn, { branchId: numberIn(turn.args), move: true }, parts) },
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
