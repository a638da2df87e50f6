import { z } from 'zod'
import { type EvaluationPack, packSchema } from '../../../domain/packs/schema.ts'

/** What has been said of a scheme so far; the form keeps it between the questions. */
const draftSchema = z.object({
  number: z.string().optional(),
  year: z.number().optional(),
  bands: z.array(z.unknown()).optional(),
  maximum: z.number().optional(),
  parts: z.array(z.unknown()).optional(),
  cap: z.unknown().optional(),
  disqualifiers: z.array(z.unknown()).optional(),
  periods: z.array(z.string()).optional(),
})
export type SchemeDraft = z.infer<typeof draftSchema>

export function draftIn(data: unknown): SchemeDraft {
  const read = draftSchema.safeParse(data)
  return read.success ? read.data : {}
}

/** The rules that a draft stands for; null while something is missing. Its id and first day are given when it is chosen. */
export function packOf({ number, year, ...rules }: SchemeDraft, name: string): EvaluationPack | null {
  const read = packSchema.safeParse({
    id: 'draft',
    kind: 'evaluation',
    from: '2000-01-01',
    instrument: { number, year, name },
    disqualifiers: [],
    ...rules,
  })
  return read.success && read.data.kind === 'evaluation' ? read.data : null
}
