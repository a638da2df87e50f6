import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { searchKey } from '../../../src/domain/names.ts'
import type { Database, OpenDatabase } from '../../../src/platform/database.ts'
import { openTestDatabase } from '../../support/database.ts'

let opened: OpenDatabase
let db: Database
beforeAll(async () => {
  opened = await openTestDatabase()
  db = opened.prisma
})
afterAll(() => opened.close())

const day = (text: string) => toUtcMidnight(Temporal.PlainDate.from(text))
const since = day('2020-01-01')
const now = new Date('2026-11-23T02:00:00Z')

const newWard = async () => (await db.ward.create({ data: { name: 'Đảng bộ phường', createdAt: now } })).id
let codes = 0
const organisation = (wardId: number, kind = 'branch', parentId: number | null = null) =>
  db.organisation.create({
    data: { wardId, kind, sector: 'residential', code: `C${++codes}`, name: 'Chi bộ', parentId },
  })
let numbers = 0
const person = (wardId: number, number = `N${++numbers}`) =>
  db.person.create({ data: { wardId, number, fullName: 'Nguyễn Văn A', searchName: searchKey('Nguyễn Văn A') } })

/** A ward with two branches and one person. */
async function seats() {
  const wardId = await newWard()
  const [first, second] = [await organisation(wardId), await organisation(wardId)]
  return { wardId, first: first.id, second: second.id, personId: (await person(wardId)).id }
}

describe('whoever writes, the database refuses', () => {
  it('two people with one member number in a ward', async () => {
    const wardId = await newWard()
    await person(wardId, 'ĐV1')
    await expect(person(wardId, 'ĐV1')).rejects.toThrow()
    await person(await newWard(), 'ĐV1')
  })

  it('two official memberships that share a day, and takes a temporary one beside an official one', async () => {
    const { personId, first, second } = await seats()
    await db.membership.create({ data: { personId, organisationId: first, from: since, to: day('2025-12-31') } })
    const other = (from: string, kind = 'official', to: Date | null = null) =>
      db.membership.create({ data: { personId, organisationId: second, kind, from: day(from), to } })
    await expect(other('2025-12-31')).rejects.toThrow(/membership_one_official_at_a_time/)
    await expect(other('2019-06-01', 'official', since)).rejects.toThrow(/membership_one_official_at_a_time/)
    await other('2021-01-01', 'temporary')
    await other('2026-01-01')
    expect(await db.membership.count({ where: { personId } })).toBe(3)
  })

  it('an official and a probationary status on one day', async () => {
    const { personId } = await seats()
    await db.memberStatus.create({ data: { personId, kind: 'probationary', from: since } })
    const official = db.memberStatus.create({ data: { personId, kind: 'official', from: day('2021-01-01') } })
    await expect(official).rejects.toThrow(/member_status_one_standing_at_a_time/)
  })

  it('what was entered by mistake and never held stands in nobody’s way', async () => {
    const { personId, first, second } = await seats()
    const mistaken = { from: day('2026-11-23'), to: day('2026-11-22') }
    await db.membership.create({ data: { personId, organisationId: first, ...mistaken } })
    await db.membership.create({ data: { personId, organisationId: second, from: since } })
    expect(await db.membership.count({ where: { personId } })).toBe(2)
  })

  it('a post, a membership or a contact in an organisation after its last day', async () => {
    const { wardId, personId, first } = await seats()
    await db.organisation.update({ where: { id: first }, data: { dissolvedOn: day('2025-06-30') } })
    const stretch = (to: Date | null) => ({ personId, organisationId: first, from: since, to })
    const post = { wardId, post: 'secretary', title: 'Bí thư' }
    await expect(db.position.create({ data: { ...stretch(null), ...post } })).rejects.toThrow(/dissolved/)
    await expect(db.position.create({ data: { ...stretch(day('2025-07-01')), ...post } })).rejects.toThrow(/dissolved/)
    await expect(db.membership.create({ data: stretch(null) })).rejects.toThrow(/dissolved/)
    await expect(db.residenceLiaison.create({ data: stretch(null) })).rejects.toThrow(/dissolved/)
    await db.position.create({ data: { ...stretch(day('2025-06-30')), ...post } })
    expect(await db.position.count({ where: { personId } })).toBe(1)
  })

  it('a dissolution while somebody belongs there, and takes both in one transaction in whatever order', async () => {
    const { personId, first } = await seats()
    const { id } = await db.membership.create({ data: { personId, organisationId: first, from: since } })
    const dissolvedOn = day('2026-10-31')
    const dissolve = db.organisation.update({ where: { id: first }, data: { dissolvedOn } })
    await expect(dissolve).rejects.toThrow(/dissolved once nobody/)
    await db.$transaction([
      db.organisation.update({ where: { id: first }, data: { dissolvedOn } }),
      db.membership.update({ where: { id }, data: { to: dissolvedOn } }),
    ])
    expect((await db.organisation.findUniqueOrThrow({ where: { id: first } })).dissolvedOn).toEqual(dissolvedOn)
  })

  it('a node under one of its own rank, of another ward, or under its own child', async () => {
    const wardId = await newWard()
    const top = await organisation(wardId, 'grassrootsOrg')
    const branch = await organisation(wardId, 'branch', top.id)
    await organisation(wardId, 'partyGroup', branch.id)
    await expect(organisation(wardId, 'branch', branch.id)).rejects.toThrow(/higher one of its own ward/)
    await expect(organisation(await newWard(), 'branch', top.id)).rejects.toThrow(/higher one of its own ward/)
    const turned = db.organisation.update({ where: { id: top.id }, data: { parentId: branch.id } })
    await expect(turned).rejects.toThrow(/higher one of its own ward/)
    const lowered = db.organisation.update({ where: { id: top.id }, data: { kind: 'partyGroup' } })
    await expect(lowered).rejects.toThrow(/higher one of its own ward/)
    await organisation(wardId, 'wardPartyOrg')
    await organisation(wardId, 'wardPartyOrg')
  })

  it('a ward’s own name of a kind for a node of another kind', async () => {
    const wardId = await newWard()
    const kind = await db.organisationKind.create({ data: { wardId, name: 'Chi bộ cơ sở', form: 'branch' } })
    const { id } = await organisation(wardId, 'branch')
    await db.organisation.update({ where: { id }, data: { namedKindId: kind.id } })
    const other = await organisation(wardId, 'grassrootsOrg')
    const wrong = db.organisation.update({ where: { id: other.id }, data: { namedKindId: kind.id } })
    await expect(wrong).rejects.toThrow()
  })

  it('a merge of two who voted in one ballot, into oneself, into another ward or a merged record, or back', async () => {
    const { wardId, personId, first } = await seats()
    const [other, third] = [await person(wardId), await person(wardId)]
    const merge = (id: number, mergedIntoId: number | null) =>
      db.person.update({ where: { id }, data: { mergedIntoId } })
    const vote = await db.vote.create({
      data: {
        branchId: first,
        number: 1,
        title: '?',
        createdById: personId,
        createdAt: now,
        packId: 'p',
        packHash: 'h',
        pack: {},
        questions: { create: [{ index: 0, text: '?', options: { create: [{ index: 0, text: 'Có' }] } }] },
        roll: { create: [personId, other.id].map((id) => ({ personId: id, counts: 'always' })) },
      },
    })
    await db.vote.update({ where: { id: vote.id }, data: { state: 'open', openedAt: now, openedById: personId } })
    for (const id of [personId, other.id])
      await db.voteChoice.create({ data: { voteId: vote.id, question: 0, personId: id, optionIndex: 0, at: now } })
    await expect(merge(other.id, personId)).rejects.toThrow(/voted in one ballot/)
    await expect(merge(third.id, third.id)).rejects.toThrow(/stands itself/)
    await expect(merge(third.id, (await seats()).personId)).rejects.toThrow(/stands itself/)
    await merge(third.id, personId)
    await expect(merge((await person(wardId)).id, third.id)).rejects.toThrow(/stands itself/)
    await expect(merge(third.id, null)).rejects.toThrow(/stays merged/)
  })

  it('a merge of two whose sealed ballots lie in one box, or who are among all of a roll that have cast', async () => {
    const { wardId, personId, first } = await seats()
    const merge = (id: number) => db.person.update({ where: { id }, data: { mergedIntoId: personId } })
    const ballot = async (voters: readonly number[], number: number) => {
      const vote = await db.vote.create({
        data: {
          branchId: first,
          number,
          kind: 'secret',
          title: '?',
          createdById: personId,
          createdAt: now,
          packId: 'p',
          packHash: 'h',
          pack: {},
          questions: { create: [{ index: 0, text: '?', options: { create: [{ index: 0, text: 'Có' }] } }] },
          roll: { create: voters.map((id) => ({ personId: id, counts: 'always' })) },
          box: { create: { publicKey: new Uint8Array(32), needed: 2 } },
        },
      })
      await db.vote.update({ where: { id: vote.id }, data: { state: 'open', openedAt: now, openedById: personId } })
      return vote.id
    }
    const [sealed, all, some] = [await person(wardId), await person(wardId), await person(wardId)]
    const box = await ballot([personId, sealed.id], 1)
    for (const voter of [personId, sealed.id])
      await db.sealedBallot.create({ data: { voteId: box, personId: voter, content: new Uint8Array(64), updates: [] } })
    await db.ballotBox.update({ where: { voteId: await ballot([personId, all.id], 2) }, data: { cast: 2, joined: 0 } })
    const partly = await ballot([personId, some.id, sealed.id], 3)
    await db.ballotBox.update({ where: { voteId: partly }, data: { cast: 2, joined: 0 } })
    await expect(merge(sealed.id)).rejects.toThrow(/voted in one ballot/)
    await expect(merge(all.id)).rejects.toThrow(/voted in one ballot/)
    await merge(some.id)
  })
})
