import { existsSync, writeFileSync } from 'node:fs'
import { beginProgram } from './begin.ts'
import { identityIn, newIdentity, publicHalf } from './platform/backup/keys.ts'

/**
 * `npm run backup-key -- <file>`: makes an age key in that file, or takes the one that is there, and prints the two settings with which
 * a machine encrypts backups that only this key opens.
 */
const texts = beginProgram()
const [file, ...more] = process.argv.slice(2)

try {
  if (file === undefined || more.length > 0) refuse(texts('start:backupKey.noFile'))
  else await tell(file, existsSync(file) ? identityIn(file) : await make(file))
} catch (error) {
  refuse(texts('start:backupKey.failed', { reason: error instanceof Error ? error.message : String(error) }))
}

async function make(to: string): Promise<string> {
  const { identity, lines } = await newIdentity(new Date())
  writeFileSync(to, lines, { mode: 0o600, flag: 'wx', flush: true })
  console.log(texts('start:backupKey.made', { file: to }))
  return identity
}

async function tell(from: string, identity: string | null): Promise<void> {
  if (identity === null) return refuse(texts('start:backupKey.noKey', { file: from }))
  const { recipient, seal } = await publicHalf(identity)
  console.log(texts('start:backupKey.settings', { file: from }))
  console.log(`BACKUP_RECIPIENT=${recipient}\nBACKUP_SEAL=${seal}`)
}

function refuse(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
