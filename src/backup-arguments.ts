import { parseArgs } from 'node:util'

/** What follows `npm run backup --` and `npm run restore --`: a file, and whether it may be unencrypted. Without a file it is not understood. */
export function backupArguments(given: string[]): { file: string | undefined; isUnencrypted: boolean } {
  try {
    const options = { unencrypted: { type: 'boolean', default: false } } as const
    const { positionals, values } = parseArgs({ args: given, options, allowPositionals: true })
    return { file: positionals.length === 1 ? positionals[0] : undefined, isUnencrypted: values.unencrypted }
  } catch {
    return { file: undefined, isUnencrypted: false }
  }
}
