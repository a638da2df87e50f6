import { posts } from '../../domain/posts.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { privateChatsOf } from '../linking/index.ts'
import { holdingOn, leadingPosts, wardLeadersAmong } from '../registry/index.ts'

/** Who leads the ward committee, the first of them that somebody holds. */
const heads = ['wardSecretary', 'wardStandingDeputySecretary', 'wardDeputySecretary'] as const
const order: readonly string[] = [...heads, ...posts.map(({ code }) => code)]

/**
 * Where what is said of a result goes: to the leader who issued it as long as they lead the ward, else to whoever now holds
 * the post in which they did, else to the head of the ward committee. Who has left office reads nothing more about cadres.
 */
export async function answerChats(
  ctx: Context,
  tx: Transaction,
  { wardId, issuerPersonId, issuedAt }: { wardId: number; issuerPersonId: number | null; issuedAt: Date | null },
): Promise<Set<bigint>> {
  const people = issuerPersonId === null ? [] : [issuerPersonId]
  const stillLeads = (await wardLeadersAmong(tx, people, ctx.today())).size > 0
  const addressed = stillLeads ? people : await successors(ctx, tx, { wardId, issuerPersonId, issuedAt })
  return new Set((await privateChatsOf(tx, addressed)).values())
}

async function successors(
  ctx: Context,
  tx: Transaction,
  { wardId, issuerPersonId, issuedAt }: { wardId: number; issuerPersonId: number | null; issuedAt: Date | null },
): Promise<number[]> {
  const leading = { wardId, organisationId: null, post: { in: [...leadingPosts] } }
  const held =
    issuerPersonId === null || issuedAt === null
      ? []
      : await tx.position.findMany({
          where: { ...leading, personId: issuerPersonId, from: { lte: issuedAt } },
          select: { post: true },
        })
  const today = await tx.position.findMany({
    where: { ...leading, ...holdingOn(ctx.today()) },
    select: { post: true, personId: true },
  })
  const next = today.filter(({ post }) => held.some((one) => one.post === post))
  if (next.length > 0) return next.map(({ personId }) => personId)
  const [first] = today.sort((a, b) => order.indexOf(a.post) - order.indexOf(b.post))
  return today.filter(({ post }) => post === first?.post).map(({ personId }) => personId)
}
