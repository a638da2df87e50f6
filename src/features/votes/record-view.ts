import { type Level, levels, type VotePack } from '../../domain/packs/schema.ts'
import type { Outcome, QuestionVerdict, Verdict } from '../../domain/verdict.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { frozenPack } from './vote-view.ts'

export interface QuestionResult extends QuestionVerdict {
  text: string
  personId: number | null
  options: string[]
  /** The level that each option is, where it is one. */
  levels: (Level | null)[]
}

/** A record of a vote: the count and its verdict, with the rules it was judged by and who has signed. */
export interface RecordView extends Omit<Verdict, 'questions'> {
  number: number
  /** Why it corrects the one before. */
  reason: string | null
  madeAt: Date
  /** Of those who voted, how many the secretary entered by name. */
  entered: number
  questions: QuestionResult[]
  majority: VotePack['majority']
  quorumShare: VotePack['quorum']
  source: VotePack['instrument']
  signatures: { personId: number; name: string; at: Date }[]
}

/** The records of a vote, the first first; none before it is counted. */
export async function readRecords(db: Database | Transaction, voteId: number): Promise<RecordView[]> {
  const vote = await db.vote.findUnique({
    where: { id: voteId },
    select: {
      pack: true,
      questions: { orderBy: { index: 'asc' }, include: { options: { orderBy: { index: 'asc' } } } },
      records: {
        orderBy: { number: 'asc' },
        include: {
          questions: { orderBy: { question: 'asc' }, include: { counts: { orderBy: { index: 'asc' } } } },
          signatures: { orderBy: { at: 'asc' }, include: { person: { select: { fullName: true } } } },
        },
      },
    },
  })
  if (!vote) return []
  const pack = frozenPack(vote.pack)
  return vote.records.map(({ voteId: _, enteredCount, madeById: __, questions, signatures, ...numbers }) => ({
    ...numbers,
    entered: enteredCount,
    questions: questions.map(({ question, blank, outcome, carried, counts }) => {
      const asked = vote.questions[question]
      if (!asked) throw new Error('a record of a question that was not asked')
      return {
        text: asked.text,
        personId: asked.personId,
        options: asked.options.map(({ text }) => text),
        levels: asked.options.map(({ level }) => levels.find((one) => one === level) ?? null),
        counts: counts.map(({ count }) => count),
        blank,
        outcome: asOutcome(outcome),
        carried,
      }
    }),
    majority: pack.majority,
    quorumShare: pack.quorum,
    source: pack.instrument,
    signatures: signatures.map(({ personId, person, at }) => ({ personId, name: person.fullName, at })),
  }))
}

/** The record that holds: the last. */
export async function readResult(db: Database | Transaction, voteId: number): Promise<RecordView | null> {
  return (await readRecords(db, voteId)).at(-1) ?? null
}

function asOutcome(stored: string): Outcome {
  if (stored === 'carried' || stored === 'tie' || stored === 'noQuorum') return stored
  return 'undecided'
}
