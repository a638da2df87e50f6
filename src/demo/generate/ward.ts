import { type Branch, planBranches } from './branches.ts'
import { giveStatuses, shareNames } from './circumstances.ts'
import { type Member, makePeople } from './members.ts'
import { branchPosts, type Holding, supervisors, wardPosts } from './posts.ts'
import { type Random, seeded } from './random.ts'

type Day = Temporal.PlainDate

/** A ward that does not exist, with the shape of a real one. */
export interface Ward {
  readonly seed: number
  /** The organisation's name, "Đảng bộ phường …". */
  readonly name: string
  readonly branches: readonly Branch[]
  readonly members: readonly Member[]
  readonly posts: readonly Holding[]
  /** Number of the member who keeps the registry: a specialist of the ward committee's office. */
  readonly officerNumber: string
}

const withoutSmartphoneCount = 128

/**
 * Makes a ward of 15 branches and 642 members, 30 of them cadres in the residential branches, the same for the same seed
 * and day. `today` should not lie before 2024, when these branches had all long been founded.
 */
export function generateWard(seed: number, today: Day): Ward {
  const random = seeded(seed)
  const plan = planBranches()
  const wardTermFrom = earlier(Temporal.PlainDate.from('2025-07-01'), today.subtract({ months: 2 }))
  const branchTermFrom = earlier(Temporal.PlainDate.from('2025-04-15'), today.subtract({ months: 5 }))
  const people = shareNames(random, giveStatuses(random, makePeople(random, plan, today, wardTermFrom), today))
  const members = reach(
    random,
    people.map((person, index) => ({ ...person, number: `ĐV${String(index + 1).padStart(4, '0')}` })),
    today,
  )
  const branches = plan.map(({ size: _, ...branch }) => branch)
  const officer = members.find(
    (member) => member.cadre?.office === 'Văn phòng Đảng ủy' && member.cadre.job === 'Chuyên viên',
  )
  if (!officer) throw new Error('A generated ward has someone to keep its registry')
  return {
    seed,
    name: 'Đảng bộ phường Liên Hoa',
    branches,
    members,
    posts: [
      ...wardPosts(members, wardTermFrom),
      ...supervisors(branches, members, wardTermFrom),
      ...branchPosts(random, branches, members, branchTermFrom),
    ],
    officerNumber: officer.number,
  }
}

/** Takes the telephones from the eldest first, with some chance; one cadre, who never needed one, is among them. */
function reach(random: Random, people: readonly Omit<Member, 'phone' | 'hasSmartphone'>[], today: Day): Member[] {
  const weight = new Map(
    people.map((person) => {
      const age = person.birthDate.until(today, { largestUnit: 'years' }).years
      return [person.number, age + random.int(0, 40) + (person.status === 'exempt' ? 100 : 0)]
    }),
  )
  const ordinary = people
    .filter((person) => !person.cadre)
    .sort((a, b) => (weight.get(b.number) ?? 0) - (weight.get(a.number) ?? 0))
  const cadre = people.filter((person) => person.cadre?.job === 'Chuyên viên địa chính')
  const without = new Set([...cadre, ...ordinary].slice(0, withoutSmartphoneCount).map((person) => person.number))
  return people.map((person, index) => {
    const hasSmartphone = !without.has(person.number)
    const phone = hasSmartphone || random.next() < 0.5 ? `0100${String(index + 1).padStart(6, '0')}` : null
    return { ...person, hasSmartphone, phone }
  })
}

function earlier(a: Day, b: Day): Day {
  return Temporal.PlainDate.compare(a, b) <= 0 ? a : b
}
