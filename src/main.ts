import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { readConfig } from './config.ts'
import { loadTexts } from './platform/texts.ts'
import { explainStartFailure, startProgram } from './start.ts'

const texts = loadTexts()
if (existsSync('.env')) loadEnvFile('.env')

try {
  const config = readConfig(process.env)
  const program = await startProgram(config, texts, (line) => console.log(line))
  const stop = async () => {
    console.log(texts('start:stopping'))
    await program.stop()
    console.log(texts('start:stopped'))
    process.exit(0)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
} catch (error) {
  const explained = explainStartFailure(error, texts)
  if (explained === null) throw error
  console.error(explained)
  process.exit(1)
}
