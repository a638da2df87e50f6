import { Bot } from 'grammy'
import { openPrisma } from './prisma.ts'
import { recordChoice } from './record-choice.ts'

/** A plain grammY bot, as its documentation begins: long polling with `bot.start()`, the write in the handler, nothing kept. */
const prisma = openPrisma()
const bot = new Bot(process.env.BOT_TOKEN ?? '', { client: { apiRoot: process.env.BOT_API_ROOT ?? '' } })

bot.callbackQuery(/^vc:(\d+)\.(\d+)\.(\d+)$/, async (ctx) => {
  const [, ...numbers] = ctx.match
  const text = await recordChoice(prisma, ctx.from.id, numbers.map(Number))
  await ctx.answerCallbackQuery({ text })
})

bot.catch(({ error }) => console.error(error))
await bot.start({ onStart: () => console.log('ready') })
