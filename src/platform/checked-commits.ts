import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils'

/**
 * The adapter of PGlite with commits that fail aloud. Its own swallows the error of a commit: what a constraint refuses only
 * then (a deferred one) would be rolled back while the program goes on as if it had been written.
 */
export function withCheckedCommits(
  factory: SqlMigrationAwareDriverAdapterFactory,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async (): Promise<SqlDriverAdapter> => {
      const adapter = await factory.connect()
      const start = adapter.startTransaction.bind(adapter)
      adapter.startTransaction = async (isolation) => checked(await start(isolation))
      return adapter
    },
    connectToShadowDb: () => factory.connectToShadowDb(),
  }
}

function checked(transaction: Transaction): Transaction {
  const commit = transaction.commit.bind(transaction)
  transaction.commit = async () => {
    try {
      // What was put off to the commit is asked now, while a refusal still reaches whoever began the transaction.
      await transaction.executeRaw({ sql: 'SET CONSTRAINTS ALL IMMEDIATE', args: [], argTypes: [] })
    } catch (error) {
      await transaction.rollback()
      throw error
    }
    await commit()
  }
  return transaction
}
