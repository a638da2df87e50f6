import { may } from '../../domain/access.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'

/** Whose notices somebody may follow: the whole ward's (`branchIds` empty of meaning: null), or some branches'. */
export interface StatusScope {
  readonly wardId: number
  readonly branchIds: readonly number[] | null
}

/** What the acting person may follow today. Fails with `access.denied`. */
export function statusScope({ actor }: Pick<Context, 'actor'>): Result<StatusScope> {
  const wardId = actor.wardId ?? 0
  const whole = may(actor, 'notice.viewStatus', { wardId })
  if (whole.ok) return ok({ wardId, branchIds: null })
  const branchIds = actor.grants.flatMap(({ branchId }) =>
    branchId !== null && may(actor, 'notice.viewStatus', { wardId, branchId }).ok ? [branchId] : [],
  )
  return branchIds.length > 0 ? ok({ wardId, branchIds: [...new Set(branchIds)] }) : whole
}
