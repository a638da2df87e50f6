import type { Texts } from '../texts.ts'
import { DatabaseHeld, DatabaseIsForeign, DatabaseIsNewer, MigrationFailed, NotTheOwner, Unmigrated } from './errors.ts'

/** The sentence and the remedy for tables that could not be brought up to date, or null where that is not what happened. */
export function explainUnmigrated(error: unknown, texts: Texts): string | null {
  if (!(error instanceof Unmigrated)) return null
  if (error instanceof DatabaseIsNewer) return texts('start:errors.newerDatabase', { newest: error.newest })
  if (error instanceof DatabaseIsForeign) return texts('start:errors.foreignDatabase')
  if (error instanceof DatabaseHeld) return texts('start:errors.heldDatabase', { seconds: error.seconds })
  if (error instanceof NotTheOwner) return texts('start:errors.notTheOwner')
  if (error instanceof MigrationFailed) {
    return texts('start:errors.migrationFailed', { migration: error.migration, reason: error.reason })
  }
  return null
}
