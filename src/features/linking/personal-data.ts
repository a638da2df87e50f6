import type { Database, Transaction } from '../../platform/database.ts'
import type { PersonalData, Retained } from '../../telegram/feature.ts'
import { endLinkOf } from './end-account-link.ts'

/** Accounts, codes and appointments of a person. */
export const linkingData: PersonalData = {
  covers: ['AccountLink', 'AccessCode', 'Appointment', 'GroupAccount'],
  exempt: {
    GroupLink: 'which account connected a group is in the audit',
    GroupCheck: 'what Telegram last said of a group; who sits in it is given out',
    CodeFailure: 'forgotten within the hour',
  },
  collect: async (ctx, { personId, accountIds }) => {
    // An account that was linked by mistake is somebody else's.
    const theirs = { OR: [{ endReason: null }, { endReason: { not: 'wrongPerson' } }] }
    const accounts = { accountId: { in: [...accountIds] } }
    const [links, codes, appointments, groups] = await Promise.all([
      ctx.db.accountLink.findMany({
        where: { AND: [theirs, { OR: [accounts, ...own(personId)] }] },
        orderBy: { id: 'asc' },
      }),
      ctx.db.accessCode.findMany({
        where: { OR: [{ usedBy: { in: [...accountIds] } }, ...own(personId)] },
        orderBy: { id: 'asc' },
      }),
      ctx.db.appointment.findMany({ where: accounts, include: { ward: true }, orderBy: { id: 'asc' } }),
      ctx.db.groupAccount.findMany({ where: accounts, orderBy: { id: 'asc' } }),
    ])
    return [
      ...links.map(({ accountId, accountName, linkedAt, consentVersion }) => ({
        what: 'linking:held.link' as const,
        at: linkedAt,
        text: [accountName, accountId, consentVersion].filter(Boolean).join('; '),
      })),
      ...codes.map(({ createdAt, kind }) => ({ what: 'linking:held.code' as const, at: createdAt, text: kind })),
      ...groups.map(({ since, chatId }) => ({
        what: 'linking:held.inGroup' as const,
        at: since,
        text: String(chatId),
      })),
      ...appointments.map(({ from, role, ward, accountName }) => ({
        what: 'linking:held.appointment' as const,
        at: from,
        text: [ctx.texts.find(`linking:roles.${role}`) ?? role, ward.name, accountName].join('; '),
      })),
    ]
  },
  erase: async (ctx, tx, personId) => {
    await endLinkOf(ctx, tx, personId)
    await tx.accessCode.deleteMany({ where: { personId } })
    await tx.accountLink.updateMany({ where: { personId, endedAt: { not: null } }, data: { accountName: '' } })
  },
}

function own(personId: number | null) {
  return personId === null ? [] : [{ personId }]
}

export const linkingRetention: readonly Retained[] = [
  {
    kind: 'codes',
    name: 'linking:held.code',
    count: (db, wardId, before) => db.accessCode.count({ where: oldCodes(wardId, before) }),
    remove: async (tx, wardId, before) => (await tx.accessCode.deleteMany({ where: oldCodes(wardId, before) })).count,
  },
  {
    kind: 'endedAccounts',
    name: 'linking:held.endedAccount',
    count: (db, wardId, before) => db.accountLink.count({ where: oldLinks(wardId, before) }),
    remove: async (tx, wardId, before) =>
      (await tx.accountLink.updateMany({ where: oldLinks(wardId, before), data: { accountName: '' } })).count,
  },
  {
    kind: 'groupAccounts',
    name: 'linking:held.endedInGroup',
    count: async (db, wardId, before) => db.groupAccount.count({ where: await oldGroupAccounts(db, wardId, before) }),
    remove: async (tx, wardId, before) =>
      (await tx.groupAccount.deleteMany({ where: await oldGroupAccounts(tx, wardId, before) })).count,
  },
]

/** Who sat in a group of the ward or of one of its branches, long after they left or it stood for nothing any more. */
async function oldGroupAccounts(db: Database | Transaction, wardId: number, before: Date) {
  const links = await db.groupLink.findMany({
    where: { OR: [{ wardId }, { organisation: { wardId } }] },
    distinct: ['chatId'],
    select: { chatId: true },
  })
  return { endedAt: { lt: before }, chatId: { in: links.map(({ chatId }) => chatId) } }
}

function oldCodes(wardId: number, before: Date) {
  return {
    expiresAt: { lt: before },
    OR: [{ wardId }, { person: { wardId } }, { organisation: { wardId } }],
  }
}

/** The name an account showed; which account it was stays, as who spoke for whom must stay known. */
function oldLinks(wardId: number, before: Date) {
  return { endedAt: { lt: before }, accountName: { not: '' }, person: { wardId } }
}
