import { defineConfig } from 'prisma/config'

// `prisma generate` insists on a native schema engine that it never runs here; naming any executable stops the download.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema' })
