import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import { z } from 'zod'
import { readConfig } from './config.ts'
import { loadTexts } from './platform/texts.ts'
import { officerCodePath, proofOf } from './web/tools.ts'

/** `npm run officer-code [-- <ward>]`: has the running program make a code for a new officer, and prints it. */
const texts = loadTexts()
if (existsSync('.env')) loadEnvFile('.env')
const { botToken, host, port } = readConfig(process.env)
const url = `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`
const ward = process.argv[2] ?? ''
const answer = z.union([z.object({ code: z.string(), ward: z.string() }), z.object({ refused: z.string() })])

if (botToken === null) fail(texts('start:officerCode.noToken'))
else await ask(botToken)

async function ask(token: string): Promise<void> {
  const moment = Date.now()
  const headers = {
    'x-moment': String(moment),
    'x-ward': ward,
    'x-proof': proofOf(token, officerCodePath, moment, ward),
  }
  const response = await fetch(url + officerCodePath, { method: 'POST', headers }).catch(() => null)
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
