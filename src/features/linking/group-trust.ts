import { toUtcMidnight } from '../../domain/dates.ts'
import { compareGroup, type GroupComparison } from '../../domain/strangers.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { holdingOn, leadingPosts } from '../registry/index.ts'

/** What is known of who sits in a branch's group, and whether that is everybody. */
export interface GroupTrust extends GroupComparison {
  chatId: bigint
  /** Everybody in the group is a member of the branch or entitled to its matters, by a count that is not too old. */
  everyoneKnown: boolean
  /** How many of the branch's members have an account, and how many members it has. */
  linked: number
  members: number
  /** Everybody in the group by Telegram's count, bots too. */
  memberCount: number | null
  /** When Telegram was last asked; null where it has not answered yet. */
  asOf: Date | null
}

/** A count older than this proves nothing: Telegram has not answered for two days. */
const longestTrust = 48 * 3_600_000

/**
 * The branch's group compared with the register of this day, from what is stored; null where it has no group.
 * Asks no leave: whoever shows it does.
 */
export async function groupTrust(
  ctx: Context,
  branchId: number,
  db: Database | Transaction = ctx.db,
): Promise<GroupTrust | null> {
  return (await groupTrusts(ctx, [branchId], db)).get(branchId) ?? null
}

/**
 * The same for many branches at once, by branch; one without a group is not there. Asks the database only.
 * Asks no leave: whoever shows it does.
 */
export async function groupTrusts(
  ctx: Context,
  branchIds: readonly number[],
  db: Database | Transaction = ctx.db,
): Promise<Map<number, GroupTrust>> {
  const groups = await db.groupLink.findMany({
    where: { organisationId: { in: [...branchIds] }, endedAt: null },
    select: { chatId: true, organisationId: true, organisation: { select: { wardId: true } } },
  })
  const chatIds = groups.map(({ chatId }) => chatId)
  const inside = await db.groupAccount.findMany({ where: { chatId: { in: chatIds }, endedAt: null } })
  const checks = await db.groupCheck.findMany({ where: { chatId: { in: chatIds } } })
  const day = toUtcMidnight(ctx.today())
  const memberships = await db.membership.findMany({
    where: { organisationId: { in: groups.map(({ organisationId }) => organisationId) }, from: { lte: day } },
    select: { organisationId: true, personId: true, to: true },
  })
  const links = await db.accountLink.findMany({
    where: {
      endedAt: null,
      consentAt: { not: null },
      OR: [
        { accountId: { in: inside.map(({ accountId }) => accountId) } },
        { personId: { in: memberships.map(({ personId }) => personId) } },
      ],
    },
    select: { accountId: true, personId: true },
  })
  const entitled = await entitledAccounts(ctx, db, links)
  return new Map(
    groups.map(({ chatId, organisationId, organisation }) => {
      const own = memberships.filter((one) => one.organisationId === organisationId)
      const isHeld = ({ to }: { to: Date | null }) => to === null || to >= day
      const members = new Set(own.filter(isHeld).map(({ personId }) => personId))
      const everybody = new Set(own.map(({ personId }) => personId))
      const here = inside.filter((one) => one.chatId === chatId).map(({ accountId }) => accountId)
      const relevant = links.filter(({ accountId, personId }) => here.includes(accountId) || members.has(personId))
      const check = checks.find((one) => one.chatId === chatId)
      const compared = compareGroup({
        inside: here,
        memberCount: check?.memberCount ?? null,
        personOf: new Map(relevant.map(({ accountId, personId }) => [accountId, personId])),
        members,
        formerMembers: everybody,
        entitled: new Set(
          entitled.flatMap(({ accountId, wardId, branchId }) =>
            wardId === organisation.wardId && (branchId === null || branchId === organisationId) ? [accountId] : [],
          ),
        ),
      })
      const asOf = check?.countedAt ?? null
      const isFresh = asOf !== null && ctx.now().getTime() - asOf.getTime() <= longestTrust
      const nobodyElse = compared.strangers.length + compared.movedAway.length + compared.unseen === 0
      const trust = {
        ...compared,
        chatId,
        everyoneKnown: isFresh && nobodyElse,
        linked: relevant.filter(({ personId }) => members.has(personId)).length,
        members: members.size,
        memberCount: check?.memberCount ?? null,
        asOf,
      }
      return [organisationId, trust]
    }),
  )
}

/** Accounts that may know a branch's matters without belonging to it; `branchId` is empty where they may in the whole ward. */
async function entitledAccounts(
  ctx: Context,
  db: Database | Transaction,
  links: readonly { accountId: bigint; personId: number }[],
): Promise<{ accountId: bigint; wardId: number; branchId: number | null }[]> {
  const officers = await db.appointment.findMany({
    where: { role: 'officer', to: null },
    select: { accountId: true, wardId: true },
  })
  const held = await db.position.findMany({
    where: {
      personId: { in: links.map(({ personId }) => personId) },
      AND: [
        holdingOn(ctx.today()),
        { OR: [{ organisationId: null, post: { in: [...leadingPosts] } }, { post: 'supervisingMember' }] },
      ],
    },
    select: { personId: true, wardId: true, organisationId: true },
  })
  const accounts = new Map(links.map(({ accountId, personId }) => [personId, accountId]))
  return [
    ...officers.map((officer) => ({ ...officer, branchId: null })),
    ...held.flatMap(({ personId, wardId, organisationId }) => {
      const accountId = accounts.get(personId)
      return accountId === undefined ? [] : [{ accountId, wardId, branchId: organisationId }]
    }),
  ]
}
