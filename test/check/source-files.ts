import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export const root: string = join(import.meta.dirname, '../..')

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  path: string
  text: string
}

/** Every TypeScript file of `src` that people write. */
export function sourceFiles(): SourceFile[] {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes(join('platform', 'prisma')),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: relative(root, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
}
