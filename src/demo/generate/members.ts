import type { Gender, MemberStatus } from '../../domain/members.ts'
import type { Sector } from '../../domain/organisations.ts'
import type { Branch } from './branches.ts'
import { type CadreJob, cadreJobs } from './cadres.ts'
import { makeName } from './names.ts'
import type { Random } from './random.ts'

type Day = Temporal.PlainDate

export interface Member {
  readonly number: string
  readonly name: string
  readonly gender: Gender
  readonly birthDate: Day
  /** In a form no operator has assigned (`0100…`), so that nobody is ever rung by a demonstration. */
  readonly phone: string | null
  readonly branchCode: string
  readonly status: MemberStatus
  readonly admittedOn: Day
  readonly officialOn: Day | null
  readonly joinedBranchOn: Day
  readonly cadre: CadreJob | null
  /** Whether they can be reached by the bot; about one in five cannot. */
  readonly hasSmartphone: boolean
}

type Kind = Sector | 'leader' | 'cadre'

/** Ages as [from, to, weight]: residential branches are mostly of retired people. */
const ages: Readonly<Record<Kind, readonly (readonly [readonly [number, number], number])[]>> = {
  residential: [
    [[24, 45], 8],
    [[46, 59], 14],
    [[60, 69], 34],
    [[70, 79], 30],
    [[80, 91], 14],
  ],
  police: [
    [[24, 34], 50],
    [[35, 45], 35],
    [[46, 55], 15],
  ],
  school: [
    [[25, 34], 35],
    [[35, 45], 42],
    [[46, 57], 23],
  ],
  agency: [
    [[28, 45], 60],
    [[46, 59], 40],
  ],
  leader: [
    [[40, 49], 60],
    [[50, 57], 40],
  ],
  cadre: [
    [[32, 39], 40],
    [[40, 49], 42],
    [[50, 57], 18],
  ],
}
const womenPercent: Readonly<Record<Kind, number>> = {
  residential: 44,
  police: 12,
  school: 82,
  agency: 50,
  leader: 33,
  cadre: 47,
}

/** The people of a ward, branch after branch; numbers, statuses and telephones are given where all are known. */
export function makePeople(
  random: Random,
  branches: readonly (Branch & { size: number })[],
  today: Day,
  cadresSince: Day,
): Omit<Member, 'number' | 'phone' | 'hasSmartphone'>[] {
  const taken = new Set<string>()
  const residential = branches.filter((branch) => branch.sector === 'residential')
  return branches.flatMap((branch) => {
    const place = residential.indexOf(branch)
    const jobs = cadreJobs.filter((_, index) => place >= 0 && index % residential.length === place)
    return Array.from({ length: branch.size }, (_, index) => {
      const cadre = jobs[index] ?? null
      const kind = kindOf(branch.sector, cadre)
      const gender = genderOf(random, cadre, womenPercent[kind])
      const [youngest, oldest] = cadre?.posts.includes('youthUnionSecretary') ? [32, 34] : random.weigh(ages[kind])
      const birthDate = today.subtract({ years: random.int(youngest, oldest), days: random.int(1, 364) })
      const admittedOn = admission(random, birthDate, cadre ? [21, 27] : [19, 35], today)
      const officialOn = admittedOn.add({ months: 12, days: random.int(0, 20) })
      const joinedBranchOn = cadre
        ? cadresSince
        : latest(branch.foundedOn, admittedOn, today.subtract({ months: random.int(8, 260), days: random.int(0, 27) }))
      const name = makeName(random, gender, taken)
      const base = { name, gender, birthDate, branchCode: branch.code, admittedOn, joinedBranchOn, cadre }
      return { ...base, status: 'official' as const, officialOn }
    })
  })
}

function kindOf(sector: Sector, cadre: CadreJob | null): Kind {
  if (!cadre) return sector
  return cadre.posts.length > 0 ? 'leader' : 'cadre'
}

function genderOf(random: Random, cadre: CadreJob | null, women: number): Gender {
  if (cadre?.posts.includes('womensUnionChair')) return 'female'
  if (cadre?.posts.includes('veteransChair') || cadre?.job === 'Chỉ huy trưởng') return 'male'
  return random.int(1, 100) <= women ? 'female' : 'male'
}

/** At an age between the two, and long enough ago to have been recognised since. */
function admission(random: Random, birthDate: Day, [from, to]: readonly [number, number], today: Day): Day {
  const day = birthDate.add({ years: random.int(from, to), days: random.int(0, 364) })
  const last = today.subtract({ months: 20 })
  return Temporal.PlainDate.compare(day, last) > 0 ? last.subtract({ months: random.int(0, 24) }) : day
}

function latest(first: Day, ...more: readonly Day[]): Day {
  return more.reduce((last, day) => (Temporal.PlainDate.compare(day, last) > 0 ? day : last), first)
}
