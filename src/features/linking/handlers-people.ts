import { dayAt } from '../../domain/dates.ts'
import { searchKey } from '../../domain/names.ts'
import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import type { Feature } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import type { Member } from '../registry/index.ts'
import { expiryOf } from './create-code.ts'
import { createInvitation } from './create-invitation.ts'
import { undoLink } from './end-account-link.ts'
import { sendInvitationList } from './invitation-list.ts'
import { findInvitees, listBranchLinks, viewMemberLink } from './list-links.ts'
import type { LinkingParts } from './parts.ts'
import { branchesForPurpose, pickBranch } from './pick-branch.ts'
import { invitationHow, invitationMessage, linkedPersonMessage, undoneMessage } from './screens-people.ts'

/** A search that finds more is to be worded more closely. */
const shownAtOnce = 20

/** Inviting members, seeing who is linked, and undoing a link. */
export function peopleHandlers(parts: LinkingParts): Pick<Feature, 'commands' | 'buttons'> {
  const invite = async (turn: Turn) => {
    const query = searchKey(turn.args)
    if (query === 'tat ca') return inBranch(turn, 'lall', (one) => sendInvitationList(one, parts))
    if (query !== '') return search(turn)
    await inBranch(turn, 'lbranch', showUnlinked)
  }

  const search = async (turn: Turn) => {
    const found = await findInvitees(turn.context, turn.args)
    const [only] = found
    if (!only) return turn.refuse({ code: 'linking.noSuchMember', params: { query: turn.args.slice(0, 60) } })
    if (found.length === 1) return showMember(turn.with(String(only.id)))
    await showPickList(turn, {
      title: turn.texts('linking:people.pickTitle', { query: turn.args.slice(0, 60) }),
      items: found.slice(0, shownAtOnce).map((one) => itemOf(one, 'lperson', true)),
      ...(found.length > shownAtOnce ? { intro: turn.texts('linking:people.tooMany') } : {}),
    })
  }

  const showMember = async (turn: Turn) => {
    const viewed = await viewMemberLink(turn.context, { personId: numberIn(turn.args) })
    if (!viewed.ok) return turn.refuse(viewed.problem)
    const { member, link, mayChange } = viewed.value
    if (!link) return sendInvitation(turn)
    const view = {
      linkId: link.id,
      personId: member.id,
      accountName: link.accountName,
      linkedOn: dayAt(link.linkedAt),
      mayChange,
    }
    await turn.reply(linkedPersonMessage(turn.texts, { ...view, fullName: member.fullName }))
  }

  const sendInvitation = async (turn: Turn) => {
    const created = await createInvitation(turn.context, { personId: numberIn(turn.args) })
    if (!created.ok) return turn.refuse(created.problem)
    const { code, member } = created.value
    const until = expiryOf('person', turn.context.now())
    const { fullName, branchName } = member
    await turn.reply(invitationMessage(turn.texts, { username: parts.bot.username, code, fullName, branchName, until }))
    await turn.reply(invitationHow(turn.texts, fullName))
  }

  const undo = async (turn: Turn) => {
    const undone = await undoLink(turn.context, { linkId: numberIn(turn.args) })
    if (!undone.ok) return turn.refuse(undone.problem)
    await turn.edit(undoneMessage(turn.texts, undone.value))
    await parts.publishCommands(undone.value.accountId)
  }

  return {
    commands: [
      {
        name: 'moi',
        chats: ['private'],
        audience: 'link.invite',
        label: 'linking:labels.invite',
        handle: invite,
      },
    ],
    buttons: {
      lbranch: { handle: showUnlinked },
      llinked: { handle: showLinked },
      lall: { handle: (turn) => sendInvitationList(turn, parts) },
      lperson: { handle: showMember },
      linvite: { handle: sendInvitation },
      lwrong: { handle: undo },
    },
  }
}

/** `turn.args` is `<branch>` or `<branch>:<page>`. */
async function showUnlinked(turn: Turn): Promise<void> {
  const [branchId, page = 0] = numbersIn(turn.args)
  const listed = await listBranchLinks(turn.context, { branchId: branchId ?? 0 })
  if (!listed.ok) return turn.refuse(listed.problem)
  const { branch, unlinked, linked } = listed.value
  const { texts } = turn
  const linkedRow = {
    text: texts('linking:people.linkedButton', { count: linked.length }),
    data: `llinked:${branch.id}`,
  }
  if (unlinked.length === 0) {
    const text = texts('linking:people.allLinked', { branch: branch.name })
    return linked.length > 0 ? turn.reply({ text, buttons: [[linkedRow]] }) : turn.tell(text)
  }
  await showPickList(turn, {
    title: texts('linking:people.unlinkedTitle', { branch: branch.name, count: unlinked.length }),
    items: unlinked.map((member) => itemOf(member, 'linvite')),
    page: Math.max(0, page),
    pageData: (next) => `lbranch:${branch.id}:${next}`,
    more: [
      [{ text: texts('linking:people.allButton'), data: `lall:${branch.id}` }],
      ...(linked.length > 0 ? [[linkedRow]] : []),
    ],
  })
}

async function showLinked(turn: Turn): Promise<void> {
  const [branchId, page = 0] = numbersIn(turn.args)
  const listed = await listBranchLinks(turn.context, { branchId: branchId ?? 0 })
  if (!listed.ok) return turn.refuse(listed.problem)
  const { branch, linked } = listed.value
  await showPickList(turn, {
    title: turn.texts('linking:people.linkedListTitle', { branch: branch.name, count: linked.length }),
    items: linked.map((member) => itemOf(member, 'lperson')),
    page: Math.max(0, page),
    pageData: (next) => `llinked:${branch.id}:${next}`,
  })
}

/** Goes on at once where the speaker leads one branch, else lets them choose. */
async function inBranch(turn: Turn, purpose: 'lbranch' | 'lall', goOn: (turn: Turn) => Promise<void>): Promise<void> {
  const branches = await branchesForPurpose(turn, purpose)
  const [only] = branches
  if (only && branches.length === 1) return goOn(turn.with(String(only.id)))
  await pickBranch(turn, purpose, branches)
}

function itemOf({ id, fullName, number, branchName }: Member, word: string, withBranch = false) {
  return { label: [fullName, number, ...(withBranch ? [branchName] : [])].join(' – '), data: `${word}:${id}` }
}
