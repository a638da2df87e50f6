/** Remembers in which row each value stood first; answers with that row when the value comes again. Empty ones do not count. */
export function onceEach(keyOf: (value: string) => string): (value: string, row: number) => number | undefined {
  const first = new Map<string, number>()
  return (value, row) => {
    const key = keyOf(value)
    if (key === '') return undefined
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, row)
    return earlier
  }
}
