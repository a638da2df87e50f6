import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { fiveSpellings, forge, lastCall, namesBut, saidSince, type Town, town } from './kit.ts'

let test: TestApp
let at: Town
beforeAll(async () => {
  test = await startTestApp()
  at = await town(test)
})
afterAll(() => test.stop())

const db = () => test.app.services.database
const reads = (action: string, account: number) =>
  db().auditEntry.count({ where: { action, actorAccountId: BigInt(account) } })

describe("somebody's path (/hoso)", () => {
  it('a plain member finds nobody but themself, by whatever words, and nobody is shown to a stranger', async () => {
    const { member, probationary, stranger, own, other, foreign } = at
    const telephone = '0912345678'
    await db().person.update({ where: { id: other.deputy.id }, data: { phone: telephone } })
    const meant = [
      'N',
      'n',
      'Nguyễn',
      '1',
      'TDP02',
      'tdp 02',
      'CB02',
      telephone,
      other.deputy.number,
      foreign.leader.number,
      ...fiveSpellings(other.secretary.fullName),
      ...fiveSpellings(own.secretary.fullName),
    ]
    for (const reader of [member, probationary, stranger]) {
      const after = await lastCall(test)
      for (const words of reader === member ? meant : meant.slice(0, 9)) {
        await test.people.say(reader.account, reader.account, `/hoso ${words}`)
      }
      await test.app.settle()
      const said = await saidSince(test, after)
      for (const name of namesBut(at, reader)) expect(said).not.toContain(name)
      expect(said).not.toMatch(/xpath:/)
    }
    // A person out of reach and one who is nowhere are told apart by nothing.
    const [elsewhere, nowhere] = [await hoso(member.account, other.deputy.number), await hoso(member.account, 'Z9-999')]
    expect(elsewhere.replace(other.deputy.number, '…')).toBe(nowhere.replace('Z9-999', '…'))
    expect(await hoso(member.account, member.fullName)).toContain(member.fullName)
    expect(await hoso(member.account, '')).toContain(member.fullName)
  })

  it('a secretary finds their own branch, an officer the ward and no other one, and both are on record', async () => {
    const { own, other, ward, foreign } = at
    const before = await reads('registry.searched', own.secretary.account)
    const branch = await hoso(own.secretary.account, 'Lê')
    expect(branch).toContain(own.members[0]?.fullName)
    expect(branch).not.toContain(other.members[0]?.fullName)
    expect(await hoso(own.secretary.account, 'TDP02')).not.toContain(other.secretary.fullName)
    expect(await reads('registry.searched', own.secretary.account)).toBe(before + 1)
    const whole = await hoso(ward.officer, 'Lê')
    expect(whole).toContain(own.members[0]?.fullName)
    expect(whole).toContain(other.members[0]?.fullName)
    expect(whole).not.toContain(foreign.branches[2]?.members[0]?.fullName)
    expect(await reads('registry.searched', ward.officer)).toBe(1)
  })

  const hoso = async (account: number, words: string) => (await test.people.ask(account, `/hoso ${words}`)).text
})

describe('forged presses', () => {
  it('name nobody to whoever may not know them, whosever numbers they carry', async () => {
    const { member, other, foreign, ward } = at
    const away = foreign.branches[2]
    if (!away) throw new Error('no third branch')
    const after = await lastCall(test)
    for (const account of [member.account, at.probationary.account]) {
      for (const branch of [other.id, away.id, 0, -1, 2 ** 53, 'N', '']) {
        await forge(test, account, `abra:${branch}`)
        await forge(test, account, `xfrom:${branch}`)
        await forge(test, account, `tdig:${branch}`)
      }
      await forge(test, account, 'xnew:0')
      await forge(test, account, 'xone:all')
      for (const person of [other.deputy.id, away.deputy.id, 0, -1, 2 ** 53, 'N', '']) {
        await forge(test, account, `xwho:${await draftKey(account)}.${person}`)
        await forge(test, account, `xpath:${person}`)
      }
    }
    await test.app.settle()
    const said = await saidSince(test, after)
    for (const { fullName } of [...ward.everyone, ...foreign.everyone]) expect(said).not.toContain(fullName)
    expect(said).not.toContain(away.name)
    expect(said).not.toContain(other.name)
  })

  it("a secretary reaches no other branch's people by them, two at once and again after a restart of the form", async () => {
    const { own, other, foreign } = at
    const { account } = own.secretary
    const after = await lastCall(test)
    for (let again = 0; again < 2; again++) {
      await forge(test, account, 'xone:all')
      const key = await draftKey(account)
      await Promise.all(
        [other.deputy.id, foreign.branches[2]?.deputy.id, 0, 2 ** 53].map((id) =>
          forge(test, account, `xwho:${key}.${id}`),
        ),
      )
      await Promise.all([other.id, foreign.branches[2]?.id].map((id) => forge(test, account, `abra:${id}`)))
    }
    await test.app.settle()
    const said = await saidSince(test, after)
    for (const { fullName } of [...other.members, other.deputy, ...foreign.everyone.slice(-4)]) {
      expect(said).not.toContain(fullName)
    }
    expect(said).not.toContain(other.name)
    expect(await reads('registry.memberViewed', account)).toBe(0)
  })

  it('of their own branch a secretary calls and proposes, and that they looked is on record', async () => {
    const { own } = at
    const { account } = own.secretary
    await forge(test, account, 'xone:all')
    const [before] = [await lastCall(test)]
    await forge(test, account, `xwho:${await draftKey(account)}.${own.deputy.id}`)
    await test.app.settle()
    expect(await saidSince(test, before)).toContain(own.deputy.fullName)
    expect(await reads('registry.memberViewed', account)).toBe(1)
  })

  it('a draft that outlives the office names nobody any more', async () => {
    const { other } = at
    const { account } = other.secretary
    await forge(test, account, `abra:${other.id}`)
    const key = await draftKey(account)
    const held = { personId: other.secretary.id, organisationId: other.id }
    await db().position.updateMany({ where: held, data: { to: new Date('2026-01-01T00:00:00Z') } })
    const after = await lastCall(test)
    await forge(test, account, `awhom:${key}.`)
    await forge(test, account, `tbranch:${other.id}`)
    await test.app.settle()
    const said = await saidSince(test, after)
    for (const { fullName } of other.members) expect(said).not.toContain(fullName)
    await db().position.updateMany({ where: held, data: { to: null } })
  })

  /** Whatever draft the account has open, by its key. */
  const draftKey = async (account: number): Promise<string> => {
    const form = await db().form.findFirst({ where: { accountId: BigInt(account) } })
    const draft = Object(Object(form?.data).draft)
    return typeof draft.key === 'string' ? draft.key : ''
  }
})
