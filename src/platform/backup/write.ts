import { createHash } from 'node:crypto'
import { strToU8, Zip, ZipDeflate } from 'fflate'
import packageJson from '../../../package.json' with { type: 'json' }
import type { Database, Transaction } from '../database.ts'
import { type Manifest, manifestFile, tableFile } from './manifest.ts'
import { appliedMigrations, leftOut, linesOf, savedTables } from './tables.ts'

/** Reading everything may take a while, in milliseconds; on PGlite nothing else is done meanwhile. */
const limits = { maxWait: 60_000, timeout: 1_800_000 }

/**
 * Writes every table of ours, as they all stood at one moment, into one packed file: a part of JSON lines for each, and a manifest
 * with counts and sums. `give` gets the file piece by piece. Answers with the manifest.
 */
export async function writeBackup(database: Database, now: Date, give: (part: Uint8Array) => void): Promise<Manifest> {
  const zip = new Zip((error, part) => {
    if (error) throw error
    give(part)
  })
  const manifest = await database.$transaction((tx) => writeTables(tx, zip, now), {
    ...limits,
    isolationLevel: 'RepeatableRead',
  })
  zip.end()
  return manifest
}

/**
 * The same as one piece in memory: packed, a hundred thousand rows are about ten megabytes. Whoever is to get it may be slow, and the
 * database must not wait for that.
 */
export async function packBackup(
  database: Database,
  now: Date,
): Promise<{ manifest: Manifest; file: Uint8Array<ArrayBuffer> }> {
  const parts: Uint8Array[] = []
  const manifest = await writeBackup(database, now, (part) => parts.push(part))
  return { manifest, file: new Uint8Array(Buffer.concat(parts)) }
}

async function writeTables(tx: Transaction, zip: Zip, now: Date): Promise<Manifest> {
  const manifest: Manifest = {
    format: 'lien-chi-backup-1',
    program: packageJson.version,
    madeAt: now.toISOString(),
    migrations: await appliedMigrations(tx),
    tables: [],
    leftOut: [...leftOut],
  }
  for (const name of await savedTables(tx)) {
    const part = open(zip, tableFile(name))
    const { rows, sha256 } = await eachLine(linesOf(tx, name), (lines) => part.push(strToU8(lines)))
    part.push(new Uint8Array(), true)
    manifest.tables.push({ name, rows, sha256 })
  }
  open(zip, manifestFile).push(strToU8(JSON.stringify(manifest, null, 2)), true)
  return manifest
}

function open(zip: Zip, name: string): ZipDeflate {
  const part = new ZipDeflate(name)
  zip.add(part)
  return part
}

/** Counts and sums lines on their way. */
export async function eachLine(
  source: AsyncIterable<string>,
  take: (lines: string) => void = () => {},
): Promise<{ rows: number; sha256: string }> {
  const sum = createHash('sha256')
  let rows = 0
  for await (const lines of source) {
    sum.update(lines)
    rows += lines.split('\n').length - 1
    take(lines)
  }
  return { rows, sha256: sum.digest('hex') }
}
