import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'

/**
 * The adapter with migration scripts run as a whole and waited for. PostgreSQL's own adapter cuts a script at every
 * semicolon, also inside a function; PGlite's does not wait for its end, so that a script that fails counts as applied.
 */
export function withWholeScripts(
  factory: SqlMigrationAwareDriverAdapterFactory,
  run: (script: string) => Promise<unknown>,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async (): Promise<SqlDriverAdapter> => {
      const adapter = await factory.connect()
      adapter.executeScript = async (script) => {
        await run(script)
      }
      return adapter
    },
    connectToShadowDb: () => factory.connectToShadowDb(),
  }
}
