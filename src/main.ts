import { setTimeout as delay } from 'node:timers/promises'
import { beginProgram } from './begin.ts'
import { readConfig } from './config.ts'
import { explainStartFailure, type Program, startProgram } from './start.ts'

/** A start that is not waiting cannot be ended in the middle; it is not waited for longer than this. */
const longestUnwinding = 1000

const texts = beginProgram()

// From the first moment on: a Ctrl-C while the program starts, or waits for its start, ends it too.
const stopping = new AbortController()
let starting: Promise<Program | null> = Promise.resolve(null)
const stop = async () => {
  console.log(texts('start:stopping'))
  stopping.abort()
  const ended = delay(longestUnwinding, null)
  const program = await Promise.race([starting.catch(() => null), ended])
  await program?.stop()
  console.log(texts('start:stopped'))
  process.exit(0)
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)

try {
  const config = readConfig(process.env)
  starting = startProgram(config, texts, (line) => console.log(line), stopping.signal)
  await starting
} catch (error) {
  // Ended while it waited: whoever ended it says so.
  if (!stopping.signal.aborted) {
    const explained = explainStartFailure(error, texts)
    if (explained === null) throw error
    console.error(explained)
    process.exit(1)
  }
}
