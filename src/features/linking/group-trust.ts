import { toUtcMidnight } from '../../domain/dates.ts'
import { compareGroup, type GroupComparison } from '../../domain/strangers.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { holdingOn, leadingPosts } from '../registry/index.ts'
import { type Place, placeOfLink, withPlace } from './places.ts'

/** What is known of who sits in a branch's group, or in that of the ward's leaders, and whether that is everybody. */
export interface GroupTrust extends GroupComparison {
  chatId: bigint
  /** Everybody in the group belongs there or is entitled to its matters, by a count that is not too old. */
  everyoneKnown: boolean
  /** How many of those who belong there have an account, and how many they are: a branch's members, holders of the ward's posts. */
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
  const links = await openLinks(db, { organisationId: { in: [...branchIds] } })
  const trusts = await compare(ctx, db, links)
  return new Map(trusts.flatMap(([{ branchId }, trust]) => (branchId === null ? [] : [[branchId, trust]])))
}

/** The same for one group, whatever it stands for; null where that is nothing. Asks no leave: whoever shows it does. */
export async function trustInGroup(ctx: Context, chatId: bigint): Promise<GroupTrust | null> {
  const [found] = await compare(ctx, ctx.db, await openLinks(ctx.db, { chatId }))
  return found?.[1] ?? null
}

/**
 * Whether people may be named in an answer in this chat: in private always, in a group while everybody in it is known. Asks
 * no leave: it says nothing of anybody.
 */
export async function namesMayStand(ctx: Context, chat: { id: number; kind: 'private' | 'group' }): Promise<boolean> {
  if (chat.kind === 'private') return true
  return (await trustInGroup(ctx, BigInt(chat.id)))?.everyoneKnown ?? false
}

/** The branch's group, and whether what it is told may name people; null where it has none. Asks no leave: the teller has. */
export async function readingGroup(
  ctx: Context,
  branchId: number,
  db: Database | Transaction = ctx.db,
): Promise<{ chatId: bigint; readsNames: boolean } | null> {
  const trust = await groupTrust(ctx, branchId, db)
  return trust && { chatId: trust.chatId, readsNames: trust.everyoneKnown }
}

type Group = Place & { chatId: bigint }

async function openLinks(
  db: Database | Transaction,
  which: { organisationId: { in: number[] } } | { chatId: bigint },
): Promise<Group[]> {
  const links = await db.groupLink.findMany({ where: { ...which, endedAt: null }, include: withPlace })
  return links.map((link) => ({ ...placeOfLink(link), chatId: link.chatId }))
}

async function compare(
  ctx: Context,
  db: Database | Transaction,
  groups: readonly Group[],
): Promise<[Place, GroupTrust][]> {
  const chatIds = groups.map(({ chatId }) => chatId)
  const inside = await db.groupAccount.findMany({ where: { chatId: { in: chatIds }, endedAt: null } })
  const checks = await db.groupCheck.findMany({ where: { chatId: { in: chatIds } } })
  const day = toUtcMidnight(ctx.today())
  const belonging = await everBelonging(db, groups, day)
  const links = await db.accountLink.findMany({
    where: {
      endedAt: null,
      consentAt: { not: null },
      OR: [
        { accountId: { in: inside.map(({ accountId }) => accountId) } },
        { personId: { in: belonging.map(({ personId }) => personId) } },
      ],
    },
    select: { accountId: true, personId: true },
  })
  const entitled = await entitledAccounts(ctx, db, links)
  return groups.map((group) => {
    const { chatId, wardId: ward, branchId: branch } = group
    const own = belonging.filter(({ wardId, branchId }) => branchId === branch && (branch !== null || wardId === ward))
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
          wardId === ward && (branchId === null || branchId === branch) ? [accountId] : [],
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
    return [group, trust]
  })
}

/** Who belongs or belonged to the places by that day: members to a branch, holders of the ward's posts to its leaders' group. */
async function everBelonging(
  db: Database | Transaction,
  places: readonly Place[],
  day: Date,
): Promise<{ wardId: number; branchId: number | null; personId: number; to: Date | null }[]> {
  const wardIds = places.flatMap(({ wardId, branchId }) => (branchId === null ? [wardId] : []))
  const branches = new Map(places.flatMap(({ wardId, branchId }) => (branchId === null ? [] : [[branchId, wardId]])))
  const memberships = await db.membership.findMany({
    where: { organisationId: { in: [...branches.keys()] }, from: { lte: day } },
    select: { organisationId: true, personId: true, to: true },
  })
  const positions = await db.position.findMany({
    where: { wardId: { in: wardIds }, organisationId: null, from: { lte: day } },
    select: { wardId: true, personId: true, to: true },
  })
  return [
    ...memberships.map(({ organisationId: branchId, ...one }) => ({
      ...one,
      branchId,
      wardId: branches.get(branchId) ?? 0,
    })),
    ...positions.map((one) => ({ ...one, branchId: null })),
  ]
}

/** Accounts that may know a place's matters without belonging to it; `branchId` is empty where they may in the whole ward. */
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
