import type { Grant } from './access.ts'
import type { MemberStatus } from './members.ts'
import { type Post, postFacts } from './posts.ts'
import { coversDay, type Span } from './spans.ts'

/** All that gives one person roles, with its dates. */
export interface Standing {
  readonly memberships: readonly (Span & { wardId: number; branchId: number; kind: 'official' | 'temporary' })[]
  readonly statuses: readonly (Span & { status: MemberStatus })[]
  readonly positions: readonly (Span & { post: Post; wardId: number; branchId: number | null })[]
  readonly appointments: readonly (Span & { role: 'officer' | 'operator'; wardId: number })[]
}

/**
 * The roles a person holds on a day. One suspended from Party activities keeps only appointments. A temporary member
 * follows the host branch like a probationary one: present, informed, without a vote.
 */
export function grantsOn(standing: Standing, day: Temporal.PlainDate): Grant[] {
  const holding = <T extends Span>(spans: readonly T[]) => spans.filter((span) => coversDay(span, day))
  const appointed = holding(standing.appointments).map(({ role, wardId }): Grant => ({ role, wardId, branchId: null }))
  const statuses = new Set(holding(standing.statuses).map((one) => one.status))
  if (statuses.has('suspended')) return appointed
  const votes = (statuses.has('official') || statuses.has('exempt')) && !statuses.has('probationary')
  const belongs = holding(standing.memberships).map(
    ({ wardId, branchId, kind }): Grant => ({
      role: votes && kind === 'official' ? 'member' : 'probationary',
      wardId,
      branchId,
    }),
  )
  const posts = holding(standing.positions).flatMap(({ post, wardId, branchId }): Grant[] => {
    const { role, place } = postFacts(post)
    return role === null ? [] : [{ role, wardId, branchId: place === 'branch' ? branchId : null }]
  })
  return [...appointed, ...belongs, ...posts]
}
