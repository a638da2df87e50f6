import type { Post } from '../../../domain/posts.ts'
import { type Held, sharesDay } from './history.ts'
import type { PositionFacts } from './register.ts'

/** Posts of which a branch, or the ward, has one holder at a time. */
const singlePosts: readonly string[] = ['secretary', 'wardSecretary'] satisfies readonly Post[]

/** Two people in one seat on the same day, where the workbook speaks of one of them. */
export function seatClashes(
  positions: readonly Held<PositionFacts>[],
): { held: Held<PositionFacts>; other: Held<PositionFacts> }[] {
  const seats = Map.groupBy(
    positions.filter(({ post }) => singlePosts.includes(post)),
    ({ post, branchCode }) => `${post}|${branchCode}`,
  )
  return [...seats.values()].flatMap((holders) =>
    holders.flatMap((held) => {
      const other = holders.find((one) => one.number !== held.number && sharesDay(one, held))
      const speaks = held.row !== null && other && (other.row === null || other.row < held.row)
      return speaks ? [{ held, other }] : []
    }),
  )
}
