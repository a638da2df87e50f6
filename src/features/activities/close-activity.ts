import { may } from '../../domain/access.ts'
import { searchKey } from '../../domain/names.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { groupChatOf } from '../linking/index.ts'
import { type ActivityView, findActivity, lockActivity } from './activity-view.ts'
import { resultMessage } from './message-screens.ts'
import { refreshGroup } from './refresh-group.ts'

export interface ActivityResult {
  guestCount: number | null
  metreCount: number | null
  spotCount: number | null
  note: string | null
}

const largestCount = 100_000
const longestNote = 1000

/** Reads `khách 12, 300 mét, 2 điểm rác, đã trồng hoa`: what is counted, and the whole as a note. */
export function readResult(text: string): Result<ActivityResult> {
  const note = text.normalize('NFC').trim()
  if (note === '') return fail('activities.noResult')
  if (note.length > longestNote) return fail('activities.noteTooLong', { longest: longestNote })
  const words = searchKey(note).replace(/(\d)[.](\d{3})\b/g, '$1$2')
  const guests = /(\d{1,6}) (?:nguoi dan|khach|ba con)\b|\b(?:khach|ba con)(?: moi)?:? (\d{1,6})/.exec(words)
  const metres = /(\d{1,6}) ?(?:met|m)\b/.exec(words)
  const spots = /(\d{1,6}) (?:diem|vuon)\b/.exec(words)
  const counts = [guests?.[1] ?? guests?.[2], metres?.[1], spots?.[1]].map((found) =>
    found === undefined ? null : Number(found),
  )
  if (counts.some((count) => count !== null && count > largestCount)) return fail('activities.countTooLarge')
  const [guestCount = null, metreCount = null, spotCount = null] = counts
  return ok({ guestCount, metreCount, spotCount, note })
}

/** Records what came of an activity, and tells the group with its photos as an album. It may be corrected: said again. */
export async function closeActivity(
  ctx: Context,
  activityId: number,
  result: ActivityResult,
): Promise<Result<ActivityView>> {
  const activity = await findActivity(ctx.db, activityId)
  if (!activity) return fail('activities.notThere')
  const leave = may(ctx.actor, 'activity.organise', { wardId: activity.wardId, branchId: activity.branchId })
  if (!leave.ok) return leave
  if (activity.state === 'cancelled') return fail('activities.wasCancelled')
  if (activity.startsAt > ctx.now()) return fail('activities.notBegun')
  return ctx.transaction(async (tx) => {
    await lockActivity(tx, activityId)
    await tx.activity.update({ where: { id: activityId }, data: { ...result, state: 'held', finishedAt: ctx.now() } })
    await ctx.audit(tx, 'activity.held', { activity: activityId }, activity.wardId)
    const held = await refreshGroup(ctx, tx, activityId)
    const photos = await tx.activityPhoto.findMany({
      where: { activityId },
      include: { keptFile: true },
      orderBy: { at: 'asc' },
      take: 10,
    })
    const group = await groupChatOf(tx, activity.branchId)
    if (group !== null) {
      const files = photos.map(({ keptFile }) => ({ fileId: keptFile.fileId, name: '', kind: 'photo' as const }))
      const key = `activity:${activityId}:result:${ctx.source ?? ctx.now().getTime()}`
      await ctx.deliver(tx, { chatId: group, message: resultMessage(ctx.texts, held, files), key })
    }
    return ok(held)
  })
}
