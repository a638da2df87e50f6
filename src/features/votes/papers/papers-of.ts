import { may } from '../../../domain/access.ts'
import { searchKey } from '../../../domain/names.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { type PartyDocument, writeDocument } from '../../../platform/document.ts'
import { tellersOf } from '../ballots/ballot-view.ts'
import { readRecords } from '../record-view.ts'
import { findVote } from '../vote-view.ts'
import { paperFacts } from './paper-facts.ts'
import { recordPaper } from './record-paper.ts'
import { rollPaper } from './roll-paper.ts'
import { slipPaper } from './slip-paper.ts'

export interface PaperFile {
  name: string
  data: Uint8Array
}

/**
 * The papers of a vote, as .docx, for whoever leads or counts it: before the count the roll, the slip and the form of the
 * record; after it every record. Fails with `votes.noRecord` where an open vote has not been closed.
 */
export async function papersOf(ctx: Context, voteId: number): Promise<Result<PaperFile[]>> {
  const vote = await findVote(ctx.db, voteId)
  if (!vote) return fail('votes.noSuchVote')
  const tellers = await tellersOf(ctx.db, voteId)
  const leave = may(ctx.actor, 'vote.open', { wardId: vote.wardId, branchId: vote.branchId })
  if (!leave.ok && !tellers.some(({ personId }) => personId === ctx.actor.personId)) return leave
  const { texts } = ctx
  const facts = await paperFacts(ctx, vote)
  const records = await readRecords(ctx.db, voteId)
  const now = ctx.now()
  const on = ctx.today()
  if (vote.kind === 'open' && records.length === 0) return fail('votes.noRecord')
  const papers: { name: string; paper: PartyDocument }[] = records.map((record) => ({
    name: texts(record.number > 1 ? 'votes:paper.files.correction' : 'votes:paper.files.record', {
      number: record.number,
    }),
    paper: recordPaper(texts, { vote, facts, tellers, record, now }),
  }))
  const { branchName, title } = vote
  const roll = { ...facts, branchName, title }
  papers.push({ name: texts('votes:paper.files.roll'), paper: rollPaper(texts, roll, on) })
  if (records.length === 0 && vote.kind === 'paper') {
    papers.push(
      { name: texts('votes:paper.files.slip'), paper: slipPaper(texts, { wardName: facts.wardName, vote }, on) },
      { name: texts('votes:paper.files.form'), paper: recordPaper(texts, { vote, facts, tellers, record: null, now }) },
    )
  }
  await ctx.transaction((tx) => ctx.audit(tx, 'vote.papersMade', { vote: voteId, papers: papers.length }, vote.wardId))
  return ok(await Promise.all(papers.map(({ name, paper }) => fileOf(`${name}-${vote.number}`, paper))))
}

/** A paper as a file whose name any telephone can show. */
export async function fileOf(name: string, paper: PartyDocument): Promise<PaperFile> {
  return { name: `${searchKey(name).replaceAll(/[^a-z0-9]+/g, '-')}.docx`, data: await writeDocument(paper) }
}
