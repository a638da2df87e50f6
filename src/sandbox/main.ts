import { startSandbox, startWebChat } from './index.ts'
import { DEFAULT_BOT } from './world/accounts.ts'

/** `npm run sandbox`: a Telegram for anybody's bot. */
// Whatever is written here is for this user alone.
process.umask(0o077)
const token = process.env.BOT_TOKEN || DEFAULT_BOT.token
const username = process.env.BOT_USERNAME || DEFAULT_BOT.username
const port = Number(process.env.SANDBOX_PORT || 8081)
const webPort = Number(process.env.PORT || 8080)

try {
  const sandbox = await startSandbox({
    port,
    bots: [{ token, username, name: process.env.BOT_NAME || username }],
    log: (line) => console.log(line),
  })
  const web = await startWebChat(sandbox, { port: webPort })
  console.log(`apiRoot   ${sandbox.url}`)
  console.log(`token     ${token}`)
  console.log(`people    ${sandbox.url}/people/users`)
  console.log(`web chat  ${web.url}`)
  const close = () => Promise.all([web.close(), sandbox.close()])
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close())
} catch (error) {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  console.error(
    isTaken ? `Port ${port} or ${webPort} is taken. Choose others: SANDBOX_PORT=8083 PORT=8082 npm run sandbox` : error,
  )
  // Whatever did start would keep the process alive.
  process.exit(1)
}
