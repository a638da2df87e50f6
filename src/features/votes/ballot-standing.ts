import type { Standing } from '../../domain/ballots.ts'
import type { Database, Transaction } from '../../platform/database.ts'

/**
 * What a vote is worth. Slips and hands are the branch's own vote; the bot's is a poll until the ward has made it the ballot
 * by a paper of its own (no instrument that we could read allows a vote by messenger).
 */
export async function standingOf(
  db: Database | Transaction,
  { wardId, kind, byHand }: { wardId: number; kind: string; byHand: boolean },
): Promise<{ standing: Standing; instrument: string | null }> {
  if (kind === 'paper' || byHand) return { standing: 'ballot', instrument: null }
  const turnedOn = await db.ballotStanding.findFirst({ where: { wardId, endedAt: null } })
  return turnedOn ? { standing: 'ballot', instrument: turnedOn.instrument } : { standing: 'poll', instrument: null }
}
