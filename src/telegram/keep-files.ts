import { type Api, GrammyError } from 'grammy'
import type { Context } from '../platform/context.ts'
import { type FileStore, keyOf } from '../platform/file-store.ts'
import { downloadFile, FileTooLarge } from './download.ts'
import { classify } from './failures.ts'
import type { Feature } from './feature.ts'

const atOnce = 20
/** A minute apart: an outage of Telegram or of the store shorter than this costs nothing. */
const mostAttempts = 60

/** Copies what people sent from Telegram into our own store, so that it outlives the chat. */
export function keptFilesFeature(api: Api, store: FileStore): Feature {
  return {
    name: 'files',
    due: async (ctx) => {
      const waiting = await ctx.db.keptFile.findMany({
        where: { state: 'waiting' },
        orderBy: [{ attempts: 'asc' }, { id: 'asc' }],
        take: atOnce,
      })
      for (const file of waiting) await copy(ctx, api, store, file)
      await removeDropped(ctx, store)
    },
  }
}

/** Takes the bytes of dropped files out of the store, unless the same content is kept for another file. */
async function removeDropped(ctx: Context, store: FileStore): Promise<void> {
  for (const { id, key } of await ctx.db.keptFile.findMany({ where: { state: 'dropped', key: { not: null } } })) {
    if (key === null) continue
    const others = await ctx.db.keptFile.count({ where: { key, state: 'kept' } })
    if (others === 0) await store.remove(key)
    await ctx.db.keptFile.update({ where: { id }, data: { key: null, sha256: null } })
  }
}

interface Waiting {
  id: number
  fileId: string
  attempts: number
  sentBy: bigint | null
}

async function copy(ctx: Context, api: Api, store: FileStore, file: Waiting): Promise<void> {
  try {
    const data = await downloadFile(api, file.fileId)
    const { key, sha256 } = keyOf(data)
    await store.put(key, data)
    await ctx.db.keptFile.update({
      where: { id: file.id },
      data: { state: 'kept', key, sha256, size: data.length, keptAt: ctx.now() },
    })
  } catch (error) {
    ctx.log.warn({ err: error, file: file.id }, 'file not copied')
    // Nothing of this file: Telegram lets the bot fetch none.
    if (classify(error).kind === 'shutOut') return
    await failed(ctx, file, isRefused(error) || file.attempts + 1 >= mostAttempts)
  }
}

async function failed(ctx: Context, file: Waiting, isLost: boolean): Promise<void> {
  await ctx.transaction(async (tx) => {
    await tx.keptFile.update({
      where: { id: file.id },
      data: { attempts: file.attempts + 1, ...(isLost ? { state: 'lost' } : {}) },
    })
    if (!isLost || file.sentBy === null) return
    const message = { text: ctx.texts('telegram:fileNotKept') }
    await ctx.deliver(tx, { chatId: file.sentBy, message, key: `file:${file.id}:lost` })
  })
}

/** Telegram will not give it, however often it is asked: it is too big, or gone. */
function isRefused(error: unknown): boolean {
  return error instanceof FileTooLarge || (error instanceof GrammyError && error.error_code === 400)
}
