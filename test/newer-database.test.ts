import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../src/platform/database.ts'
import { DatabaseIsNewer } from '../src/platform/migrations/errors.ts'
import { databaseForPrograms } from './support/database.ts'
import { killPrograms, startProgram } from './support/program.ts'
import { type Source, withSession } from './support/sessions.ts'

let settings: Record<string, string>
let source: Source
const ends: (() => unknown)[] = [killPrograms]
beforeAll(async () => {
  const database = await databaseForPrograms()
  ends.push(database.drop)
  settings = database.settings
  source = settings.DATABASE_URL ? { url: settings.DATABASE_URL } : { folder: settings.DATA_DIR ?? '' }
  await withSession(source, (session) =>
    session.run(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
      VALUES ('newer', '', '29990101000000_what_comes', now())`),
  )
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

it('a program does not start on the tables of a newer version, and says which version it needs', async () => {
  const { code, output } = await startProgram(settings).ends()
  expect(code).toBe(1)
  expect(output).toContain('phiên bản mới hơn của chương trình dùng (bước 29990101000000_what_comes)')
  expect(output).toContain('Hãy chạy đúng phiên bản mới đó')
  expect(output).not.toContain('DATABASE_URL')
})

it.each([true, false])('nor does a tool open them, whether it changes tables (%s) or not', async (migrate) => {
  const opening = openDatabase(migrate ? source : { ...source, migrate })
  await expect(opening).rejects.toThrow(DatabaseIsNewer)
})
