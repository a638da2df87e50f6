import { beginProgram } from './begin.ts'
import { readConfig } from './config.ts'
import { explainStartFailure, type Program, startProgram } from './start.ts'

const texts = beginProgram()

// From the first moment on: a Ctrl-C while the program starts ends it too.
let program: Program | null = null
const stop = async () => {
  console.log(texts('start:stopping'))
  await program?.stop()
  console.log(texts('start:stopped'))
  process.exit(0)
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)

try {
  const config = readConfig(process.env)
  program = await startProgram(config, texts, (line) => console.log(line))
} catch (error) {
  const explained = explainStartFailure(error, texts)
  if (explained === null) throw error
  console.error(explained)
  process.exit(1)
}
