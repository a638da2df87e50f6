import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type NoticeSettings, noticeSettings, type SettingName, settingChoices } from './settings.ts'

/** The ward's settings, for whoever may change them. */
export async function viewSettings(ctx: Context): Promise<Result<NoticeSettings>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.settings', { wardId })
  return leave.ok ? ok(await noticeSettings(ctx.db, wardId)) : leave
}

/** Chooses one of what a setting may be. Idempotent. Fails with `notices.noSuchSetting`. */
export async function changeSetting(
  ctx: Context,
  { name, value }: { name: SettingName; value: number },
): Promise<Result<NoticeSettings>> {
  const before = await viewSettings(ctx)
  if (!before.ok) return before
  if (!settingChoices[name].some((choice) => choice === value)) return fail('notices.noSuchSetting')
  if (before.value[name] === value) return before
  const wardId = ctx.actor.wardId ?? 0
  const chosen = { ...before.value, [name]: value }
  await ctx.transaction(async (tx) => {
    await tx.noticeSettings.upsert({ where: { wardId }, create: { wardId, chosen }, update: { chosen } })
    await ctx.audit(tx, 'notice.settingChanged', { setting: name, value }, wardId)
  })
  return ok(chosen)
}
