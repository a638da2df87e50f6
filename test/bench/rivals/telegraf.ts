import { Telegraf } from 'telegraf'
import { openPrisma } from './prisma.ts'
import { recordChoice } from './record-choice.ts'

/** A plain Telegraf bot, as its documentation begins: long polling with `bot.launch()`, the write in the handler, nothing kept. */
const prisma = openPrisma()
const bot = new Telegraf(process.env.BOT_TOKEN ?? '', { telegram: { apiRoot: process.env.BOT_API_ROOT ?? '' } })

bot.action(/^vc:(\d+)\.(\d+)\.(\d+)$/, async (ctx) => {
  const [, ...numbers] = ctx.match
  const text = await recordChoice(prisma, ctx.from.id, numbers.map(Number))
  await ctx.answerCbQuery(text)
})

bot.catch((error) => console.error(error))
await bot.launch(() => console.log('ready'))
