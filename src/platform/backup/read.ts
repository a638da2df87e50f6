import { fail, ok, type Result } from '../../domain/result.ts'
import { type Manifest, manifestFile, manifestSchema, tableFile } from './manifest.ts'
import { eachLine } from './write.ts'
import { zipParts } from './zip-parts.ts'

/** A backup that was read and holds what its manifest says. */
export interface Backup {
  manifest: Manifest
  /** A table's lines, unpacked anew each time, piece by piece: a piece may end in the middle of a line. */
  lines(table: string): AsyncIterable<string>
}

type Parts = ReturnType<typeof zipParts>

/** Fails with `start.backup.notABackup`, `start.backup.damaged`. */
export async function readBackup(data: Uint8Array): Promise<Result<Backup>> {
  const parts = partsOf(data)
  const manifest = await manifestOf(parts)
  if (!parts || !manifest) return fail('start.backup.notABackup')
  for (const { name, rows, sha256 } of manifest.tables) {
    const found = await summed(parts, name)
    if (found?.rows !== rows || found.sha256 !== sha256) return fail('start.backup.damaged', { table: name })
  }
  return ok({ manifest, lines: (table) => parts(tableFile(table)) ?? nothing() })
}

function partsOf(data: Uint8Array): Parts | null {
  try {
    return zipParts(data)
  } catch {
    return null
  }
}

async function manifestOf(parts: Parts | null): Promise<Manifest | null> {
  try {
    const pieces = await Array.fromAsync(parts?.(manifestFile) ?? [])
    return manifestSchema.parse(JSON.parse(pieces.join('')))
  } catch {
    return null
  }
}

async function summed(parts: Parts, table: string): Promise<{ rows: number; sha256: string } | null> {
  try {
    const lines = parts(tableFile(table))
    return lines && (await eachLine(lines))
  } catch {
    return null
  }
}

async function* nothing(): AsyncGenerator<string> {}
