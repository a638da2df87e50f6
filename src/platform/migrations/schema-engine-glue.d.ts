/** The glue code of Prisma's schema engine, as its bundler-only package exports it. */
declare module '@prisma/schema-engine-wasm/schema_engine_bg' {
  export { SchemaEngine } from '@prisma/schema-engine-wasm'
  export function __wbg_set_wasm(exports: Record<string, unknown>): void
}

/** Node has it; the type libraries keep it with the browser's, which this project does not load. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance {
    readonly exports: Record<string, unknown>
    constructor(module: Module, imports: Record<string, unknown>)
  }
}
