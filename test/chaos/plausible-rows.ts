import type { Session } from '../../src/platform/migrations/session.ts'

interface Column {
  name: string
  type: string
  isNullable: boolean
  hasDefault: boolean
}

interface Table {
  name: string
  columns: Column[]
  /** Values that a rule allows, by column. */
  words: Map<string, readonly string[]>
  /** The rows that a foreign key may point to: its own columns, the other table, the columns there. */
  keys: { from: string[]; table: string; to: string[] }[]
}

/** So often a row is tried with other values before its table is left for a later migration. */
const tries = 80
const wantedRows = 2

/**
 * What the program wrote beyond what its tables asked for, and later migrations build upon: an entered vote was closed by somebody
 * and its options counted.
 */
const alwaysWritten = new Set(['Vote.closedAt', 'Vote.closedById', 'VoteOption.count'])
const written: Vocabulary = new Map([
  ['Vote.state', ['closed']],
  ['VoteResult.voted', ['0']],
  ['VoteResult.enteredCount', ['0']],
  ['VoteOption.count', ['0']],
])

/** The words that rules allow, by table and column. */
export type Vocabulary = ReadonlyMap<string, readonly string[]>

/**
 * Puts rows into every table that has fewer than two, with values that its rules, keys and triggers allow, and words that those of
 * later migrations allow too: found by trying, the same for the same numbers. Answers with the statements that put the same rows
 * into a database in the same state.
 */
export async function fill(
  session: Session,
  later: Vocabulary,
  rules: readonly Rule[],
  random: () => number,
): Promise<string[]> {
  const statements: string[] = []
  const tables = await readTables(session, later)
  const round = async () => {
    const before = statements.length
    for (const table of tables) {
      for (let nth = await count(session, table.name); nth < wantedRows; nth++) {
        const row = await tryRow(session, table, rules, random)
        if (row === null) break
        const values = `jsonb_populate_record(NULL::"${table.name}", '${row.replaceAll("'", "''")}')`
        statements.push(`INSERT INTO "${table.name}" SELECT * FROM ${values}`)
      }
    }
    return statements.length > before
  }
  // A table whose keys point to one that comes later in the alphabet gets its rows in a further round.
  for (let nth = 0; nth < 4 && (await round()); nth++);
  return statements
}

/** A rule for one row. */
export interface Rule {
  table: string
  columns: string[]
  condition: string
}

/** The rules of these tables that look at nothing but a row. */
export async function rulesOf(session: Session): Promise<Rule[]> {
  const rows = await session.ask(`
    SELECT c.conrelid::regclass::text AS "table", pg_get_expr(c.conbin, c.conrelid) AS "condition",
      ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = ANY (c.conkey)) AS "columns"
    FROM pg_constraint c WHERE c.connamespace = 'public'::regnamespace AND c.contype = 'c'
      AND pg_get_expr(c.conbin, c.conrelid) !~ '[a-z_]+"\\('
    ORDER BY c.conname`)
  return rows.map(({ table, condition, columns }) => ({
    table: String(table).replaceAll('"', ''),
    condition: String(condition),
    columns: Array.isArray(columns) ? columns.map(String) : [],
  }))
}

/** The words that the rules of these tables allow, of those that are known to be allowed in other states of them. */
export async function vocabularyOf(session: Session, others: Vocabulary): Promise<Vocabulary> {
  const common = new Map(others)
  for (const { name, words } of await readTables(session, new Map())) {
    for (const [column, list] of words) {
      const other = others.get(`${name}.${column}`)
      common.set(`${name}.${column}`, other ? list.filter((word) => other.includes(word)) : list)
    }
  }
  return common
}

async function count(session: Session, table: string): Promise<number> {
  const [row] = await session.ask(`SELECT count(*)::int AS "count" FROM "${table}"`)
  return Number(row?.count)
}

async function tryRow(
  session: Session,
  table: Table,
  rules: readonly Rule[],
  random: () => number,
): Promise<string | null> {
  for (let nth = 0; nth < tries; nth++) {
    const values = await valuesFor(session, table, random)
    if (values === null) return null
    const names = [...values.keys()]
    await session.run('BEGIN')
    try {
      const [row] = await session.ask(
        `INSERT INTO "${table.name}" AS t (${names.map((name) => `"${name}"`).join(', ')})
         VALUES (${names.map((name) => values.get(name)).join(', ')}) RETURNING to_jsonb(t)::text AS "row"`,
      )
      if (!(await obeys(session, table, rules))) throw new Error('against a later rule')
      await session.run('COMMIT')
      return String(row?.row)
    } catch {
      await session.run('ROLLBACK')
    }
  }
  return null
}

/** Whether the rows of the table are such as later rules will accept, as far as those ask for columns that it has. */
async function obeys(session: Session, { name, columns }: Table, rules: readonly Rule[]): Promise<boolean> {
  const has = new Set(columns.map((column) => column.name))
  const asked = rules.filter((rule) => rule.table === name && rule.columns.every((column) => has.has(column)))
  if (asked.length === 0) return true
  const all = asked.map(({ condition }) => `coalesce(bool_and(${condition}), true)`).join(' AND ')
  const [row] = await session.ask(`SELECT ${all} AS "is" FROM "${name}"`)
  return row?.is === true
}

/** A literal for each column that gets one, or null where a key has nothing to point to. */
async function valuesFor(session: Session, table: Table, random: () => number): Promise<Map<string, string> | null> {
  const values = new Map<string, string>()
  const isAlways = (column: string) => alwaysWritten.has(`${table.name}.${column}`)
  for (const column of table.columns) {
    const isSerial = column.hasDefault && column.name === 'id'
    const isOptional = (column.isNullable || column.hasDefault) && !isAlways(column.name)
    const isLeftOut = isOptional && random() < 0.5
    if (!isSerial && !isLeftOut) values.set(column.name, literal(column, table.words.get(column.name), random))
  }
  for (const { from, table: other, to } of table.keys) {
    const optional = from.every(
      (name) => !isAlways(name) && table.columns.some((column) => column.name === name && column.isNullable),
    )
    if (optional && random() < 0.5) {
      for (const name of from) values.delete(name)
      continue
    }
    const rows = await session.ask(
      `SELECT ${to.map((name) => `"${name}"::text AS "${name}"`).join(', ')} FROM "${other}" LIMIT 5`,
    )
    const row = rows[Math.floor(random() * rows.length)]
    if (row === undefined && !optional) return null
    from.forEach((name, index) => {
      const value = row?.[to[index] ?? ''] ?? null
      if (value === null) values.delete(name)
      else values.set(name, `'${String(value).replaceAll("'", "''")}'`)
    })
  }
  return values
}

function literal({ type }: Column, words: readonly string[] | undefined, random: () => number): string {
  const number = Math.floor(random() * 4)
  const word = words?.[Math.floor(random() * words.length)]
  if (word !== undefined) return `'${word.replaceAll("'", "''")}'`
  if (type.endsWith('[]')) return `'{}'::${type}`
  if (type === 'boolean') return random() < 0.5 ? 'true' : 'false'
  if (type === 'date') return `'2026-11-${10 + number}'`
  if (type.startsWith('timestamp')) return `'2026-11-23T0${number}:00:00Z'`
  if (type === 'jsonb') return `'{"majority": {"of": "present"}}'`
  if (type === 'bytea') return `'\\x${'0'.repeat(62)}${10 + number}'`
  if (type === 'uuid') return `'00000000-0000-4000-8000-00000000000${number}'`
  if (/^(integer|bigint|smallint|numeric|double)/.test(type)) return String(number)
  return `'chữ ${number}'`
}

async function readTables(session: Session, later: Vocabulary): Promise<Table[]> {
  const columns = await session.ask(`
    SELECT c.relname::text AS "table", a.attname::text AS "name", format_type(a.atttypid, a.atttypmod) AS "type",
      NOT a.attnotnull AS "isNullable", a.atthasdef OR a.attidentity <> '' AS "hasDefault"
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations' AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attnum`)
  const rules = await session.ask(`
    SELECT c.conrelid::regclass::text AS "table", c.contype = 'f' AS "isKey", pg_get_constraintdef(c.oid) AS "rule",
      f.relname::text AS "other",
      ARRAY(SELECT attname::text FROM unnest(c.conkey) WITH ORDINALITY k(n, i)
        JOIN pg_attribute ON attrelid = c.conrelid AND attnum = n ORDER BY i) AS "from",
      ARRAY(SELECT attname::text FROM unnest(c.confkey) WITH ORDINALITY k(n, i)
        JOIN pg_attribute ON attrelid = c.confrelid AND attnum = n ORDER BY i) AS "to"
    FROM pg_constraint c LEFT JOIN pg_class f ON f.oid = c.confrelid
    WHERE c.connamespace = 'public'::regnamespace AND c.contype IN ('c', 'f') ORDER BY c.conname`)
  const tables = new Map<string, Table>()
  for (const { table, ...column } of columns) {
    const name = String(table)
    const known: Table = tables.get(name) ?? { name, columns: [], words: new Map(), keys: [] }
    known.columns.push({
      name: String(column.name),
      type: String(column.type),
      isNullable: column.isNullable === true,
      hasDefault: column.hasDefault === true,
    })
    tables.set(name, known)
  }
  for (const { name, words } of tables.values()) {
    for (const [key, list] of [...later, ...written])
      if (key.startsWith(`${name}.`)) words.set(key.slice(name.length + 1), list)
  }
  for (const { table, isKey, rule, other, from, to } of rules) {
    const known = tables.get(String(table).replaceAll('"', ''))
    if (!known || !Array.isArray(from) || !Array.isArray(to)) continue
    if (isKey === true) known.keys.push({ from: from.map(String), table: String(other), to: to.map(String) })
    // ("state" = ANY (ARRAY['draft'::text, 'open'::text]))
    for (const [, column = '', list = ''] of String(rule).matchAll(/\(?"?(\w+)"?\)? = ANY \(\(?ARRAY\[([^\]]*)\]/g)) {
      if (!known.words.has(column))
        known.words.set(
          column,
          [...list.matchAll(/'([^']*)'/g)].map(([, word = '']) => word),
        )
    }
  }
  return [...tables.values()]
}
