/** A handing over on paper: to whom, by whom, when it was told. */
export interface Handed {
  readonly toName: string
  readonly byName: string
  readonly at: Date
}

export function handedOf(row: Handed | null | undefined): Handed | null {
  return row ? { toName: row.toName, byName: row.byName, at: row.at } : null
}
