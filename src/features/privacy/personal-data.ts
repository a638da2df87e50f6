import { sealedCast } from '../../domain/ballots.ts'
import type { PersonalData, Retained } from '../../telegram/feature.ts'

/** What somebody asked about their data, and what is on record about them and by them. */
export const privacyData: PersonalData = {
  covers: ['DataRequest', 'AuditEntry'],
  exempt: {
    Form: 'the draft of an answer, gone within a day',
    Delivery: 'messages on their way; their text is erased once they are sent, the row three months later',
    Posted: 'where messages stand that are edited or answered later, without their text; forgotten after two years',
  },
  collect: async (ctx, { personId }) => {
    if (personId === null) return []
    const [requests, entries] = await Promise.all([
      ctx.db.dataRequest.findMany({ where: { personId }, orderBy: { id: 'asc' } }),
      ctx.db.auditEntry.findMany({
        where: { OR: [{ actorPersonId: personId }, { subject: { path: ['person'], equals: personId } }] },
        orderBy: { id: 'asc' },
      }),
    ])
    return [
      ...requests.map(({ receivedAt, text, outcome }) => ({
        what: 'privacy:held.request' as const,
        at: receivedAt,
        text: [text, outcome].filter(Boolean).join(' → '),
      })),
      ...entries.map(({ at, action, actorPersonId }) => ({
        what: actorPersonId === personId ? ('privacy:held.done' as const) : ('privacy:held.doneTo' as const),
        at: action === sealedCast ? null : at,
        text: ctx.texts.find(`privacy:actions.${action}`) ?? action,
      })),
    ]
  },
}

export const privacyRetention: readonly Retained[] = [
  {
    kind: 'dataRequests',
    name: 'privacy:held.request',
    count: (db, wardId, before) => db.dataRequest.count({ where: oldRequests(wardId, before) }),
    remove: async (tx, wardId, before) =>
      (await tx.dataRequest.deleteMany({ where: oldRequests(wardId, before) })).count,
  },
]

function oldRequests(wardId: number, before: Date) {
  return { wardId, state: { not: 'open' }, finishedAt: { lt: before } }
}
