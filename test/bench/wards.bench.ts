import type { Database } from '../../src/platform/database.ts'
import { withBot } from './frame/bots.ts'
import { createDatabase, kinds } from './frame/databases.ts'
import { closedLoad } from './frame/load.ts'
import type { Benchmark, Row } from './frame/rows.ts'
import { settleTown, startTelegram } from './frame/town.ts'
import { openVotes, pressing } from './frame/vote.ts'

const seconds = 6
const counts = [1, 10, 100]
/** What a ward has after a year or so. */
const perWard = { branches: 16, people: 640, deliveries: 5000, acts: 10_000, updates: 2000 }

/** What handling one press costs beside the data of 1, 10 and 100 wards: milliseconds of one after another, best flat. */
const wards: Benchmark = async () => {
  const [kind = 'PGlite'] = kinds()
  const rows: Row[] = []
  for (const count of counts) {
    const database = await createDatabase(kind)
    const sandbox = await startTelegram()
    try {
      const votes = await database.use(async ({ prisma }) => {
        const ward = await settleTown(prisma, sandbox, { branches: perWard.branches, members: 40 })
        for (let nth = 1; nth < count; nth++) await addHistory(prisma, nth)
        await prisma.$executeRawUnsafe('ANALYZE')
        return openVotes(prisma, sandbox, ward)
      })
      const press = pressing(sandbox, votes)
      const perSecond = await withBot('Liên Chi', sandbox, database, async () => {
        await closedLoad(1, 2, press)
        return closedLoad(1, seconds, (nth) => press(nth + 1_000_003))
      })
      const name = `one press after another, ${kind}, data of ${count} ${count === 1 ? 'ward' : 'wards'}`
      rows.push({ name, who: 'Liên Chi', unit: 'ms', value: 1000 / perSecond })
    } finally {
      await sandbox.close()
      await database.drop()
    }
  }
  const [one, ...more] = rows
  const growth = (more.at(-1)?.value ?? 0) / (one?.value ?? 1)
  const name = `growth of that from ${counts[0]} to ${counts.at(-1)} wards`
  return [...rows, { name, who: 'Liên Chi', unit: '×', value: growth, aim: { atMost: 1.25 } }]
}

export default wards

/** Another ward with its people, links and a year of messages, acts and handled updates, written by the database itself. */
async function addHistory(db: Database, nth: number): Promise<void> {
  const { id: ward } = await db.ward.create({ data: { name: `Đảng bộ phường ${nth}`, createdAt: new Date() } })
  const { branches, people, deliveries, acts, updates } = perWard
  const firstAccount = nth * 1_000_000_000
  for (const statement of [
    `INSERT INTO "Organisation" ("wardId", "kind", "sector", "code", "name", "openedOn")
      SELECT ${ward}, 'branch', 'residential', 'CB' || n, 'Chi bộ ' || n, '2020-01-01' FROM generate_series(1, ${branches}) n`,
    `INSERT INTO "Person" ("wardId", "number", "fullName", "searchName")
      SELECT ${ward}, 'Đ' || n, 'Nguyễn Văn ' || n, 'nguyen van ' || n FROM generate_series(1, ${people}) n`,
    `INSERT INTO "Membership" ("personId", "organisationId", "from")
      SELECT "id", (SELECT min("id") FROM "Organisation" WHERE "wardId" = ${ward}) + "id" % ${branches}, '2020-01-01'
      FROM "Person" WHERE "wardId" = ${ward}`,
    `INSERT INTO "MemberStatus" ("personId", "kind", "from")
      SELECT "id", 'official', '2020-01-01' FROM "Person" WHERE "wardId" = ${ward}`,
    `INSERT INTO "AccountLink" ("accountId", "personId", "accountName", "linkedAt", "consentAt")
      SELECT ${firstAccount} + "id", "id", 'A', now(), now() FROM "Person" WHERE "wardId" = ${ward}`,
    `INSERT INTO "GroupLink" ("organisationId", "chatId", "title", "linkedAt")
      SELECT "id", -${firstAccount} - "id", "name", now() FROM "Organisation" WHERE "wardId" = ${ward}`,
    `INSERT INTO "GroupAccount" ("chatId", "accountId", "standing", "since")
      SELECT -${firstAccount} - "organisationId", ${firstAccount} + "personId", 'member', now()
      FROM "Membership" JOIN "Person" ON "Person"."id" = "personId" WHERE "wardId" = ${ward}`,
    `INSERT INTO "Delivery" ("chatId", "state", "createdAt", "messageId")
      SELECT ${firstAccount} + n % ${people}, 'sent', now(), n FROM generate_series(1, ${deliveries}) n`,
    `INSERT INTO "AuditEntry" ("at", "action", "wardId", "subject")
      SELECT now() - n * interval '1 hour', 'task.reported', ${ward}, '{"task": 1}' FROM generate_series(1, ${acts}) n`,
    `INSERT INTO pgboss.job (id, name, state, singleton_key, policy, created_on, completed_on)
      SELECT gen_random_uuid(), 'updates', 'completed', 'u' || (${firstAccount} + n % ${people}), 'key_strict_fifo', now(), now()
      FROM generate_series(1, ${updates}) n`,
  ]) {
    await db.$executeRawUnsafe(statement)
  }
}
