import type { Context } from '../../platform/context.ts'

/**
 * Notes that the acting person has read a branch's notice in their private chat, the first time. Asks no leave: what was
 * opened has asked. A notice that only passed by in a group, or an answer in a window, is not seen.
 */
export async function markSeen(ctx: Context, { noticeId }: { noticeId: number }): Promise<void> {
  const { personId } = ctx.actor
  if (personId === null) return
  await ctx.db.noticeReading.createMany({
    data: [{ noticeId, personId, seenAt: ctx.now() }],
    skipDuplicates: true,
  })
}
