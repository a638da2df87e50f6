import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'

type Glue = typeof import('@prisma/schema-engine-wasm/schema_engine_bg')

let loading: Promise<Glue> | undefined

/**
 * Prisma's own schema engine as WebAssembly, bound to the adapter the program already uses: no native binary, no second
 * connection.
 */
export async function openSchemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  datamodels?: [string, string][],
): Promise<SchemaEngine> {
  loading ??= load()
  const glue = await loading
  return glue.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter))
}

/**
 * The package is made for bundlers, so the `.wasm` file beside its glue code is loaded by hand: once, because the glue
 * keeps views of the first instance's memory and reads nonsense from a second one.
 */
async function load(): Promise<Glue> {
  const require = createRequire(import.meta.url)
  const glueFile = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const module = new WebAssembly.Module(readFileSync(join(dirname(glueFile), 'schema_engine_bg.wasm')))
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
  return glue
}
