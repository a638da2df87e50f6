import { z } from 'zod'
import { askProgram } from './ask-program.ts'
import { beginProgram } from './begin.ts'
import { type Config, explainWrongSetting, readConfig } from './config.ts'
import { officerCodePath } from './web/tools.ts'

/** `npm run officer-code [-- <ward>]`: has the running program make a code for a new officer, and prints it. */
const texts = beginProgram()
const ward = process.argv[2] ?? ''
const answer = z.union([z.object({ code: z.string(), ward: z.string() }), z.object({ refused: z.string() })])

try {
  const config = readConfig(process.env)
  if (config.botToken === null) fail(texts('start:officerCode.noToken'))
  else await ask(config, config.botToken)
} catch (error) {
  const explained = explainWrongSetting(error, texts)
  if (explained === null) throw error
  fail(explained)
}

async function ask(config: Config, token: string): Promise<void> {
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
