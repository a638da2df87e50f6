import { branchesWhereMay } from '../../domain/access.ts'
import type { Context } from '../../platform/context.ts'
import type { OwedItem } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { buttonNumbers } from './button-numbers.ts'
import { commentOnLiaison, mayComment } from './comment-on-liaison.ts'
import { liaisonCard, liaisonList } from './liaison-screens.ts'
import { listLiaisons, uncommented, viewLiaison } from './liaisons.ts'
import { listBranches } from './view-members.ts'

/** The text that is awaited is what the branch says of a resident. */
export const commentForm = 'registryComment'

/** From this month of a year on its comments are asked for. */
const firstMonth = 11

/** `/noicutru`: those who keep contact with the branch, chosen first where there are several. */
export async function showLiaisons(turn: Turn): Promise<void> {
  const branches = await listBranches(turn.context)
  if (!branches.ok) return turn.refuse(branches.problem)
  const [only, ...more] = branches.value
  if (only && more.length === 0) return showLiaisonPage(turn.with(`${only.id}:0`))
  await showPickList(turn, {
    title: turn.texts('registry:chooseBranch'),
    items: branches.value.map(({ id, name }) => ({ label: name, data: `rliaisons:${id}:0` })),
  })
}

/** Button `rliaisons:<branch>:<page>` */
export async function showLiaisonPage(turn: Turn): Promise<void> {
  const [branchId, page] = buttonNumbers(turn.args)
  const listed = await listLiaisons(turn.context, { branchId })
  if (!listed.ok) return turn.refuse(listed.problem)
  if (listed.value.liaisons.length === 0) {
    return turn.refuse({ code: 'registry.noLiaisons', params: { branch: listed.value.branch.name } })
  }
  await showPickList(turn, liaisonList(turn.texts, listed.value, { year: turn.context.today().year, page }))
}

/** Button `rliaison:<liaison>` */
export async function showLiaison(turn: Turn): Promise<void> {
  const [liaisonId] = buttonNumbers(turn.args)
  const viewed = await viewLiaison(turn.context, { liaisonId })
  if (!viewed.ok) return turn.refuse(viewed.problem)
  const { year } = turn.context.today()
  const mayBe = mayComment(turn.context, viewed.value).ok
  await turn.reply(liaisonCard(turn.texts, viewed.value, { year, mayComment: mayBe }))
}

/** Button `rcomment:<liaison>`: asks for the year's comment. */
export async function askComment(turn: Turn): Promise<void> {
  const [liaisonId] = buttonNumbers(turn.args)
  const viewed = await viewLiaison(turn.context, { liaisonId })
  if (!viewed.ok) return turn.refuse(viewed.problem)
  const mayBe = mayComment(turn.context, viewed.value)
  if (!mayBe.ok) return turn.refuse(mayBe.problem)
  const { year } = turn.context.today()
  const text = turn.texts('registry:liaison.ask', { name: viewed.value.fullName, year })
  await turn.ask(commentForm, { liaisonId }, { text })
}

/** The comment that was asked for. */
export async function answerComment(turn: Turn, data: Record<string, unknown>): Promise<false | undefined> {
  const text = turn.message?.text
  if (text === undefined) return false
  const done = await commentOnLiaison(turn.context, { liaisonId: Number(data.liaisonId), text })
  if (!done.ok) return void (await turn.refuse(done.problem))
  await turn.closeForm()
  const { fullName, branch } = done.value
  const { year } = turn.context.today()
  await turn.reply({
    text: turn.texts('registry:liaison.kept', { name: fullName, year }),
    buttons: [[{ text: turn.texts('registry:liaison.back'), data: `rliaisons:${branch.id}:0` }]],
  })
  return undefined
}

/** From November on: the branches of whoever may comment that have residents without the year's comment. */
export async function owedComments(ctx: Context, personId: number): Promise<OwedItem[]> {
  const today = ctx.today()
  if (personId !== ctx.actor.personId || today.month < firstMonth) return []
  const open = await uncommented(ctx.db, branchesWhereMay(ctx.actor, 'liaison.comment'), today)
  const branches = new Map(open.map(({ branch }) => [branch.id, branch.name]))
  return [...branches].map(([id, branch]) => ({
    label: ctx.texts('registry:liaison.owed', {
      branch,
      year: today.year,
      count: open.filter((one) => one.branch.id === id).length,
    }),
    data: `rliaisons:${id}:0`,
    dueOn: today.with({ month: 12, day: 31 }),
  }))
}
