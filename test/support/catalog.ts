import type { Session } from '../../src/platform/migrations/session.ts'

/** What the database says of its tables, one line a thing: columns in order, rules, indexes, triggers, functions, sequences. */
export async function catalogOf(session: Session): Promise<string[]> {
  const rows = await session.ask(`
    SELECT 'column ' || c.relname || ' ' || a.attnum || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || CASE WHEN a.attnotnull THEN ' not null ' ELSE ' ' END || coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS "line"
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'v', 'S')
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0
    UNION ALL SELECT 'rule ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger ' || tgenabled::text || ' ' || pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
    UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ORDER BY 1`)
  return rows.map(({ line }) => String(line))
}

/** Every row of every table of ours, by table, in an order that depends on nothing else; of the migrations their names and sums. */
export async function rowsOf(session: Session): Promise<Record<string, string[]>> {
  const tables = await session.ask(
    `SELECT tablename::text AS "name" FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  )
  const found: Record<string, string[]> = {}
  for (const { name } of tables) {
    const line =
      name === '_prisma_migrations'
        ? `concat_ws(' ', migration_name, checksum, applied_steps_count, finished_at IS NOT NULL, logs, rolled_back_at)`
        : 'to_jsonb(t)::text'
    const rows = await session.ask(`SELECT ${line} AS "line" FROM "${name}" t ORDER BY ${line} COLLATE "C"`)
    found[String(name)] = rows.map((row) => String(row.line))
  }
  return found
}
