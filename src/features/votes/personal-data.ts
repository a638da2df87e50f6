import { dayAt } from '../../domain/dates.ts'
import { formatDate } from '../../domain/formats.ts'
import type { PersonalData } from '../../telegram/feature.ts'

/** A person's part in the branch's votes, which are its record: what they ran, stood on, chose, counted and signed. */
export const votesData: PersonalData = {
  covers: [
    'Vote',
    'VoteQuestion',
    'VoteRoll',
    'VoteChoice',
    'VoteAbsence',
    'VoteLeftOut',
    'VoteNotClassified',
    'VoteTeller',
  ],
  exempt: {
    VoteSheet: 'counts of a paper ballot, which name nobody; who entered them is in the audit',
    VoteSheetConfirmation: "a teller's tap under those counts; being a teller is given out",
    VoteRecord: 'counts of a vote, which name nobody; who made the record is in the audit',
    VoteSignature: 'a name under those counts; being a teller is given out, and the act is in the audit',
    SealedBallot: 'nobody can read it, and whoever has not voted yet is reminded; it is gone once the box is opened',
    BallotShare: "the mark of a teller's part of a key; being a teller is given out",
    BallotStanding: 'the ward decides by which paper it votes; who entered it is in the audit',
  },
  collect: async (ctx, { personId }) => {
    if (personId === null) return []
    const own = { where: { personId }, orderBy: { voteId: 'asc' } } as const
    const [ran, asked, roll, absences, leftOut, notClassified, counted, entered] = await Promise.all([
      ctx.db.vote.findMany({
        where: { OR: [{ createdById: personId }, { openedById: personId }, { closedById: personId }] },
        orderBy: { id: 'asc' },
      }),
      ctx.db.voteQuestion.findMany({ ...own, include: { vote: true } }),
      ctx.db.voteRoll.findMany({ ...own, include: { vote: true, choices: { include: { option: true } } } }),
      ctx.db.voteAbsence.findMany({ ...own, include: { vote: true } }),
      ctx.db.voteLeftOut.findMany({ ...own, include: { vote: true } }),
      ctx.db.voteNotClassified.findMany({ ...own, include: { vote: true } }),
      ctx.db.voteTeller.findMany({ ...own, include: { vote: true } }),
      ctx.db.voteChoice.findMany({ where: { enteredById: personId }, include: { roll: { include: { vote: true } } } }),
    ])
    const about = (
      what: 'ran' | 'asked' | 'onRoll' | 'absent' | 'leftOut' | 'counted' | 'entered',
      vote: { number: number; title: string; createdAt: Date },
      ...words: string[]
    ) => ({
      what: `votes:held.${what}` as const,
      at: vote.createdAt,
      text: [`${vote.number}, ${formatDate(dayAt(vote.createdAt))}`, vote.title, ...words].filter(Boolean).join(': '),
    })
    return [
      ...ran.map((vote) => about('ran', vote)),
      ...asked.map(({ vote, text }) => about('asked', vote, text)),
      ...roll.map(({ vote, choices }) => about('onRoll', vote, ...choices.map(({ option }) => option.text))),
      ...absences.map(({ vote }) => about('absent', vote)),
      ...[...leftOut, ...notClassified].map(({ vote }) => about('leftOut', vote)),
      ...counted.map(({ vote }) => about('counted', vote)),
      ...entered.map(({ roll: { vote } }) => about('entered', vote)),
    ]
  },
}
