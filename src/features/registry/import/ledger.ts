import { z } from 'zod'
import type { Transaction } from '../../../platform/database.ts'
import { Prisma } from '../../../platform/prisma/client.ts'

/** The tables an import writes, each after those it refers to. */
export const registryTables = [
  'OrganisationKind',
  'Organisation',
  'ResidentialGroup',
  'Person',
  'Membership',
  'MemberStatus',
  'Cadre',
  'Position',
  'ResidenceLiaison',
  'ResidenceComment',
] as const
export type RegistryTable = (typeof registryTables)[number]

const rowJson = z.looseObject({ id: z.int() })
type RowJson = z.infer<typeof rowJson>
const byTable = <T extends z.ZodType>(value: T) => z.partialRecord(z.enum(registryTables), value)

/** What an import has done, enough to undo it and to see whether anything has happened to its rows since. */
export const importRecord = z.object({
  created: byTable(z.array(z.int())),
  before: byTable(z.array(rowJson)),
  /** Whose history the import has written. */
  people: z.array(z.int()),
  digest: z.string(),
  references: z.record(z.string(), z.int()),
})
export type ImportRecord = z.infer<typeof importRecord>

/** Keeps, while an import writes, which rows it makes and what those it changes were before. */
export class Ledger {
  readonly created: Partial<Record<RegistryTable, number[]>> = {}
  readonly before: Partial<Record<RegistryTable, RowJson[]>> = {}
  readonly people = new Set<number>()
  readonly #tx: Transaction

  constructor(tx: Transaction) {
    this.#tx = tx
  }

  noteCreated(table: RegistryTable, ids: readonly number[]): void {
    this.created[table] = [...(this.created[table] ?? []), ...ids]
  }

  /** Changes rows by their id, in one statement; columns that are not named stay. */
  async change(table: RegistryTable, rows: readonly RowJson[]): Promise<void> {
    if (rows.length === 0) return
    const ids = rows.map(({ id }) => id)
    const before = await this.#tx.$queryRaw<{ row: unknown }[]>`
      SELECT to_jsonb(t) AS "row" FROM ${named(table)} t WHERE "id" = ANY(${ids}::int[])`
    this.before[table] = [...(this.before[table] ?? []), ...before.map(({ row }) => rowJson.parse(row))]
    await overwrite(this.#tx, table, rows)
  }

  async close(): Promise<ImportRecord> {
    const { created, before } = this
    const people = [...this.people]
    const written = { created, before, people }
    return {
      ...written,
      digest: await digestOf(this.#tx, written),
      references: await referencesTo(this.#tx, written),
    }
  }
}

type Written = Pick<ImportRecord, 'created' | 'before' | 'people'>

/** Writes these values into the rows with these ids; every row names the same columns. */
export async function overwrite(tx: Transaction, table: RegistryTable, rows: readonly RowJson[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== 'id')
  if (columns.length === 0) return
  const set = Prisma.join(columns.map((column) => Prisma.sql`${named(column)} = given.${named(column)}`))
  await tx.$executeRaw`
    UPDATE ${named(table)} AS t SET ${set}
    FROM jsonb_populate_recordset(NULL::${named(table)}, ${JSON.stringify(rows)}::jsonb) AS given
    WHERE t."id" = given."id"`
}

export async function remove(tx: Transaction, table: RegistryTable, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await tx.$executeRaw`DELETE FROM ${named(table)} WHERE "id" = ANY(${ids}::int[])`
}

/** One value over every row that was made or changed, as it stands: any later change makes it another. */
export async function digestOf(tx: Transaction, written: Written): Promise<string> {
  const digests = await inEachTable(written, async (table, ids) => {
    const [row] = await tx.$queryRaw<{ digest: string | null }[]>`
      SELECT md5(string_agg(md5(t::text), '' ORDER BY "id")) AS "digest"
      FROM ${named(table)} t WHERE "id" = ANY(${ids}::int[])`
    return `${table} ${row?.digest}`
  })
  return digests.join('\n')
}

/** How many rows of each table refer to what was made and to the people whose history was written, whoever wrote them. */
export async function referencesTo(tx: Transaction, written: Written): Promise<Record<string, number>> {
  const keys = await tx.$queryRaw<{ table: string; column: string; target: string }[]>`
    SELECT source.relname::text AS "table", a.attname::text AS "column", target.relname::text AS "target"
    FROM pg_constraint c
    JOIN pg_class source ON source.oid = c.conrelid
    JOIN pg_class target ON target.oid = c.confrelid
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace
    ORDER BY 1, 2`
  const counts: Record<string, number> = {}
  for (const { table, column, target } of keys) {
    const known = registryTables.find((one) => one === target)
    if (!known) continue
    const ids = [...new Set([...(written.created[known] ?? []), ...(known === 'Person' ? written.people : [])])]
    if (ids.length === 0) continue
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS "count" FROM ${named(table)} WHERE ${named(column)} = ANY(${ids}::int[])`
    counts[`${table}.${column}`] = row?.count ?? 0
  }
  return counts
}

async function inEachTable<R>(
  { created, before }: Written,
  ask: (table: RegistryTable, ids: number[]) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = []
  for (const table of registryTables) {
    const ids = [...(created[table] ?? []), ...(before[table] ?? []).map(({ id }) => id)]
    if (ids.length > 0) answers.push(await ask(table, ids))
  }
  return answers
}

/** A name of our own schema, quoted. */
function named(name: string): Prisma.Sql {
  return Prisma.raw(`"${name}"`)
}
