import { mostNames, mostOptions } from '../../../domain/ballot-paper.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Database } from '../../../platform/database.ts'
import { findVote, type VoteView } from '../vote-view.ts'

/** A secret ballot as its papers show it. What it asks is frozen by the opening, so it is read once a process. */
export interface SecretPaper {
  /** As it stood when it was first read: what changes (its state, the turnout) is not to be taken from here. */
  vote: VoteView
  questions: { text: string; options: string[] }[]
  publicKey: Uint8Array
}

/** The papers of opened boxes, kept in memory: a press must be answered at once, and sealed even while the database is slow. */
export interface PaperRack {
  find(db: Database, voteId: number): Promise<SecretPaper | null>
}

const mostKept = 500

export function createPaperRack(): PaperRack {
  const kept = new Map<number, SecretPaper>()
  return {
    find: async (db, voteId) => {
      const known = kept.get(voteId)
      if (known) return known
      const box = await db.ballotBox.findUnique({ where: { voteId } })
      const vote = box && (await findVote(db, voteId))
      if (!box || !vote) return null
      const paper = { vote, questions: vote.questions, publicKey: box.publicKey }
      if (kept.size >= mostKept) kept.clear()
      kept.set(voteId, paper)
      return paper
    },
  }
}

/** Whether the vote can be put on a paper with buttons. Fails with `ballots.paperTooLong`, `ballots.paperTooWide`. */
export function checkPaper(vote: VoteView): Result<true> {
  if (vote.questions.length === 0 || vote.questions.length > mostNames) {
    return fail('ballots.paperTooLong', { most: mostNames })
  }
  const widest = Math.max(...vote.questions.map(({ options }) => options.length))
  return widest > mostOptions ? fail('ballots.paperTooWide', { most: mostOptions }) : ok(true)
}
