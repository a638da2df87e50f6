/** Why the tables could not be brought up to date. Nothing is half-done: what was begun is undone, what was done before stands. */
export abstract class Unmigrated extends Error {}

/** The database has had migrations that this program does not know: a newer version made it what it is. */
export class DatabaseIsNewer extends Unmigrated {
  /** The newest of those migrations, by name. */
  readonly newest: string
  constructor(newest: string) {
    super(`the database has had a migration that this version does not know: ${newest}`)
    this.newest = newest
  }
}

/** There are tables in it, and no record of a migration: they are somebody else's. */
export class DatabaseIsForeign extends Unmigrated {}

/** Another program works on the tables, or still reads them. */
export class DatabaseHeld extends Unmigrated {
  readonly seconds: number
  constructor(seconds: number, options: ErrorOptions) {
    super(`another program has held the database for ${seconds} seconds`, options)
    this.seconds = seconds
  }
}

/** The role may not change the tables: another one owns them. */
export class NotTheOwner extends Unmigrated {}

/** The database refused a migration. */
export class MigrationFailed extends Unmigrated {
  readonly migration: string
  /** SQLSTATE and, where it names tables and rules only, what the database says. */
  readonly reason: string
  constructor(migration: string, reason: string, options: ErrorOptions) {
    super(`migration ${migration}: ${reason}`, options)
    this.migration = migration
    this.reason = reason
  }
}

/** The code of an error that the database itself sent, or null: a connection that broke has none. */
export function sqlState(error: unknown): string | null {
  if (!(error instanceof Error) || !('severity' in error) || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

/** What the refusal of a migration is to whoever starts the program; a server that goes away is no refusal and stays as it is. */
export function refusal(migration: string, error: unknown): unknown {
  const code = sqlState(error)
  if (code === null || /^(08|57|55P03|40P01)/.test(code)) return error
  if (code === '42501') return new NotTheOwner(String(error), { cause: error })
  // Class 22, data exceptions: their words hold the value itself.
  const words = code.startsWith('22') || !(error instanceof Error) ? '' : `: ${error.message}`
  return new MigrationFailed(migration, `${code}${words}`, { cause: error })
}
