import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DataFolderInUse, lockDataFolder } from '../../src/platform/data-folder-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lien-chi-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A second program that takes the folder and holds it until it is killed. */
async function holder() {
  const module = join(import.meta.dirname, '../../src/platform/data-folder-lock.ts')
  const code = `const { lockDataFolder } = await import(${JSON.stringify(module)}); lockDataFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

describe('the lock on the data folder', () => {
  it('keeps a second program out and names the first', async () => {
    const child = await holder()
    try {
      expect(() => lockDataFolder(folder)).toThrow(DataFolderInUse)
      expect(() => lockDataFolder(folder)).toThrow(String(child.pid))
    } finally {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  })

  it('dies with its process, however it dies', async () => {
    const child = await holder()
    child.kill('SIGKILL')
    await once(child, 'exit')
    lockDataFolder(folder).release()
  })

  it('can be taken again after it was released', () => {
    lockDataFolder(folder).release()
    lockDataFolder(folder).release()
  })
})
