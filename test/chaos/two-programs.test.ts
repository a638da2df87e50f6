import { afterAll, expect, inject, it } from 'vitest'
import { openDatabase } from '../../src/platform/database.ts'
import { everWritten, holdsShare, recordEveryRow, sentShares } from '../features/votes/choice-scan.ts'
import { startTestApp } from '../support/app.ts'
import { databaseForPrograms } from '../support/database.ts'
import { startForwarder } from '../support/forwarder.ts'
import { killPrograms } from '../support/program.ts'
import { createTestWard } from '../support/ward.ts'
import { Booth } from './booth.ts'
import { Doom } from './doom.ts'

const ends: (() => unknown)[] = []
afterAll(async () => {
  await killPrograms()
  for (const end of ends.reverse()) await end()
})

// On PGlite there is one program.
if (inject('postgres') !== '') {
  it('shares pressed at two programs behind one webhook meet in one of them and open the box, and no row ever holds one', {
    timeout: 240_000,
  }, async () => {
    const { settings, drop } = await databaseForPrograms()
    ends.push(drop)
    const source = { url: settings.DATABASE_URL ?? '' }
    const database = await openDatabase(source)
    await recordEveryRow(database.prisma)
    const test = await startTestApp({ now: new Date(), database })
    ends.push(() => test.sandbox.close())
    const { branches } = await createTestWard(test, { branches: 1, members: 4 })
    const [branch] = branches
    if (!branch) throw new Error('no branch')
    const booth = await Booth.build(test, branch, Math.random, 3)
    await test.app.stop()

    const entrance = await startForwarder()
    ends.push(() => entrance.close())
    const doom = new Doom({ ...settings, LOG_LEVEL: 'trace' }, test, entrance)
    ends.push(() => doom.clear())
    const programs = [doom.start(null), doom.start(null)]
    const addresses = await Promise.all(programs.map((program) => program.address()))
    entrance.targets = addresses
    booth.press = async (shares) => {
      // Each share is pressed at a program of its own, and both programs live on.
      for (const [index, one] of shares.entries()) {
        entrance.targets = [addresses[index % addresses.length] ?? '']
        await one()
      }
      entrance.targets = addresses
    }
    booth.begin()
    await booth.all()

    const { prisma, close } = await openDatabase(source)
    ends.push(close)
    for (const { voteId, inBox } of booth.held) {
      const plain = await prisma.plainBallot.findMany({ where: { voteId }, orderBy: { number: 'asc' } })
      expect(plain.map(({ marks }) => marks)).toEqual([...inBox.values()].sort())
    }
    expect(booth.held).toHaveLength(3)
    const leases = await prisma.courierLease.findMany({ where: { name: { startsWith: 'meeting:' } } })
    expect(leases).toHaveLength(3)
    for (const program of programs) program.child.kill('SIGTERM')
    for (const program of programs) expect((await program.ends()).code).toBe(0)
    const shares = await sentShares(test)
    expect(shares).toHaveLength(9)
    const places = [await everWritten(prisma), doom.printed.join('\n')]
    expect(shares.filter((share) => holdsShare(share, places))).toEqual([])
  })
} else {
  it('on PGlite there is one program, in which all shares meet', async () => {
    const { settings, drop } = await databaseForPrograms()
    ends.push(drop)
    const database = await openDatabase({ folder: settings.DATA_DIR ?? '' })
    ends.push(database.close)
    expect(database.listen).toBeUndefined()
    await expect(openDatabase({ folder: settings.DATA_DIR ?? '' })).rejects.toThrow('in use by process')
  })
}
