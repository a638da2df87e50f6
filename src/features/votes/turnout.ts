import { monotonic } from '../../platform/clock.ts'
import { type Context, createContext, nobody, type Services } from '../../platform/context.ts'
import { showTurnout } from './show-in-group.ts'
import { lockVote } from './vote-view.ts'

/** One group takes twenty messages a minute: a number that is newer than three seconds could not be shown anyway. */
const restMilliseconds = 3000

/** Writes anew the messages of the groups that are behind, whatever became of the process that was to do it. Asks no leave: the clock calls it. */
export async function showStaleTurnouts(ctx: Context): Promise<void> {
  const stale = await ctx.db.vote.findMany({ where: { turnoutStale: true }, select: { id: true } })
  for (const { id } of stale) await showStaleTurnout(ctx, id)
}

async function showStaleTurnout(ctx: Context, voteId: number): Promise<void> {
  await ctx.transaction(async (tx) => {
    const { turnoutStale } = await lockVote(tx, voteId)
    if (turnoutStale) await showTurnout(ctx, tx, voteId)
  })
}

export interface Turnouts {
  /** Somebody has just voted there. */
  soon(voteId: number): void
  /** Shows at once what was to be shown soon. */
  idle(): Promise<void>
}

/** Brings groups up to date soon after somebody has voted: at once where it was quiet, once for all who press meanwhile. */
export function createTurnouts(services: Services): Turnouts {
  const ctx = createContext(services, nobody, null)
  const waiting = new Map<number, NodeJS.Timeout>()
  const restsUntil = new Map<number, number>()
  const running = new Set<Promise<void>>()

  const show = (voteId: number) => {
    clearTimeout(waiting.get(voteId))
    waiting.delete(voteId)
    restsUntil.set(voteId, monotonic() + restMilliseconds)
    const shown = showStaleTurnout(ctx, voteId)
      .catch((error) => services.log.error({ err: error, vote: voteId }, 'turnout not shown'))
      .finally(() => running.delete(shown))
    running.add(shown)
  }
  return {
    soon: (voteId) => {
      if (waiting.has(voteId)) return
      const rest = (restsUntil.get(voteId) ?? 0) - monotonic()
      if (rest <= 0) restsUntil.delete(voteId)
      waiting.set(
        voteId,
        setTimeout(() => show(voteId), Math.max(0, rest)),
      )
    },
    idle: async () => {
      for (const voteId of waiting.keys()) show(voteId)
      await Promise.all(running)
    },
  }
}
