import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { fromPglite, PgBoss } from 'pg-boss'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { applyMigrations } from '../../src/platform/migrations/apply.ts'
import { openQueue } from '../../src/platform/queue.ts'
import { pgliteSession } from '../../src/platform/sessions.ts'
import { createUpdateQueues } from '../../src/telegram/queue.ts'
import { databaseUrl, onServer } from './database.ts'

/**
 * Makes once what every test's database begins from: a dump for PGlite, and a template where TEST_DATABASE_URL names a
 * server. The dump is made there too: programs that are started without a server begin from it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL ?? ''
  project.provide('postgres', server)
  const dropSnapshot = await provideSnapshot(project)
  if (server === '') {
    project.provide('template', '')
    return dropSnapshot
  }
  const dropTemplate = await provideTemplate(project, server)
  return async () => {
    await dropSnapshot()
    await dropTemplate()
  }
}

async function provideSnapshot(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'lien-chi-test-'))
  const pglite = await PGlite.create()
  await applyMigrations(pgliteSession(pglite))
  const boss = new PgBoss({
    db: fromPglite(pglite),
    backend: 'pglite',
    schedule: false,
    supervise: false,
    registerInstance: false,
  })
  await boss.start()
  await createUpdateQueues(boss)
  await boss.stop({ graceful: false })
  const file = join(folder, 'snapshot.tar')
  const dump = await pglite.dumpDataDir('none')
  writeFileSync(file, new Uint8Array(await dump.arrayBuffer()))
  await pglite.close()
  project.provide('snapshot', file)
  const prepared = await PGlite.create({ dataDir: join(folder, 'pglite'), loadDataDir: dump })
  await prepared.close()
  project.provide('preparedFolder', folder)
  return async () => rmSync(folder, { recursive: true })
}

async function provideTemplate(project: TestProject, server: string): Promise<() => Promise<void>> {
  const template = `lienchi_template_${process.pid}`
  await onServer(server, `DROP DATABASE IF EXISTS "${template}"`)
  await onServer(server, `CREATE DATABASE "${template}"`)
  const database = await openDatabase({ url: databaseUrl(server, template) })
  const queue = await openQueue(database, createLog('silent'))
  await createUpdateQueues(queue)
  await queue.stop({ graceful: false })
  await database.close()
  project.provide('template', template)
  return () => onServer(server, `DROP DATABASE "${template}" WITH (FORCE)`)
}
