import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { PrismaClient } from '../../../src/platform/prisma/client.ts'

/** Prisma as a bot without more than its library would open it: on the server, or on PGlite in the folder. */
export function openPrisma(): PrismaClient {
  const url = process.env.DATABASE_URL
  if (url) return new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) })
  const pglite = new PGlite(join(process.env.DATA_DIR ?? 'data', 'pglite'))
  return new PrismaClient({ adapter: new PrismaPGlite(pglite) })
}

export type { PrismaClient }
