import { once } from 'node:events'
import { startProgram } from './program.ts'
import type { Source } from './sessions.ts'

/**
 * Starts a process that brings that database up to date as a start does, and dies by SIGKILL at that moment; without a moment it
 * ends as it should. Answers with the signal that ended it and what it printed.
 */
export async function migrateUntil(
  source: Source,
  moment: string,
  settings: Record<string, string> = {},
): Promise<{ signal: string | null; code: number | null; output: string }> {
  const { child, ends } = startProgram(settings, [
    'test/support/doomed-migrations-entry.ts',
    JSON.stringify(source),
    moment,
  ])
  const closed = once(child, 'close')
  const { output } = await ends()
  await closed
  return { signal: child.signalCode, code: child.exitCode, output }
}
