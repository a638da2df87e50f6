import { numberIn } from '../../telegram/button-data.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import type { Branch } from '../registry/index.ts'
import { mayMove } from './connect-group.ts'
import { branchesFor } from './own-branches.ts'

/** What is done with the branch that is picked: the word of its button, the right it needs, the question above the list. */
const purposes = {
  lgroup: { action: 'link.group', title: 'linking:group.pickBranch' },
  lconnect: { action: 'link.group', title: 'linking:group.pickBranch' },
  lbranch: { action: 'link.invite', title: 'linking:people.pickBranch' },
  lall: { action: 'link.invite', title: 'linking:people.pickBranch' },
} as const
export type BranchPurpose = keyof typeof purposes

/** The branches in which the speaker may do that. */
export function branchesForPurpose(turn: Turn, purpose: BranchPurpose): Promise<Branch[]> {
  return branchesFor(turn.context, purposes[purpose].action)
}

/** Whether the speaker may choose the ward itself too: for its leaders' group, where they keep its registry. */
export function mayPickWard(turn: Turn, purpose: BranchPurpose): boolean {
  return purposes[purpose].action === 'link.group' && mayMove(turn.context, turn.context.actor.wardId ?? 0)
}

/** Lets the speaker choose among the branches; the buttons of the pages are `lbranches:<purpose>:<page>`. */
export async function pickBranch(
  turn: Turn,
  purpose: BranchPurpose,
  branches: readonly Branch[],
  page = 0,
): Promise<void> {
  if (branches.length === 0) return turn.refuse({ code: 'linking.noBranches' })
  await showPickList(turn, {
    title: turn.texts(purposes[purpose].title),
    items: branches.map(({ id, name }) => ({ label: name, data: `${purpose}:${id}` })),
    page,
    pageData: (next) => `lbranches:${purpose}:${next}`,
    more: mayPickWard(turn, purpose)
      ? [[{ text: turn.texts('linking:group.leadersButton'), data: `${purpose}:ward` }]]
      : [],
  })
}

/** Turns to another page of the whole list. */
export async function turnBranchPage(turn: Turn): Promise<void> {
  const [word, page = ''] = turn.args.split(':')
  const purpose = asPurpose(word)
  if (purpose === null) return turn.notify(turn.texts('telegram:oldButton'), true)
  await pickBranch(turn, purpose, await branchesForPurpose(turn, purpose), Math.max(0, numberIn(page)))
}

function asPurpose(word: string | undefined): BranchPurpose | null {
  return word === 'lgroup' || word === 'lconnect' || word === 'lbranch' || word === 'lall' ? word : null
}
