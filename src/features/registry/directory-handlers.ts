import { normaliseName } from '../../domain/names.ts'
import { titleKey } from '../../domain/vocabulary.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import type { Branch } from './branches.ts'
import { buttonNumbers } from './button-numbers.ts'
import { branchList, foundList, memberCard, memberList } from './directory-screens.ts'
import { normaliseCode } from './import/codes.ts'
import { findPeople, listBranches, listMembers, viewMember } from './view-members.ts'

/** `/danhba [chi bộ]`: the members of a branch, chosen first where there are several. */
export async function showDirectory(turn: Turn): Promise<void> {
  const branches = await listBranches(turn.context)
  if (!branches.ok) return turn.refuse(branches.problem)
  const [only, ...more] = branches.value
  const wanted = turn.args === '' && only && more.length === 0 ? only : named(branches.value, turn.args)
  if (wanted) return showMembers(turn, wanted.id, 0)
  if (turn.args !== '')
    await turn.refuse({ code: 'registry.branchNotFound', params: { value: turn.args.slice(0, 40) } })
  await showPickList(turn, branchList(turn.texts, branches.value, 0))
}

/** Button `rbranches:<page>` */
export async function showBranches(turn: Turn): Promise<void> {
  const branches = await listBranches(turn.context)
  if (!branches.ok) return turn.refuse(branches.problem)
  const [page] = buttonNumbers(turn.args)
  await showPickList(turn, branchList(turn.texts, branches.value, page))
}

/** Button `rbranch:<branch>:<page>` */
export async function showBranchPage(turn: Turn): Promise<void> {
  const [branchId, page] = buttonNumbers(turn.args)
  await showMembers(turn, branchId, page)
}

/** Button `rperson:<person>` */
export async function showMember(turn: Turn): Promise<void> {
  const [personId] = buttonNumbers(turn.args)
  const viewed = await viewMember(turn.context, { personId })
  if (!viewed.ok) return turn.refuse(viewed.problem)
  await turn.reply(memberCard(turn.texts, viewed.value))
}

/** `/timnguoi [tên, số, điện thoại hoặc chi bộ]` */
export async function searchPeople(turn: Turn): Promise<void> {
  const query = normaliseName(turn.args)
  if (query === '') return turn.ask('registryFind', {}, { text: turn.texts('registry:askName') })
  await search(turn, query)
}

/** The name or number that was asked for. */
export async function answerSearch(turn: Turn): Promise<false | undefined> {
  const query = normaliseName(turn.message?.text ?? '')
  if (query === '') return false
  await turn.closeForm()
  await search(turn, query)
  return undefined
}

async function search(turn: Turn, query: string): Promise<void> {
  const found = await findPeople(turn.context, { query })
  if (!found.ok) return turn.refuse(found.problem)
  const [only, ...more] = found.value
  if (!only) return searchBranch(turn, query)
  if (more.length === 0) return showMember(turn.with(String(only.id)))
  await showPickList(turn, foundList(turn.texts, found.value))
}

/** Words that nobody is called by may be those of a branch. */
async function searchBranch(turn: Turn, query: string): Promise<void> {
  const branches = await listBranches(turn.context)
  const branch = branches.ok ? named(branches.value, query) : undefined
  if (branch) return showMembers(turn, branch.id, 0)
  await turn.refuse({ code: 'registry.nobodyFound', params: { query: query.slice(0, 40) } })
}

async function showMembers(turn: Turn, branchId: number, page: number): Promise<void> {
  const listed = await listMembers(turn.context, { branchId })
  if (!listed.ok) return turn.refuse(listed.problem)
  await showPickList(turn, memberList(turn.texts, listed.value, page))
}

function named(branches: readonly Branch[], text: string): Branch | undefined {
  const key = titleKey(text)
  if (key === '') return undefined
  const code = normaliseCode(text)
  const matches = branches.filter(({ name }) => ` ${titleKey(name)} `.includes(` ${key} `))
  return branches.find((branch) => branch.code === code) ?? (matches.length === 1 ? matches[0] : undefined)
}
