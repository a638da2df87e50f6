import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './source-files.ts'

interface LockedPackage {
  resolved?: string
  optionalDependencies?: Record<string, string>
}

/**
 * A clean install needs every platform's package in the lock file, also those of machines other than the one that wrote
 * it; npm leaves out what its registry lacks, and only a later `npm ci` complains. No download address stands in it.
 */
export function lockFileProblems(): string[] {
  const { packages }: { packages: Record<string, LockedPackage> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  )
  return Object.entries(packages).flatMap(([place, { resolved, optionalDependencies }]) => [
    ...(resolved?.startsWith('http') ? [`package-lock.json: ${place} carries a download address`] : []),
    ...Object.keys(optionalDependencies ?? {})
      .filter((name) => !packages[`node_modules/${name}`] && !packages[`${place}/node_modules/${name}`])
      .map((name) => `package-lock.json: ${place || 'the project'} lacks ${name}: npm ci will fail`),
  ])
}
