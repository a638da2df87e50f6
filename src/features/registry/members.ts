import { type MemberStatus, memberStatuses } from '../../domain/members.ts'
import { compareNames, searchKey } from '../../domain/names.ts'
import { readPhoneNumber } from '../../domain/phones.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { normaliseCode } from './import/codes.ts'
import { holdingOn } from './spans.ts'

/** A person as a member of a branch on a day. */
export interface Member {
  id: number
  number: string
  fullName: string
  birthYear: number | null
  phone: string | null
  status: MemberStatus
  /** On a temporary transfer: a member of another branch, not counted here (đảng số). */
  isGuest: boolean
  branchId: number
  branchName: string
}

/** Who belongs to the branch on that day, guests on temporary transfer too, by given name. */
export async function membersOf(
  db: Database | Transaction,
  branchId: number,
  on: Temporal.PlainDate,
): Promise<Member[]> {
  return find(db, { organisationId: branchId }, on)
}

/** The person in their official branch on that day (in their host branch where they have no other), or null. */
export async function memberOf(
  db: Database | Transaction,
  personId: number,
  on: Temporal.PlainDate,
): Promise<Member | null> {
  const [member] = await find(db, { personId }, on)
  return member ?? null
}

/**
 * The members that a number (written exactly, in any case, DV for ĐV; a merged record's leads to the one it went into), a
 * telephone number, or the words of a name (with or without diacritics, each the beginning of a word of the name) stand
 * for; in the whole ward or in one branch. A word that is a branch's code looks only there.
 */
export async function findMembers(
  db: Database | Transaction,
  place: { wardId: number; branchId?: number },
  query: string,
  on: Temporal.PlainDate,
): Promise<Member[]> {
  const words = searchKey(query).split(' ').filter(Boolean)
  if (words.length === 0) return []
  const here = {
    ...(place.branchId === undefined ? {} : { organisationId: place.branchId }),
    organisation: { wardId: place.wardId },
  }
  const number = { in: numbersMeant(query) }
  const numbered = await find(db, { ...here, person: { OR: [{ number }, { merged: { some: { number } } }] } }, on)
  if (numbered.length > 0) return once(numbered)
  const phone = readPhoneNumber(query)
  if (phone !== null) return once(await find(db, { ...here, person: { phone } }, on))
  const branch = await branchNamed(db, place.wardId, query)
  if (!branch) return findNamed(db, here, words, on)
  if (place.branchId !== undefined && place.branchId !== branch.id) return []
  const rest = words.filter((word) => word !== searchKey(branch.code))
  return findNamed(db, { ...here, organisationId: branch.id }, rest, on)
}

/** Those whose names have words that begin so; without words, everybody there. */
async function findNamed(
  db: Database | Transaction,
  here: Prisma.MembershipWhereInput,
  words: readonly string[],
  on: Temporal.PlainDate,
): Promise<Member[]> {
  const person = { AND: words.map((word) => ({ searchName: { contains: word } })) }
  const named = await find(db, { ...here, person }, on)
  return once(named.filter(({ fullName }) => startsWords(searchKey(fullName), words)))
}

async function find(
  db: Database | Transaction,
  where: Prisma.MembershipWhereInput,
  on: Temporal.PlainDate,
): Promise<Member[]> {
  const rows = await db.membership.findMany({
    where: { AND: [where, holdingOn(on)] },
    select: {
      kind: true,
      organisation: { select: { id: true, name: true } },
      person: {
        select: {
          id: true,
          number: true,
          fullName: true,
          birthYear: true,
          phone: true,
          statuses: { where: holdingOn(on), select: { kind: true } },
        },
      },
    },
    // "official" before "temporary"
    orderBy: [{ kind: 'asc' }, { id: 'asc' }],
  })
  return rows
    .map(({ kind, person: { statuses, ...person }, organisation }) => ({
      ...person,
      status: statusOf(statuses),
      isGuest: kind === 'temporary',
      branchId: organisation.id,
      branchName: organisation.name,
    }))
    .sort((a, b) => compareNames(a.fullName, b.fullName))
}

/** The register knows a status of everybody from the day it was told; before that, a member counts as an ordinary one. */
function statusOf(rows: readonly { kind: string }[]): MemberStatus {
  return memberStatuses.find(({ code }) => rows.some(({ kind }) => kind === code))?.code ?? 'official'
}

/** The branch whose code is a word of the query. A code without a digit might be a name. */
async function branchNamed(db: Database | Transaction, wardId: number, query: string) {
  const codes = query
    .split(/\s+/)
    .map(normaliseCode)
    .filter((word) => /\d/.test(word))
  return db.organisation.findFirst({ where: { wardId, kind: 'branch', code: { in: codes } } })
}

function numbersMeant(query: string): string[] {
  const number = normaliseCode(query)
  return [number, number.replace(/^D/, 'Đ')]
}

function startsWords(name: string, words: readonly string[]): boolean {
  const parts = name.split(' ')
  return words.every((word) => parts.some((part) => part.startsWith(word)))
}

/** One line for a person who belongs to two branches at a time (officially and as a guest). */
function once(members: readonly Member[]): Member[] {
  const seen = new Set<number>()
  return members.filter(({ id }) => !seen.has(id) && seen.add(id))
}
