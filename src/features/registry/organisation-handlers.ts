import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { buttonNumbers } from './button-numbers.ts'
import { treeList } from './organisation-screens.ts'
import { listBranches } from './view-members.ts'
import { viewOrganisation } from './view-organisations.ts'

/** `/tochuc`: the ward and what hangs under it; to whoever has to do with some branches only, those. */
export async function showTree(turn: Turn): Promise<void> {
  const whole = await viewOrganisation(turn.context, { id: null })
  if (whole.ok) return showPickList(turn, treeList(turn.texts, whole.value, { page: 0, dissolved: false }))
  const branches = await listBranches(turn.context)
  if (!branches.ok) return turn.refuse(branches.problem)
  const [only, ...more] = branches.value
  if (only && more.length === 0) return showNode(turn.with(String(only.id)))
  await showPickList(turn, {
    title: turn.texts('registry:chooseBranch'),
    items: branches.value.map(({ id, name }) => ({ label: name, data: `rorg:${id}` })),
  })
}

/** Button `rorg:<node>:<page>:<dissolved>`, node 0 for the ward itself */
export async function showNode(turn: Turn): Promise<void> {
  const [id, page] = buttonNumbers(turn.args)
  const dissolved = turn.args.endsWith(':1') && turn.args.split(':').length === 3
  const viewed = await viewOrganisation(turn.context, { id: id === 0 ? null : id, dissolved })
  if (!viewed.ok) return turn.refuse(viewed.problem)
  await showPickList(turn, treeList(turn.texts, viewed.value, { page, dissolved }))
}
