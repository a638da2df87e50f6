import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'

export interface WardStanding {
  /** The ward's paper by which the bot's vote is the ballot; null while it is a poll. */
  instrument: string | null
  from: Date | null
}

const longestInstrument = 120

/** What the bot's votes are worth in the actor's ward. */
export async function readStanding(ctx: Context): Promise<Result<WardStanding>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'vote.standing', { wardId })
  if (!leave.ok) return leave
  const row = await ctx.db.ballotStanding.findFirst({ where: { wardId, endedAt: null } })
  return ok({ instrument: row?.instrument ?? null, from: row?.from ?? null })
}

/**
 * Makes the bot's vote the ballot of the ward's branches by a paper of the ward, or (`null`) a poll again. Votes that are
 * open keep what they were opened as. Fails with `votes.noInstrument`.
 */
export async function setStanding(ctx: Context, instrument: string | null): Promise<Result<WardStanding>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'vote.standing', { wardId })
  if (!leave.ok) return leave
  const { personId } = ctx.actor
  if (personId === null) return fail('access.denied', { action: 'vote.standing' })
  const written = instrument?.normalize('NFC').replaceAll(/\s+/g, ' ').trim() ?? null
  if (written !== null && !/\d/.test(written)) return fail('votes.noInstrument')
  if (written !== null && written.length > longestInstrument) {
    return fail('votes.instrumentTooLong', { longest: longestInstrument })
  }
  return ctx.transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "Ward" WHERE "id" = ${wardId} FOR NO KEY UPDATE`
    const now = await tx.ballotStanding.findFirst({ where: { wardId, endedAt: null } })
    if ((now?.instrument ?? null) === written) return ok({ instrument: written, from: now?.from ?? null })
    const at = ctx.now()
    if (now) await tx.ballotStanding.update({ where: { id: now.id }, data: { endedAt: at, endedById: personId } })
    if (written !== null) {
      await tx.ballotStanding.create({ data: { wardId, instrument: written, from: at, byId: personId } })
    }
    await ctx.audit(tx, written === null ? 'vote.standingPoll' : 'vote.standingBallot', { ward: wardId }, wardId)
    return ok({ instrument: written, from: written === null ? null : at })
  })
}
