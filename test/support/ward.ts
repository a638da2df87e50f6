import { toUtcMidnight } from '../../src/domain/dates.ts'
import { searchKey } from '../../src/domain/names.ts'
import type { Post } from '../../src/domain/posts.ts'
import { postFacts } from '../../src/domain/posts.ts'
import { consentVersion } from '../../src/features/linking/index.ts'
import type { TestApp } from './app.ts'

export interface TestPerson {
  id: number
  number: string
  fullName: string
  branchId: number
  /** The sandbox account that speaks for them, and their private chat; 0 without a smartphone. */
  account: number
}

export interface TestBranch {
  id: number
  code: string
  name: string
  /** The connected group, with everybody who has an account in it. */
  group: number
  secretary: TestPerson
  deputy: TestPerson
  /** Plain official members. */
  members: TestPerson[]
  probationary: TestPerson
}

export interface TestWard {
  id: number
  name: string
  branches: TestBranch[]
  /** Chủ tịch UBND phường, a member of the first branch; holds a cadre row. */
  leader: TestPerson
  /** Keeps the registry; linked to no person. */
  officer: number
  everyone: TestPerson[]
}

let wards = 0

/**
 * A small ward as it stands after import and linking: branches with secretary, deputy, `members` official members (in each,
 * or branch by branch; the last of them without a smartphone) and one probationary member, each branch with its group. Rows are written directly:
 * the tests of registry and linking prove the ways in which people bring them about. Branch names run from "số 1".
 */
export async function createTestWard(
  test: TestApp,
  options: { branches?: number; members?: number | readonly number[]; supergroups?: boolean } = {},
): Promise<TestWard> {
  const db = test.app.services.database
  const nth = ++wards
  const since = toUtcMidnight(Temporal.PlainDate.from('2024-01-01'))
  const now = test.app.services.clock.now()
  const ward = await db.ward.create({ data: { name: `Đảng bộ phường Thử ${nth}`, createdAt: now } })
  const everyone: TestPerson[] = []

  const addPerson = async (
    fullName: string,
    branchId: number,
    status: string,
    hasPhone: boolean,
  ): Promise<TestPerson> => {
    const number = `T${nth}-${String(everyone.length + 1).padStart(3, '0')}`
    const person = await db.person.create({
      data: {
        wardId: ward.id,
        number,
        fullName,
        searchName: searchKey(fullName),
        birthYear: 1950 + (everyone.length % 40),
        memberships: { create: { organisationId: branchId, from: since } },
        statuses: { create: { kind: status, from: since } },
      },
    })
    const account = hasPhone ? test.sandbox.world.addUser({ name: fullName, person: number }).id : 0
    if (hasPhone) {
      await db.accountLink.create({
        data: {
          accountId: BigInt(account),
          personId: person.id,
          accountName: fullName,
          linkedAt: now,
          consentAt: now,
          consentVersion,
        },
      })
      // Telegram lets a bot write only to those who have started it.
      test.sandbox.world.openPrivateChat(account)
    }
    const added = { id: person.id, number, fullName, branchId, account }
    everyone.push(added)
    return added
  }

  const givePost = (person: TestPerson, post: Post, organisationId: number | null) =>
    db.position.create({
      data: { wardId: ward.id, personId: person.id, organisationId, post, title: postFacts(post).title, from: since },
    })

  const branches: TestBranch[] = []
  for (let index = 1; index <= (options.branches ?? 1); index++) {
    const name = `Chi bộ tổ dân phố số ${index}`
    const code = `TDP${String(index).padStart(2, '0')}`
    const { id } = await db.organisation.create({
      data: { wardId: ward.id, kind: 'branch', sector: 'residential', code, name, openedOn: since },
    })
    const secretary = await addPerson(`Nguyễn Thị Bí Thư ${index}`, id, 'official', true)
    const deputy = await addPerson(`Trần Văn Phó ${index}`, id, 'official', true)
    const members: TestPerson[] = []
    const counts = typeof options.members === 'object' ? options.members : [options.members ?? 4]
    const count = counts[Math.min(index, counts.length) - 1] ?? 4
    for (let nthMember = 1; nthMember <= count; nthMember++) {
      members.push(await addPerson(`Lê Thị Đảng Viên ${index}.${nthMember}`, id, 'official', nthMember < count))
    }
    const probationary = await addPerson(`Phạm Văn Dự Bị ${index}`, id, 'probationary', true)
    await givePost(secretary, 'secretary', id)
    await givePost(deputy, 'deputySecretary', id)
    const accounts = [secretary, deputy, ...members, probationary].map(({ account }) => account).filter(Boolean)
    const group = test.sandbox.world.addGroup({
      title: name,
      members: accounts,
      supergroup: options.supergroups ?? true,
    }).id
    await db.groupLink.create({
      data: {
        organisationId: id,
        chatId: BigInt(group),
        title: name,
        linkedBy: BigInt(secretary.account),
        linkedAt: now,
      },
    })
    // The bot comes in after the link, so it does not ask to be connected.
    test.sandbox.world.changeMembers(group, { bot: 'add' })
    branches.push({ id, code, name, group, secretary, deputy, members, probationary })
  }

  const leader = branches[0]?.members[0]
  if (!leader) throw new Error('a test ward needs a branch with members')
  await givePost(leader, 'peoplesCommitteeChair', null)
  await db.cadre.create({
    data: { personId: leader.id, office: 'UBND phường', job: 'Chủ tịch UBND phường', from: since },
  })
  const officer = test.sandbox.world.addUser({ name: 'Cán bộ văn phòng' }).id
  await db.appointment.create({
    data: {
      wardId: ward.id,
      accountId: BigInt(officer),
      accountName: 'Cán bộ văn phòng',
      role: 'officer',
      from: now,
      consentVersion,
      consentAt: now,
    },
  })
  test.sandbox.world.openPrivateChat(officer)
  await test.app.settle()
  return { id: ward.id, name: ward.name, branches, leader, officer, everyone }
}
