import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { z } from 'zod'
import { askProgram } from './ask-program.ts'
import { readConfig } from './config.ts'
import { loadTexts } from './platform/texts.ts'
import { officerCodePath } from './web/tools.ts'

/** `npm run officer-code [-- <ward>]`: has the running program make a code for a new officer, and prints it. */
const texts = loadTexts()
if (existsSync('.env')) loadEnvFile('.env')
const config = readConfig(process.env)
const ward = process.argv[2] ?? ''
const answer = z.union([z.object({ code: z.string(), ward: z.string() }), z.object({ refused: z.string() })])

if (config.botToken === null) fail(texts('start:officerCode.noToken'))
else await ask(config.botToken)

async function ask(token: string): Promise<void> {
  const { url, response } = await askProgram(config, token, officerCodePath, ward)
  if (response === null) return fail(texts('start:officerCode.silent', { url }))
  const said = answer.safeParse(await response.json().catch(() => null))
  if (!said.success) return fail(texts('start:officerCode.refused', { reason: String(response.status) }))
  if ('refused' in said.data) return fail(texts('start:officerCode.refused', { reason: said.data.refused }))
  console.log(texts('start:officerCode.made', said.data))
}

function fail(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
