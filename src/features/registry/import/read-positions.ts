import { recognisePost } from '../../../domain/posts.ts'
import { normaliseCode } from './codes.ts'
import type { ColumnOf } from './layout.ts'
import type { LineReader } from './line-reader.ts'
import type { PositionRow } from './rows.ts'

/** The rows of 'Chức vụ'; without a branch the post is the ward's. The same post from the same day stands there once. */
export function readPositions(lines: readonly LineReader<ColumnOf<'positions'>>[], today: string): PositionRow[] {
  const first = new Map<string, number>()
  return lines.flatMap((line) => {
    const number = normaliseCode(line.needed('number'))
    const fullName = line.text('fullName') || undefined
    const branchCode = normaliseCode(line.text('branchCode')) || null
    const title = line.needed('post')
    const post = title === '' ? undefined : recognisePost(title, branchCode === null ? 'ward' : 'branch')
    if (post && !post.ok) line.report('post', post.problem)
    const from = line.day('from') ?? undefined
    const to = line.day('to') ?? undefined
    if (from && from > today) line.report('from', { code: 'registry.dayAhead' })
    if (from && to && to < from) line.report('to', { code: 'registry.endBeforeStart' })
    if (line.failed || !post?.ok) return []
    const key = [number, branchCode, post.value, from].join('|')
    const earlier = first.get(key)
    if (earlier !== undefined) {
      line.report('post', { code: 'registry.positionTwice', params: { row: earlier } })
      return []
    }
    first.set(key, line.row)
    return [{ row: line.row, number, fullName, post: post.value, title, branchCode, from, to }]
  })
}
