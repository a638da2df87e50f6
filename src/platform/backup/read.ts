import { strFromU8, unzipSync } from 'fflate'
import { fail, ok, type Result } from '../../domain/result.ts'
import { type Manifest, manifestFile, manifestSchema, tableFile } from './manifest.ts'
import { eachLine } from './write.ts'

/** A backup that was read and holds what its manifest says. */
export interface Backup {
  manifest: Manifest
  /** Unpacked anew each time: one table at a time has to fit in memory. */
  lines(table: string): string
}

/** Fails with `start.backup.notABackup`, `start.backup.damaged`. */
export async function readBackup(data: Uint8Array): Promise<Result<Backup>> {
  const text = (name: string): string | null => {
    const part = unzipSync(data, { filter: (file) => file.name === name })[name]
    return part ? strFromU8(part) : null
  }
  const manifest = manifestOf(() => text(manifestFile))
  if (!manifest) return fail('start.backup.notABackup')
  for (const { name, rows, sha256 } of manifest.tables) {
    const found = await summed(() => text(tableFile(name)))
    if (found?.rows !== rows || found.sha256 !== sha256) return fail('start.backup.damaged', { table: name })
  }
  return ok({ manifest, lines: (table) => text(tableFile(table)) ?? '' })
}

function manifestOf(read: () => string | null): Manifest | null {
  try {
    return manifestSchema.parse(JSON.parse(read() ?? ''))
  } catch {
    return null
  }
}

async function summed(read: () => string | null): Promise<{ rows: number; sha256: string } | null> {
  try {
    const lines = read()
    return lines === null ? null : await eachLine(once(lines))
  } catch {
    return null
  }
}

async function* once(lines: string): AsyncGenerator<string> {
  yield lines
}
