import { DEFAULT_BOT, startSandbox } from './index.ts'

/** `npm run sandbox`: a Telegram for anybody's bot. */
const token = process.env.BOT_TOKEN || DEFAULT_BOT.token
const username = process.env.BOT_USERNAME || DEFAULT_BOT.username

const sandbox = await startSandbox({
  port: Number(process.env.SANDBOX_PORT || 8081),
  bots: [{ token, username, name: process.env.BOT_NAME || username }],
  log: (line) => console.log(line),
})

console.log(`apiRoot   ${sandbox.url}`)
console.log(`token     ${token}`)
console.log(`people    ${sandbox.url}/people/users`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close())
}
