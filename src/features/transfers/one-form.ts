import { z } from 'zod'
import { transferKinds } from '../../domain/transfers.ts'

/** A single transfer as it is put together over several messages. */
export const oneDraft = z.object({
  /** The source of the message it began with: it names the draft on its buttons and makes it one transfer. */
  key: z.string(),
  personId: z.int().nullable(),
  kind: z.enum(transferKinds).nullable(),
  toId: z.int().nullable(),
  toName: z.string().nullable(),
  until: z.iso.date().nullable(),
  study: z.boolean().nullable(),
})
export type OneDraft = z.infer<typeof oneDraft>

export const oneForm = 'transferOne'

export function emptyOne(key: string, personId: number | null): OneDraft {
  return { key, personId, kind: null, toId: null, toName: null, until: null, study: null }
}
