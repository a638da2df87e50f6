/** What the register and Telegram say of a group that stands for a branch, on one day. */
export interface GroupFacts {
  /** Accounts known to be inside, the bot itself left out. */
  readonly inside: readonly bigint[]
  /** Everybody inside by Telegram's count, bots too; null where it has not said yet. */
  readonly memberCount: number | null
  /** Whom an account speaks for. */
  readonly personOf: ReadonlyMap<bigint, number>
  readonly members: ReadonlySet<number>
  readonly formerMembers: ReadonlySet<number>
  /** Accounts that may know the branch's matters without belonging to it: the ward's leaders, the member in charge, officers. */
  readonly entitled: ReadonlySet<bigint>
}

export interface GroupComparison {
  /** Inside, and neither a member of this branch nor entitled. */
  readonly strangers: bigint[]
  /** People who belonged to the branch once and are still inside. */
  readonly movedAway: number[]
  /** Members with an account who are not inside. */
  readonly missing: number[]
  /** How many are inside of whom the bot knows nothing. */
  readonly unseen: number
}

/** Compares a group with the register. Nobody is unseen where Telegram counts fewer than are known: it counted earlier. */
export function compareGroup(facts: GroupFacts): GroupComparison {
  const strangers: bigint[] = []
  const movedAway: number[] = []
  for (const account of facts.inside) {
    const person = facts.personOf.get(account)
    if ((person !== undefined && facts.members.has(person)) || facts.entitled.has(account)) continue
    if (person !== undefined && facts.formerMembers.has(person)) movedAway.push(person)
    else strangers.push(account)
  }
  const inside = new Set(facts.inside)
  const missing = [...facts.personOf].flatMap(([account, person]) =>
    facts.members.has(person) && !inside.has(account) ? [person] : [],
  )
  const counted = facts.memberCount === null ? 0 : facts.memberCount - 1 - inside.size
  return { strangers, movedAway, missing, unseen: Math.max(0, counted) }
}

/** Whether the comparison holds somebody who is not in the earlier one, by name or by number. */
export function holdsNews(now: GroupComparison, before: GroupComparison): boolean {
  const isNew = <T>(list: readonly T[], known: readonly T[]) => list.some((one) => !known.includes(one))
  return (
    isNew(now.strangers, before.strangers) ||
    isNew(now.movedAway, before.movedAway) ||
    isNew(now.missing, before.missing) ||
    now.unseen > before.unseen
  )
}
