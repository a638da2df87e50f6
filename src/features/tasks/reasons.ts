import { fail, ok, type Result } from '../../domain/result.ts'

export const longestReason = 500

/** Why something is returned, declined or cancelled. Fails with `tasks.noReason`, `tasks.reasonTooLong`. */
export function readReason(written: string | null): Result<string> {
  const reason = written?.normalize('NFC').trim() || null
  if (reason === null) return fail('tasks.noReason')
  return reason.length > longestReason ? fail('tasks.reasonTooLong', { longest: longestReason }) : ok(reason)
}
