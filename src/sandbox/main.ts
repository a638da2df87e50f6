import { startSandbox } from './index.ts'
import { DEFAULT_BOT } from './world/accounts.ts'

/** `npm run sandbox`: a Telegram for anybody's bot. */
const token = process.env.BOT_TOKEN || DEFAULT_BOT.token
const username = process.env.BOT_USERNAME || DEFAULT_BOT.username
const port = Number(process.env.SANDBOX_PORT || 8081)

try {
  const sandbox = await startSandbox({
    port,
    bots: [{ token, username, name: process.env.BOT_NAME || username }],
    log: (line) => console.log(line),
  })
  console.log(`apiRoot   ${sandbox.url}`)
  console.log(`token     ${token}`)
  console.log(`people    ${sandbox.url}/people/users`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close())
} catch (error) {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  console.error(isTaken ? `Port ${port} is taken. Choose another: SANDBOX_PORT=8082 npm run sandbox` : error)
  process.exitCode = 1
}
