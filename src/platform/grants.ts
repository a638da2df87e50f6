import { escapeIdentifier } from 'pg'
import type { Session } from './migrations/session.ts'

/** What the program only ever adds to. */
const onlyAddedTo = ['AuditEntry', 'AuditSeal', 'AuditSealEntry'].map((name) => escapeIdentifier(name)).join(', ')

/**
 * Gives the program's role what it needs where another role owns the tables: to read and write rows, and a schema of its own
 * for the queue. Neither changing a table, nor a trigger, nor a row of the audit. Done anew at every start, for new tables.
 */
export async function grantToProgram(session: Session, role: string): Promise<void> {
  const program = escapeIdentifier(role)
  const [found] = await session.ask('SELECT current_database() AS "name"')
  const database = escapeIdentifier(String(found?.name))
  await session.run(`
    GRANT CONNECT, CREATE ON DATABASE ${database} TO ${program};
    GRANT USAGE ON SCHEMA public TO ${program};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${program};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${program};
    REVOKE UPDATE, DELETE, TRUNCATE ON ${onlyAddedTo} FROM ${program};
    REVOKE ALL ON "_prisma_migrations" FROM ${program};`)
}
