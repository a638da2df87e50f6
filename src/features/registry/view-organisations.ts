import { may } from '../../domain/access.ts'
import { fromUtcMidnight, toUtcMidnight } from '../../domain/dates.ts'
import { type NodeKind, nodeKinds } from '../../domain/organisations.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { holdingOn } from './spans.ts'

/** A node of the tree as it stands in a list. */
export interface TreeLine {
  id: number
  code: string
  name: string
  form: NodeKind
  /** What the ward calls that kind; null where it has no name of its own for it. */
  kindName: string | null
  /** Official members in it and in all under it. */
  members: number
  dissolvedOn: Temporal.PlainDate | null
}

export interface TreeGroup {
  name: string
  households: number | null
  residents: number | null
}

/** One node of a ward's tree with what hangs under it, or the ward itself with its roots. */
export interface TreePage {
  /** Null for the ward itself. */
  node: (TreeLine & TreeFacts) | null
  wardName: string
  parent: { id: number; name: string } | null
  members: number
  /** How many of each kind stand in it today. */
  counts: { form: NodeKind; count: number }[]
  children: TreeLine[]
  /** How many that hung here are dissolved. */
  dissolvedCount: number
  groups: TreeGroup[]
  /** Residents who keep contact with the branch (213-QĐ/TW). */
  liaisons: number
}

interface TreeFacts {
  openedOn: Temporal.PlainDate | null
  openedBy: string | null
  dissolvedBy: string | null
}

type Node = TreeLine & TreeFacts & { parentId: number | null }

/**
 * A node of the ward's tree today, or the ward itself where none is named: for those who may list the members of the whole
 * ward, and of a branch and its party groups for those who may list that branch's. With `dissolved`, what hung there and is
 * dissolved.
 */
export async function viewOrganisation(
  ctx: Context,
  input: { id: number | null; dissolved?: boolean },
): Promise<Result<TreePage>> {
  const wardId = ctx.actor.wardId ?? 0
  const nodes = await loadTree(ctx, wardId)
  const node = input.id === null ? null : nodes.find(({ id }) => id === input.id)
  if (node === undefined) return fail('access.denied', { action: 'registry.list' })
  const branchId = node && branchAbove(nodes, node)?.id
  const leave = may(ctx.actor, 'registry.list', branchId ? { wardId, branchId } : { wardId })
  if (!leave.ok) return leave
  const hanging = nodes.filter(({ parentId }) => parentId === (node?.id ?? null))
  const isGone = ({ dissolvedOn }: TreeLine) =>
    dissolvedOn !== null && Temporal.PlainDate.compare(dissolvedOn, ctx.today()) < 0
  const under = subtree(nodes, node).filter((one) => one !== node && !isGone(one))
  const ward = await ctx.db.ward.findUniqueOrThrow({ where: { id: wardId }, select: { name: true } })
  const parent = node && nodes.find(({ id }) => id === node.parentId)
  return ok({
    node,
    wardName: ward.name,
    parent: parent ? { id: parent.id, name: parent.name } : null,
    members: node ? node.members : sum(nodes.filter(({ parentId }) => parentId === null)),
    counts: nodeKinds.flatMap(({ code: form }) => {
      const count = under.filter((one) => one.form === form).length
      return count > 0 ? [{ form, count }] : []
    }),
    children: hanging.filter((one) => isGone(one) === (input.dissolved ?? false)),
    dissolvedCount: hanging.filter(isGone).length,
    groups: await groupsUnder(ctx, wardId, node && subtree(nodes, node)),
    liaisons: node?.form === 'branch' ? await liaisonsOf(ctx, node.id) : 0,
  })
}

const byCode = new Intl.Collator('vi', { numeric: true })

/** All nodes that the ward ever had, in the order of their codes, each with the members in and under it. */
async function loadTree(ctx: Context, wardId: number): Promise<Node[]> {
  const rows = await ctx.db.organisation.findMany({
    where: { wardId, OR: [{ openedOn: null }, { openedOn: { lte: toUtcMidnight(ctx.today()) } }] },
    include: { namedKind: { select: { name: true } } },
  })
  const counted = await ctx.db.membership.groupBy({
    by: ['organisationId'],
    where: { organisation: { wardId }, kind: 'official', ...holdingOn(ctx.today()) },
    _count: true,
  })
  const own = new Map(counted.map(({ organisationId, _count }) => [organisationId, _count]))
  const day = (date: Date | null) => date && fromUtcMidnight(date)
  const nodes = rows
    .sort((a, b) => byCode.compare(a.code, b.code))
    .flatMap(({ kind, namedKind, openedOn, dissolvedOn, ...row }): Node[] => {
      const form = nodeKinds.find(({ code }) => code === kind)?.code
      const days = { openedOn: day(openedOn), dissolvedOn: day(dissolvedOn) }
      return form ? [{ ...row, ...days, form, kindName: namedKind?.name ?? null, members: own.get(row.id) ?? 0 }] : []
    })
  const total = (node: Node): number => sum(subtree(nodes, node))
  return nodes.map((node) => ({ ...node, members: total(node) }))
}

/** The node and all under it; the whole tree where none is named. */
function subtree(nodes: readonly Node[], node: Node | null): Node[] {
  if (node === null) return [...nodes]
  return [node, ...nodes.filter(({ parentId }) => parentId === node.id).flatMap((child) => subtree(nodes, child))]
}

/** The branch that the node is or hangs under. */
function branchAbove(nodes: readonly Node[], node: Node): Node | undefined {
  if (node.form === 'branch') return node
  const parent = nodes.find(({ id }) => id === node.parentId)
  return parent && branchAbove(nodes, parent)
}

function sum(nodes: readonly { members: number }[]): number {
  return nodes.reduce((total, { members }) => total + members, 0)
}

async function groupsUnder(ctx: Context, wardId: number, nodes: readonly Node[] | null): Promise<TreeGroup[]> {
  const under = nodes === null ? {} : { organisationId: { in: nodes.map(({ id }) => id) } }
  const groups = await ctx.db.residentialGroup.findMany({
    where: { wardId, ...under },
    select: { name: true, households: true, residents: true },
  })
  return groups.sort((a, b) => byCode.compare(a.name, b.name))
}

function liaisonsOf(ctx: Context, branchId: number): Promise<number> {
  return ctx.db.residenceLiaison.count({ where: { organisationId: branchId, ...holdingOn(ctx.today()) } })
}
