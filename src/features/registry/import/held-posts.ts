import type { Post } from '../../../domain/posts.ts'
import type { Register } from './register.ts'
import type { Day } from './rows.ts'

/** A post somebody holds or held, as the register will have it. */
export interface HeldPost {
  /** Null while it is not in the register. */
  readonly id: number | null
  readonly number: string
  readonly branchCode: string | null
  readonly post: string
  title: string
  from: Day
  to: Day | null
  /** The row of the workbook that speaks of it, if one does. */
  row: number | null
  changed: boolean
}

/** Posts of which a branch, or the ward, has one holder at a time. */
const singlePosts: readonly string[] = ['secretary', 'wardSecretary'] satisfies readonly Post[]

/** Every post of the register, by its holder, place and kind. */
export class HeldPosts {
  readonly #all: HeldPost[]
  readonly #byKey = new Map<string, HeldPost[]>()

  constructor({ people, branchesById }: Register) {
    this.#all = [...people.values()].flatMap(({ number, positions }) =>
      positions.map(({ organisationId, ...position }) => ({
        ...position,
        number,
        branchCode: organisationId === null ? null : (branchesById.get(organisationId)?.code ?? null),
        row: null,
        changed: false,
      })),
    )
    for (const held of this.#all) this.#index(held)
  }

  /** The stretches of one post in one place by one person. */
  of(key: Pick<HeldPost, 'number' | 'branchCode' | 'post'>): HeldPost[] {
    return this.#byKey.get(keyOf(key)) ?? []
  }

  add(held: HeldPost): void {
    this.#all.push(held)
    this.#index(held)
  }

  get new(): HeldPost[] {
    return this.#all.filter(({ id }) => id === null)
  }

  get changed(): (HeldPost & { id: number })[] {
    return this.#all.flatMap((held) => (held.changed && held.id !== null ? [{ ...held, id: held.id }] : []))
  }

  /** Two people in one seat on the same day, where the workbook speaks of one of them. */
  clashes(): { held: HeldPost; other: HeldPost }[] {
    const seats = Map.groupBy(
      this.#all.filter(({ post }) => singlePosts.includes(post)),
      ({ post, branchCode }) => `${post}|${branchCode}`,
    )
    return [...seats.values()].flatMap((holders) =>
      holders.flatMap((held) => {
        const other = holders.find((one) => one.number !== held.number && sharesDay(one, held))
        return held.row !== null && other && (other.row === null || other.row < held.row) ? [{ held, other }] : []
      }),
    )
  }

  #index(held: HeldPost): void {
    const key = keyOf(held)
    this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), held])
  }
}

export function sharesDay(a: Pick<HeldPost, 'from' | 'to'>, b: Pick<HeldPost, 'from' | 'to'>): boolean {
  return (b.to === null || a.from <= b.to) && (a.to === null || b.from <= a.to)
}

function keyOf({ number, branchCode, post }: Pick<HeldPost, 'number' | 'branchCode' | 'post'>): string {
  return `${number}|${branchCode}|${post}`
}
