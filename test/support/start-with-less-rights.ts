import { readConfig } from '../../src/config.ts'
import { loadTexts } from '../../src/platform/texts.ts'
import { explainStartFailure, startProgram } from '../../src/start.ts'

/**
 * The program as a user of the machine starts it. Whoever is the machine's administrator, whom no rights of files hold, becomes
 * nobody's user first, after the code has been read.
 */
const texts = loadTexts()
const config = readConfig(process.env)
if (process.getuid?.() === 0) process.setuid?.(65_534)
try {
  await startProgram(config, texts, console.log, new AbortController().signal)
} catch (error) {
  console.error(explainStartFailure(error, texts) ?? error)
  process.exit(1)
}
