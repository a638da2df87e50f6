import { type Post, postFacts } from '../../domain/posts.ts'
import type { Branch } from './branches.ts'
import type { Member } from './members.ts'
import type { Random } from './random.ts'

type Day = Temporal.PlainDate

/** A post held, in a branch or (no branch) in the ward; `to` is its last day. */
export interface Holding {
  readonly memberNumber: string
  readonly name: string
  readonly post: Post
  readonly branchCode: string | null
  readonly from: Day
  readonly to: Day | null
}

/** Ward posts of the cadres, since the ward committee took office. */
export function wardPosts(members: readonly Member[], from: Day): Holding[] {
  return members.flatMap((member) => (member.cadre?.posts ?? []).map((post) => holding(member, post, null, from)))
}

/**
 * Secretary, deputy and one to three committee members of each branch, and of a residential one the head of the
 * neighbourhood; some branches remember a former secretary.
 */
export function branchPosts(
  random: Random,
  branches: readonly Branch[],
  members: readonly Member[],
  termFrom: Day,
): Holding[] {
  return branches.flatMap((branch, index) => {
    const seated = random.shuffle(
      members.filter(
        (member) =>
          member.branchCode === branch.code &&
          member.status === 'official' &&
          !member.cadre &&
          member.hasSmartphone &&
          Temporal.PlainDate.compare(member.joinedBranchOn, termFrom) <= 0 &&
          (branch.sector !== 'residential' || isSprightly(member, termFrom)),
      ),
    )
    const posts: Post[] = ['secretary', 'deputySecretary', 'committeeMember', 'committeeMember', 'committeeMember']
    const holdings = seated.slice(0, 3 + (index % 3)).flatMap((member, place) => {
      const post = posts[place]
      return post ? [holding(member, post, branch.code, termFrom)] : []
    })
    const servedFrom = termFrom.subtract({ months: 30 })
    // The last of them leads the neighbourhood, and holds no other post.
    const head = branch.sector === 'residential' && seated.length > 6 ? seated.at(-1) : undefined
    if (head) holdings.push(holding(head, 'groupLeader', branch.code, termFrom))
    const former = seated
      .slice(5, -1)
      .find((member) => Temporal.PlainDate.compare(member.joinedBranchOn, servedFrom) <= 0)
    if (!former || index % 4 !== 1) return holdings
    const past = holding(former, 'secretary', branch.code, servedFrom)
    return [...holdings, { ...past, to: termFrom.subtract({ days: 1 }) }]
  })
}

/** Each branch gets a member of the ward committee in charge, who sits in another branch. */
export function supervisors(branches: readonly Branch[], members: readonly Member[], from: Day): Holding[] {
  const free = members.filter((member) => (member.cadre?.posts.length ?? 0) > 0)
  return branches.flatMap((branch) => {
    const index = free.findIndex((member) => member.branchCode !== branch.code)
    const [member] = free.splice(index, 1)
    return member ? [holding(member, 'supervisingMember', branch.code, from)] : []
  })
}

/** The post's title as the workbook writes it. */
export function titleOf(held: Holding): string {
  return postFacts(held.post).title
}

function holding(member: Member, post: Post, branchCode: string | null, from: Day): Holding {
  return { memberNumber: member.number, name: member.name, post, branchCode, from, to: null }
}

function isSprightly(member: Member, on: Day): boolean {
  const age = member.birthDate.until(on, { largestUnit: 'years' }).years
  return age >= 45 && age <= 74
}
