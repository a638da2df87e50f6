import type { Transaction } from '../../platform/database.ts'

/** Imports, plans and moves of a ward follow one another. */
export async function lockWard(tx: Transaction, wardId: number): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "Ward" WHERE "id" = ${wardId} FOR UPDATE`
}
