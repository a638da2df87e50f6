import type { Context } from '../../platform/context.ts'
import type { Database } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import type { ChatEvent } from '../../telegram/feature.ts'

/** A branch's group as it is connected now. */
export interface BranchGroup {
  readonly chatId: bigint
  readonly linkId: number
  /** Since when it stands for the branch. */
  readonly since: Date
  /** The branch had no other group before. */
  readonly isFirst: boolean
}

/** A tick may have looked just before a connection was committed. */
const lookBackMilliseconds = 10 * 60_000

/** The groups that were connected since that moment, or a little before, by branch. */
export function groupsConnectedSince({ db }: Context, since: Date): Promise<Map<number, BranchGroup>> {
  return find(db, { linkedAt: { gte: new Date(since.getTime() - lookBackMilliseconds) } })
}

/** The group that became a supergroup by that event, by its branch; none where it is another event. */
export async function groupsMovedBy({ db }: Context, event: ChatEvent): Promise<Map<number, BranchGroup>> {
  return event.kind === 'migrated' ? find(db, { chatId: event.newChatId }) : new Map()
}

async function find(db: Database, where: Prisma.GroupLinkWhereInput): Promise<Map<number, BranchGroup>> {
  const links = await db.groupLink.findMany({ where: { ...where, organisationId: { not: null }, endedAt: null } })
  if (links.length === 0) return new Map()
  const branchIds = links.map(({ organisationId }) => organisationId).filter((id) => id !== null)
  const former = await db.groupLink.findMany({
    where: { organisationId: { in: branchIds }, endedAt: { not: null } },
    select: { organisationId: true, chatId: true },
  })
  return new Map(
    links.flatMap(({ organisationId, chatId, id, linkedAt }): [number, BranchGroup][] => {
      if (organisationId === null) return []
      const isFirst = !former.some((one) => one.organisationId === organisationId && one.chatId !== chatId)
      return [[organisationId, { chatId, linkId: id, since: linkedAt, isFirst }]]
    }),
  )
}
