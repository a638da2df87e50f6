import { may } from '../../../domain/access.ts'
import { compareNames, normaliseName } from '../../../domain/names.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import type { PartyDocument } from '../../../platform/document.ts'
import type { Texts } from '../../../platform/texts.ts'
import { branchOf } from '../../registry/index.ts'
import { namesOf, rollToday } from './paper-facts.ts'
import { branchHead, dots } from './paper-head.ts'
import { fileOf, type PaperFile } from './papers-of.ts'
import { rollPaper } from './roll-paper.ts'

export interface Election {
  /** What is elected: `Bầu chi ủy nhiệm kỳ 2025–2027`. */
  title: string
  seats: number
  candidates: string[]
}

const mostCandidates = 30

/**
 * Reads an election as it is typed: what is elected with the number of seats on the first line, a candidate on each line after
 * it. Fails with `votes.electionSeats`, `votes.electionNames`, `votes.electionTwice`.
 */
export function readElection(text: string): Result<Election> {
  const [title = '', ...rest] = text
    .normalize('NFC')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  // The last number of the line: a term of office may stand before it.
  const seats = Number(/(\d{1,2})(?!.*\d)/.exec(title)?.[1] ?? 0)
  const candidates = rest.map((line) => normaliseName(line.replace(/^\d{1,2}\s*[.)]\s*/, '')))
  if (seats < 1) return fail('votes.electionSeats')
  if (candidates.length < seats || candidates.length > mostCandidates) {
    return fail('votes.electionNames', { seats, most: mostCandidates })
  }
  const twice = candidates.find((name, index) => candidates.indexOf(name) !== index)
  return twice === undefined ? ok({ title, seats, candidates }) : fail('votes.electionTwice', { name: twice })
}

/** The papers of an election within the Party: the bot prepares them and runs nothing (190-QĐ/TW 2024: secret, on slips). */
export async function electionPapers(ctx: Context, branchId: number, election: Election): Promise<Result<PaperFile[]>> {
  const branch = await branchOf(ctx.db, branchId)
  const leave = may(ctx.actor, 'vote.open', { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok) return leave
  if (!branch) return fail('votes.noSuchVote')
  const ward = await ctx.db.ward.findUniqueOrThrow({ where: { id: branch.wardId } })
  const { voters, leftOut } = await rollToday(ctx, branchId)
  const names = await namesOf(ctx.db, [...voters, ...leftOut.map(({ personId }) => personId)])
  const named = (personId: number) => names.get(personId) ?? { name: '', number: '' }
  const place = { wardName: ward.name, branchName: branch.name }
  const { texts } = ctx
  const on = ctx.today()
  const sorted = voters.map(named).sort((a, b) => compareNames(a.name, b.name))
  const roll = {
    ...place,
    title: election.title,
    voters: sorted,
    leftOut: leftOut.map(({ personId, reason }) => ({ ...named(personId), reason })),
  }
  await ctx.transaction((tx) => ctx.audit(tx, 'vote.electionPapers', { branch: branchId }, branch.wardId))
  return ok([
    await fileOf(texts('votes:paper.files.roll'), rollPaper(texts, roll, on)),
    await fileOf(texts('votes:paper.files.slip'), electionSlip(texts, place, election, on)),
    await fileOf(texts('votes:paper.files.form'), electionRecord(texts, place, election, sorted.length, on)),
  ])
}

type Place = { wardName: string; branchName: string }

function electionSlip(texts: Texts, place: Place, election: Election, on: Temporal.PlainDate): PartyDocument {
  const { title, seats, candidates } = election
  const hasSurplus = candidates.length > seats
  // Without a surplus the slip has agree and disagree (244-QĐ/TW 2014, Art. 17); with one it is marked for those elected.
  const columns = hasSurplus
    ? [texts('votes:paper.elect')]
    : [texts('votes:paper.agree'), texts('votes:paper.disagree')]
  return {
    head: branchHead(texts, place, on),
    type: texts('votes:paper.electionSlipType'),
    summary: title,
    body: [
      { kind: 'paragraph', text: texts('votes:paper.seats', { seats, candidates: candidates.length }) },
      {
        kind: 'table',
        rows: [
          [texts('votes:paper.nth'), texts('votes:paper.name'), ...columns],
          ...candidates.map((name, index) => [String(index + 1), name, ...columns.map(() => '')]),
        ],
        widths: [1, 5, ...columns.map(() => 2)],
      },
      {
        kind: 'paragraph',
        text: texts(hasSurplus ? 'votes:paper.howToElect' : 'votes:paper.howToAgree', { seats }),
        italic: true,
      },
    ],
  }
}

function electionRecord(
  texts: Texts,
  place: Place,
  { title, seats, candidates }: Election,
  onRoll: number,
  on: Temporal.PlainDate,
): PartyDocument {
  const item = (text: string) => ({ kind: 'item' as const, text })
  return {
    head: branchHead(texts, place, on),
    type: texts('votes:paper.recordType'),
    summary: title,
    body: [
      { kind: 'paragraph', text: texts('votes:paper.seats', { seats, candidates: candidates.length }) },
      item(texts('votes:paper.onRoll', { count: onRoll })),
      item(texts('votes:paper.present', { count: dots })),
      item(texts('votes:paper.issued', { count: dots })),
      item(texts('votes:paper.returned', { count: dots })),
      item(texts('votes:paper.valid', { count: dots })),
      item(texts('votes:paper.invalid', { count: dots })),
      {
        kind: 'table',
        rows: [
          [texts('votes:paper.nth'), texts('votes:paper.name'), texts('votes:paper.votes'), texts('votes:paper.share')],
          ...candidates.map((name, index) => [String(index + 1), name, '', '']),
        ],
        widths: [1, 5, 2, 2],
      },
      { kind: 'paragraph', text: texts('votes:paper.electedRule') },
      { kind: 'paragraph', text: texts('votes:paper.elected', { names: dots }) },
    ],
    signatures: [
      { post: texts('votes:paper.headTeller'), name: '' },
      { post: texts('votes:paper.chair'), name: '' },
    ],
  }
}
