import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { markWhereabouts } from '../../../src/features/votes/ballots/absences.ts'
import { toggleTeller } from '../../../src/features/votes/ballots/choose-tellers.ts'
import { openSealed, secretToOpen } from '../../../src/features/votes/sealed/open-sealed.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestBranch, type TestPerson, type TestWard } from '../../support/ward.ts'
import { inGroup, inPrivate, member } from './kit.ts'
import { as, closeBallot, fill, openDraft, pressData, secretDraft } from './sealed-kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const db = () => test.app.services.database

async function aBallot(): Promise<{ ward: TestWard; branch: TestBranch; tellers: TestPerson[]; voteId: number }> {
  const ward = await createTestWard(test, { members: 6 })
  const [branch] = ward.branches
  if (!branch) throw new Error('no branch')
  const tellers = [branch.deputy, member(branch, 0), member(branch, 1)]
  return { ward, branch, tellers, voteId: await secretDraft(test, branch, tellers, ['Trần A']) }
}

describe('who has put a ballot into the box, and when', () => {
  it('stands in no list of acts, by day, person or branch, while it runs and after; that it was opened and closed does', async () => {
    const { ward, branch, tellers, voteId } = await aBallot()
    await openDraft(test, branch, voteId, tellers)
    const voter = branch.secretary
    await fill(test, voter, await inPrivate(test, voter, 'Phiếu được giữ kín đến đâu'), [
      'Ghi phiếu',
      'Tốt',
      'Bỏ phiếu',
    ])
    await test.app.settle()
    expect(await db().sealedBallot.count({ where: { voteId } })).toBe(1)
    const pages = async () => {
      const asked = ['', ' 23/11/2026', ` ${voter.number}`, ` ${branch.name}`]
      const texts = []
      for (const words of asked) texts.push((await test.people.ask(ward.officer, `/nhatky${words}`)).text)
      return texts
    }
    for (const text of await pages()) {
      expect(text).not.toMatch(/: bỏ phiếu kín|ballot\.cast/)
      expect(text).not.toContain('việc khác')
    }
    await closeBallot(test, branch)
    const [all = ''] = await pages()
    expect(all).toContain('khóa hòm phiếu kín')
    expect(all).not.toMatch(/: bỏ phiếu kín/)
  })

  it('is counted in the group, and named there to nobody', async () => {
    const { branch, tellers, voteId } = await aBallot()
    await openDraft(test, branch, voteId, tellers)
    const told = await inGroup(test, branch, 'Đã biểu quyết: 0/')
    const voter = member(branch, 2)
    await fill(test, voter, await inPrivate(test, voter, 'Phiếu được giữ kín đến đâu'), [
      'Ghi phiếu',
      'Tốt',
      'Bỏ phiếu',
    ])
    await test.app.settle()
    const now = (await test.people.read(voter.account, branch.group)).filter(({ seq }) => seq >= told.seq)
    expect(now.map(({ text }) => text).join('\n')).toContain('Đã biểu quyết: 1/')
    expect(now.map(({ text }) => text).join('\n')).not.toContain(voter.fullName)
  })
})

describe('a member of the tally team', () => {
  it('who was noted absent, or has lost the vote, gets no share: the team is asked for anew', async () => {
    const { branch, tellers, voteId } = await aBallot()
    const { secretary } = branch
    const gone = tellers[1]
    if (!gone) throw new Error('no teller')
    const leader = await as(test, secretary)
    expect(await markWhereabouts(leader, { voteId, personId: gone.id, is: 'absent' })).toMatchObject({ ok: true })
    const menu = await test.people.ask(secretary.account, '/menu')
    const pressed = await Promise.all(
      ['sopen', 'sopenfew', 'sopen'].map((word) =>
        pressData(test, secretary, secretary.account, menu, `${word}:${voteId}`),
      ),
    )
    for (const { text } of pressed)
      expect(text).toContain(`Đồng chí ${gone.fullName} nay không ở trong tổ kiểm phiếu được`)
    await test.app.settle()
    for (const { account } of tellers) {
      const seen = await test.people.read(account, account)
      expect(seen.some(({ text }) => text.includes('mảnh chìa khoá'))).toBe(false)
    }
    expect((await db().vote.findUniqueOrThrow({ where: { id: voteId } })).state).toBe('draft')
    await markWhereabouts(leader, { voteId, personId: gone.id, is: 'present' })
    await db().memberStatus.updateMany({ where: { personId: gone.id }, data: { kind: 'suspended' } })
    expect(await secretToOpen(leader, voteId)).toMatchObject({ ok: false, problem: { code: 'votes.tellerNotAllowed' } })
  })

  it('who left the team, or was noted absent, while the shares went out opens nothing', async () => {
    const { branch, tellers, voteId } = await aBallot()
    const leader = await as(test, branch.secretary)
    const shares = tellers.map(({ id, account }, index) => ({
      personId: id,
      mark: new Uint8Array([index]),
      chatId: BigInt(account),
      messageId: index,
    }))
    const opening = { voteId, publicKey: new Uint8Array(32), shares, fewConfirmed: false }
    const [, second] = tellers
    if (!second) throw new Error('no teller')
    await toggleTeller(leader, voteId, second.id)
    expect(await openSealed(leader, opening)).toMatchObject({ ok: false })
    await toggleTeller(leader, voteId, member(branch, 3).id)
    expect(await openSealed(leader, opening)).toMatchObject({ ok: false, problem: { code: 'ballots.teamChanged' } })
    expect(await db().ballotBox.count({ where: { voteId } })).toBe(0)
  })

  it('who has left the branch since brings no share to the box', async () => {
    const { branch, tellers, voteId } = await aBallot()
    const [first, second] = tellers
    const [share, other] = await openDraft(test, branch, voteId, tellers)
    if (!first || !second || !share || !other) throw new Error('no shares')
    await closeBallot(test, branch)
    await db().membership.updateMany({ where: { personId: first.id }, data: { to: new Date('2026-11-20T00:00:00Z') } })
    const refused = await test.people.press(first.account, first.account, share, 'Mở hòm phiếu')
    expect(refused.text).toContain('không còn trong tổ kiểm phiếu')
    const taken = await test.people.press(second.account, second.account, other, 'Mở hòm phiếu')
    expect(taken.text).toContain('mảnh thứ nhất')
    expect((await db().vote.findUniqueOrThrow({ where: { id: voteId } })).state).toBe('closed')
  })
})
