import type { Post } from '../../domain/posts.ts'
import type { Context } from '../../platform/context.ts'
import { dutiesOf } from '../registry/index.ts'
import { type TaskKind, taskKinds } from './task-view.ts'

/** Posts whose holders can be asked for the same things. */
const groups: readonly { name: string; posts: readonly Post[] }[] = [
  {
    name: 'party',
    posts: ['wardSecretary', 'wardStandingDeputySecretary', 'wardDeputySecretary', 'wardCommitteeMember'],
  },
  { name: 'government', posts: ['peoplesCommitteeChair', 'peoplesCommitteeViceChair'] },
  { name: 'front', posts: ['frontChair'] },
  { name: 'women', posts: ['womensUnionChair'] },
  { name: 'youth', posts: ['youthUnionSecretary'] },
  { name: 'veterans', posts: ['veteransChair'] },
  { name: 'farmers', posts: ['farmersChair'] },
  { name: 'workers', posts: ['tradeUnionChair'] },
]
const mostOfAKind = 3

export interface Suggestion {
  kind: TaskKind
  title: string
}

/**
 * What this person could be given, drawn from their post: first what is tied to it, then what the neighbourhood needs. A
 * branch need not wonder what it may ask of a head of the ward. Asks no leave: it only words what the asking secretary may assign.
 */
export async function suggestionsFor(ctx: Context, personId: number): Promise<Suggestion[]> {
  const { posts, isCadre } = await dutiesOf(ctx.db, personId, ctx.today())
  const group =
    groups.find((one) => one.posts.some((post) => posts.includes(post)))?.name ?? (isCadre ? 'cadre' : 'member')
  const found = [...taskKinds].reverse().flatMap((kind) =>
    Array.from({ length: mostOfAKind }, (_, index) => index + 1).flatMap((index) => {
      const title = ctx.texts.find(`tasks:suggestions.${group}.${kind}${index}`)
      return title === null ? [] : [{ kind, title }]
    }),
  )
  return found
}
