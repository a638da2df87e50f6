import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sandboxMemory } from '../platform/data-folder.ts'
import type { Sandbox } from '../sandbox/index.ts'

const saveEveryMilliseconds = 3000

/** What the sandbox kept cannot be read. It is left as it is. */
export class SandboxMemoryDamaged extends Error {
  readonly file: string
  constructor(file: string, cause: unknown) {
    super(`the sandbox's memory ${file} cannot be read`, { cause })
    this.file = file
  }
}

/** Puts back the people, groups and messages of the sandbox as they were when the program last ran on this folder. Throws {@link SandboxMemoryDamaged}. */
export async function recallSandbox({ world }: Sandbox, folder: string): Promise<void> {
  const file = fileIn(folder)
  if (!existsSync(file)) return
  try {
    await world.restore(readFileSync(file))
  } catch (error) {
    throw new SandboxMemoryDamaged(file, error)
  }
}

/**
 * Keeps the sandbox's people, groups and messages beside the database, every few seconds and at the end. The database is
 * the product's truth; this is only the imitation's memory, and a crash may cost it the last seconds.
 */
export function keepSandbox({ world }: Sandbox, folder: string): () => Promise<void> {
  const file = fileIn(folder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  let keptSeq = -1
  const save = () => {
    const { seq } = world.state.data
    writeFileSync(`${file}.new`, world.snapshot(), { mode: 0o600 })
    renameSync(`${file}.new`, file)
    keptSeq = seq
  }
  const timer = setInterval(() => {
    if (world.state.data.seq !== keptSeq) save()
  }, saveEveryMilliseconds)
  return async () => {
    clearInterval(timer)
    save()
  }
}

function fileIn(folder: string): string {
  return join(folder, sandboxMemory)
}
