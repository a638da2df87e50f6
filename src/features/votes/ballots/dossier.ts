import { may } from '../../../domain/access.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { type Message, titled } from '../../../platform/messages.ts'
import type { Texts } from '../../../platform/texts.ts'
import { resultsOfYear, type YearResult } from '../../notices/index.ts'
import { findVote, type VoteView } from '../vote-view.ts'

/** What lies beside the paper for one person to classify. */
export interface Dossier {
  vote: VoteView
  name: string
  /** The ward's monthly and yearly results in force, the earliest first. */
  results: YearResult[]
}

/**
 * What the ward has told of one person on the paper in that year, and what the branch remarked on it; that it was read is
 * recorded. Levels only: scores are for a few.
 */
export async function dossierOf(ctx: Context, voteId: number, personId: number): Promise<Result<Dossier>> {
  const vote = await findVote(ctx.db, voteId)
  const asked = vote?.questions.find((question) => question.personId === personId)
  if (!vote || !asked) return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'notice.viewLevels', { wardId: vote.wardId, branchId: vote.branchId })
  if (!leave.ok) return leave
  const results = await resultsOfYear(ctx, personId, vote.period ?? '', vote.branchId)
  await ctx.auditRead('ballot.dossierViewed', { vote: voteId, person: personId }, vote.wardId)
  return ok({ vote, name: asked.text, results })
}

export function dossierMessage(texts: Texts, { vote, name, results }: Dossier): Message {
  return {
    ...titled(
      name,
      texts('votes:ballot.noticesOf', { year: vote.period ?? '' }),
      ...(results.length === 0
        ? [texts('votes:ballot.noNotices')]
        : results.flatMap(({ period, level, number, remark }) => [
            texts('votes:ballot.noticeLine', { period, level: texts(`domain:levels.${level}`), number }),
            remark && texts('votes:ballot.remarkLine', { remark }),
          ])),
    ),
    protect: true,
  }
}
