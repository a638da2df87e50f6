import type { Services } from '../../../platform/context.ts'
import type { OpenDatabase } from '../../../platform/database.ts'
import type { Direct } from '../../../telegram/direct.ts'

/** What secret ballots need beyond what every feature is given. */
export interface SealedParts {
  services: Services
  database: OpenDatabase
  direct: Direct
  /** What every process of the program knows and the database does not: the bot's token. */
  programSecret: string
}
