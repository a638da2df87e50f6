import type { PersonalData } from '../../telegram/feature.ts'
import { printedNumber } from './issue-number.ts'
import { personalViews } from './personal-view.ts'

/** Results of a person, what they issued, and what they acknowledged. */
export const noticesData: PersonalData = {
  covers: [
    'NoticeEntry',
    'CadreRater',
    'NoticeIssue',
    'NoticeAcknowledgement',
    'NoticeReading',
    'PersonalNotice',
    'NoticeHandover',
    'ResultComment',
    'BranchRemark',
  ],
  exempt: {
    NoticeDelivery: 'says only that a result was sent; the result itself is given out',
    NoticePersonTarget: 'a draft that nobody has issued; it goes after two weeks',
    EnteredResult: 'a draft that its writer may still change; what is issued is given out',
    EntrySheet: 'says only whose draft it is; what is issued is given out with its issuer',
    EvaluationScheme: 'holds the rules of the ward and who wrote them down; nothing of a person is rated in it',
  },
  collect: async (ctx, { personId, accountIds }) => {
    const handed = await ctx.db.noticeHandover.findMany({
      where: { byAccountId: { in: [...accountIds] } },
      orderBy: { id: 'asc' },
    })
    const given = handed.map(({ at, toName }) => ({ what: 'notices:held.handedOver' as const, at, text: toName }))
    if (personId === null) return given
    const readings = await ctx.db.noticeReading.findMany({ where: { personId }, orderBy: { noticeId: 'asc' } })
    const personal = await personalViews(ctx.db, { personId })
    const [entries, issues, acknowledgements, remarks, raters] = await Promise.all([
      ctx.db.noticeEntry.findMany({
        where: { personId, issue: { state: 'issued' } },
        include: { issue: true, comment: true, remarks: { orderBy: { id: 'asc' } } },
        orderBy: { id: 'asc' },
      }),
      ctx.db.noticeIssue.findMany({ where: { issuerPersonId: personId }, orderBy: { id: 'asc' } }),
      ctx.db.noticeAcknowledgement.findMany({ where: { personId }, orderBy: { id: 'asc' } }),
      ctx.db.branchRemark.findMany({ where: { writtenById: personId }, orderBy: { id: 'asc' } }),
      ctx.db.cadreRater.findMany({
        where: { OR: [{ personId }, { raterId: personId }] },
        include: { rater: { select: { fullName: true } } },
        orderBy: { id: 'asc' },
      }),
    ])
    return [
      ...given,
      ...readings.map(({ seenAt, noticeId }) => ({
        what: 'notices:held.seen' as const,
        at: seenAt,
        text: String(noticeId),
      })),
      ...personal.map(({ issuedAt, number, text }) => ({
        what: 'notices:held.personal' as const,
        at: issuedAt,
        text: [printedNumber(ctx.texts, number), text].join('; '),
      })),
      ...entries.map(({ period, level, grade, score, remark, issue }) => ({
        what: 'notices:held.result' as const,
        at: issue.issuedAt,
        text: [period, ctx.texts.find(`domain:levels.${level}`) ?? level, grade, score, remark]
          .filter((part) => part !== null)
          .join('; '),
      })),
      ...entries.flatMap(({ comment, remarks }) => [
        ...(comment ? [{ what: 'notices:held.comment' as const, at: comment.at, text: comment.text }] : []),
        ...remarks.map(({ at, title, text }) => ({
          what: 'notices:held.branchRemark' as const,
          at,
          text: [title, text].join('; '),
        })),
      ]),
      ...remarks.map(({ at, text }) => ({ what: 'notices:held.remarkWritten' as const, at, text })),
      ...issues.map(({ number, year, issuerName, issuerTitle, issuedAt }) => ({
        what: 'notices:held.issued' as const,
        at: issuedAt,
        text: [`${number}/${year}`, issuerName, issuerTitle].filter(Boolean).join('; '),
      })),
      ...raters.map(({ raterId, rater, from }) =>
        raterId === personId
          ? { what: 'entries:heldRates' as const, at: from, text: '' }
          : { what: 'entries:heldRater' as const, at: from, text: rater.fullName },
      ),
      ...acknowledgements.map(({ title, at }) => ({ what: 'notices:held.acknowledged' as const, at, text: title })),
    ]
  },
}
