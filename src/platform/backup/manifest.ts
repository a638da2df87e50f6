import { z } from 'zod'

export const manifestFile = 'manifest.json'
export const tableFile = (table: string): string => `${table}.jsonl`

/** What a backup says of itself. */
export const manifestSchema = z.object({
  format: z.literal('lien-chi-backup-1'),
  /** The program's version, for people. */
  program: z.string(),
  madeAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  /** How many rows each table has, and the SHA-256 of its lines. */
  tables: z.array(z.object({ name: z.string(), rows: z.int().min(0), sha256: z.string().length(64) })),
  leftOut: z.array(z.string()),
})

export type Manifest = z.infer<typeof manifestSchema>
