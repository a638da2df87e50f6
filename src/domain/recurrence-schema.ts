import { z } from 'zod'
import type { Recurrence } from './recurrence.ts'

/** A rule as drafts and tables keep it. */
export const recurrenceSchema: z.ZodType<Recurrence> = z.union([
  z.object({ every: z.literal('week'), weekday: z.int().min(1).max(7) }),
  z.object({ every: z.literal('month'), day: z.union([z.int().min(1).max(28), z.literal('last')]) }),
])
