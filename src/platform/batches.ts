/**
 * Writes together what comes while an earlier writing is under way: under load few statements do the work of many, at rest each
 * item is written at once. Answers when the item is written. Where several fail together each is tried alone, so that one
 * that cannot be written does not hold up the others.
 */
export function inBatches<T>(write: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: { item: T; written: PromiseWithResolvers<void> }[] = []
  let isWriting = false

  const writeAll = async () => {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await write(batch.map(({ item }) => item))
        for (const { written } of batch) written.resolve()
      } catch (error) {
        if (batch.length === 1) batch[0]?.written.reject(error)
        else await Promise.all(batch.map(({ item, written }) => write([item]).then(written.resolve, written.reject)))
      }
    }
    isWriting = false
  }
  return (item) => {
    const written = Promise.withResolvers<void>()
    waiting.push({ item, written })
    if (!isWriting) void writeAll()
    return written.promise
  }
}
