import { existsSync, statSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { keepFilesPrivate } from './platform/private-files.ts'
import { loadTexts, type Texts } from './platform/texts.ts'

const settingsFile = '.env'

/**
 * What every program of ours does first: whatever it writes is for its user alone, and the settings of `.env` join the environment.
 * Says so where other users of the machine can read that file, which holds the bot's token, or change it. Ends the process where
 * the file cannot be read.
 */
export function beginProgram(): Texts {
  keepFilesPrivate()
  const texts = loadTexts()
  if (!existsSync(settingsFile)) return texts
  try {
    if (isOpen(statSync(settingsFile).mode)) console.error(texts('start:openSettings', { file: settingsFile }))
    loadEnvFile(settingsFile)
  } catch {
    console.error(texts('start:errors.settingsFile', { file: settingsFile }))
    process.exit(1)
  }
  return texts
}

/** A group may be let read it: a service's user often does so through its group. */
function isOpen(mode: number): boolean {
  return process.platform !== 'win32' && (mode & 0o027) !== 0
}
