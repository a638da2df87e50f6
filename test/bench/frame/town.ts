import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { searchKey } from '../../../src/domain/names.ts'
import { consentVersion } from '../../../src/features/linking/index.ts'
import type { Database } from '../../../src/platform/database.ts'
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.ts'

export const token = '4343434343:BENCH-sandbox-token-of-lien-chi-0000'

export interface Citizen {
  personId: number
  /** The sandbox account, and its private chat with the bot. */
  account: number
}

export interface Branch {
  id: number
  name: string
  group: number
  /** Official members with an account; the first is the secretary. */
  members: Citizen[]
}

export function startTelegram(options: { floodLimits?: boolean } = {}): Promise<Sandbox> {
  return startSandbox({ ...options, bots: [{ token, username: 'lienchi_bot', name: 'Liên Chi' }] })
}

const since = toUtcMidnight(Temporal.PlainDate.from('2024-01-01'))
const rowsAtOnce = 2000

/** A ward after import and linking: branches with a group each, everybody linked. Rows are written directly, many at once. */
export async function settleTown(
  db: Database,
  { world }: Sandbox,
  size: { branches: number; members: number },
): Promise<Branch[]> {
  const now = new Date()
  const ward = await db.ward.create({ data: { name: 'Đảng bộ phường Đo', createdAt: now } })
  const organisations = await db.organisation.createManyAndReturn({
    data: Array.from({ length: size.branches }, (_, nth) => ({
      wardId: ward.id,
      kind: 'branch',
      sector: 'residential',
      code: `CB${nth + 1}`,
      name: `Chi bộ tổ dân phố số ${nth + 1}`,
      openedOn: since,
    })),
  })
  const branches = organisations.map(({ id, name }): Branch => ({ id, name, group: 0, members: [] }))
  const places = branches.flatMap((branch) => Array.from({ length: size.members }, (_, nth) => ({ branch, nth })))
  for (let at = 0; at < places.length; at += rowsAtOnce) {
    const some = places.slice(at, at + rowsAtOnce)
    const people = await db.person.createManyAndReturn({
      data: some.map(({ branch, nth }, index) => {
        const fullName = `Nguyễn Văn Số ${branch.id}.${nth}`
        return { wardId: ward.id, number: `Đ${at + index}`, fullName, searchName: searchKey(fullName), birthYear: 1960 }
      }),
      select: { id: true, fullName: true },
    })
    for (const [index, { branch }] of some.entries()) {
      const person = people[index]
      if (!person) throw new Error('a person was not written')
      const account = world.addUser({ name: person.fullName }).id
      world.openPrivateChat(account)
      branch.members.push({ personId: person.id, account })
    }
    const members = some.flatMap(({ branch, nth }) => ({ branch, ...(branch.members[nth] ?? noOne()) }))
    await db.membership.createMany({
      data: members.map(({ personId, branch }) => ({ personId, organisationId: branch.id, from: since })),
    })
    await db.memberStatus.createMany({
      data: members.map(({ personId }) => ({ personId, kind: 'official', from: since })),
    })
    await db.accountLink.createMany({
      data: members.map(({ personId, account }) => ({
        personId,
        accountId: BigInt(account),
        accountName: 'Đồng chí',
        linkedAt: now,
        consentAt: now,
        consentVersion,
      })),
    })
  }
  await db.position.createMany({
    data: branches.map(({ id, members }) => ({
      wardId: ward.id,
      personId: members[0]?.personId ?? 0,
      organisationId: id,
      post: 'secretary',
      title: 'Bí thư chi bộ',
      from: since,
    })),
  })
  for (const branch of branches) {
    branch.group = world.addGroup({
      title: branch.name,
      members: branch.members.map(({ account }) => account),
      supergroup: true,
      bot: 'member',
    }).id
  }
  await db.groupLink.createMany({
    data: branches.map(({ id, name, group }) => ({
      organisationId: id,
      chatId: BigInt(group),
      title: name,
      linkedAt: now,
    })),
  })
  await knowMembers(db, branches, now)
  // Groups that were connected long ago: the bot is told nothing of them now.
  for (const bot of world.bots()) bot.updates = []
  return branches
}

/** As after the checks of the first days: everybody in a group is known to be there. */
async function knowMembers(db: Database, branches: readonly Branch[], now: Date): Promise<void> {
  await db.groupAccount.createMany({
    data: branches.flatMap(({ group, members }) =>
      members.map(({ account }) => ({
        chatId: BigInt(group),
        accountId: BigInt(account),
        standing: 'member',
        since: now,
      })),
    ),
  })
  await db.groupCheck.createMany({
    data: branches.map(({ group, members }) => ({
      chatId: BigInt(group),
      memberCount: members.length + 1,
      countedAt: now,
      askedAt: now,
      triedAt: now,
    })),
  })
}

function noOne(): never {
  throw new Error('a place without a person')
}
