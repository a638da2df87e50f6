import type { Database } from './database.ts'

/** Why a database cannot be worked with: it does not answer in time, or it answers and takes no row. */
export type Unready = 'databaseSilent' | 'databaseNotWritable'

const longestAnswer = 3000

/**
 * Answers whether a row can be written and kept: a disk that is full and a database that only reads still answer questions. Those
 * who ask at once share one row; one that hangs is not joined by others.
 */
export function createWriteProbe(database: Database): () => Promise<Unready | null> {
  let writing: Promise<Unready | null> | null = null
  const write = async (): Promise<Unready | null> => {
    try {
      // A lease that nobody takes.
      await database.$executeRaw`
        INSERT INTO "CourierLease" AS "probe" ("name", "holder", "fence", "beat") VALUES ('probe', '', 0, 0)
        ON CONFLICT ("name") DO UPDATE SET "beat" = "probe"."beat" + 1`
      return null
    } catch {
      return (await answers(database)) ? 'databaseNotWritable' : 'databaseSilent'
    }
  }
  return () => {
    writing ??= write().finally(() => {
      writing = null
    })
    const late = new Promise<Unready>((resolve) => setTimeout(resolve, longestAnswer, 'databaseSilent').unref())
    return Promise.race([writing, late])
  }
}

async function answers(database: Database): Promise<boolean> {
  return database.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  )
}
