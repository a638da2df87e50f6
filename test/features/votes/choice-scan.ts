import { asMark, encodePaperButton } from '../../../src/domain/ballot-paper.ts'
import type { Database } from '../../../src/platform/database.ts'
import type { TestApp } from '../../support/app.ts'
import { levels } from './sealed-kit.ts'

/** What a voter presses for each mark, blank last. */
export const markButtons = [...levels, 'Phiếu trắng']

/** Copies every version of every row that is ever written, so that what was there for a moment only is found as well. */
export async function recordEveryRow(database: Database): Promise<void> {
  await database.$executeRaw`CREATE SCHEMA recorded`
  await database.$executeRaw`CREATE TABLE recorded.row ("table" text, content text)`
  await database.$executeRaw`
    CREATE FUNCTION recorded.copy() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO recorded.row VALUES (TG_TABLE_NAME, NEW::text); RETURN NULL; END $$`
  const tables = await database.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'pgboss') AND c.relkind IN ('r', 'p') AND NOT c.relispartition`
  for (const { name } of tables) {
    await database.$executeRawUnsafe(
      `CREATE TRIGGER recorder AFTER INSERT OR UPDATE ON ${name} FOR EACH ROW EXECUTE FUNCTION recorded.copy()`,
    )
  }
}

/** Everything that was ever written, one row a line; without what was written to that table. */
export async function everWritten(database: Database, without = ''): Promise<string> {
  const rows = await database.$queryRaw<{ content: string }[]>`
    SELECT content FROM recorded.row WHERE "table" <> ${without}`
  return rows.map(({ content }) => content).join('\n')
}

/** The ways in which a choice could be written down: digits, a list, bytes in hex and base64, the button's own state, words. */
export function spellings(choice: string, names: readonly string[]): string[] {
  const digits = [...choice]
  const bytes = Buffer.from(digits.map(Number))
  const marks = digits.map((digit) => asMark(Number(digit)))
  const state = encodePaperButton({ ballot: 1, marks, act: { kind: 'cast' } }).split(':')[3] ?? ''
  const words = digits.slice(0, 3).map((digit, index) => `${names[index]}: ${markButtons[Number(digit)]}`)
  return [
    choice,
    digits.join(','),
    digits.join(', '),
    bytes.toString('hex'),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    state,
    ...words,
  ]
}

/** What of these choices can be read in a text. */
export function readableIn(text: string, choices: readonly string[], names: readonly string[]): string[] {
  const sought = new Set(choices.flatMap((choice) => spellings(choice, names)))
  return [...sought].filter((spelling) => text.includes(spelling))
}

/** The shares as their buttons carried them to the tally teams. */
export async function sentShares(test: TestApp): Promise<string[]> {
  const calls = JSON.stringify(await test.people.calls())
  const found = [...calls.matchAll(/k:[0-9a-z]+:([A-Za-z0-9_-]{44})/g)].flatMap((match) => match[1] ?? [])
  return [...new Set(found)]
}

/** Whether a share stands in one of these texts, as it was sent or as bytes. */
export function holdsShare(share: string, texts: readonly string[]): boolean {
  const bytes = Buffer.from(share, 'base64url').toString('hex')
  return texts.some((text) => text.includes(share) || text.includes(bytes))
}
