import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Grant } from '../../../src/domain/access.ts'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { searchKey } from '../../../src/domain/names.ts'
import { acknowledgeNotice } from '../../../src/features/notices/acknowledge-notice.ts'
import { chooseBranches } from '../../../src/features/notices/choose-branches.ts'
import { choosePerson, chooseRole } from '../../../src/features/notices/choose-recipients.ts'
import { confirmPersonal } from '../../../src/features/notices/confirm-personal.ts'
import { draftCorrection } from '../../../src/features/notices/correct-plain.ts'
import { draftPlain } from '../../../src/features/notices/draft-plain.ts'
import { handOver } from '../../../src/features/notices/hand-over.ts'
import { issuePlain } from '../../../src/features/notices/issue-plain.ts'
import { listPaper } from '../../../src/features/notices/list-paper.ts'
import { sortedBranches } from '../../../src/features/notices/status-screens.ts'
import { isAwaited } from '../../../src/features/notices/view-people-status.ts'
import { viewStatus } from '../../../src/features/notices/view-status.ts'
import { type Context, createContext, type Services } from '../../../src/platform/context.ts'
import type { OpenDatabase } from '../../../src/platform/database.ts'
import { createLog } from '../../../src/platform/log.ts'
import { asMessage } from '../../../src/platform/messages.ts'
import { loadTexts } from '../../../src/platform/texts.ts'
import { testNow } from '../../support/app.ts'
import { openTestDatabase } from '../../support/database.ts'
import { orThrow } from '../linking/support.ts'

/** No courier runs here, so that every message stays in its delivery as it was written. */
let opened: OpenDatabase
let services: Services
beforeAll(async () => {
  opened = await openTestDatabase()
  const clock = { now: () => testNow }
  services = { database: opened.prisma, clock, log: createLog('silent'), texts: loadTexts(), onCommit: () => {} }
})
afterAll(() => opened.close())

/** A branch with its secretary and one member more, each with or without an account. */
const branches = fc.array(
  fc.record({
    hasGroup: fc.boolean(),
    hasSecretary: fc.boolean(),
    secretaryHasPhone: fc.boolean(),
    memberHasPhone: fc.boolean(),
    /** What happens to the branch's copy, the secretary's own and the member's own. */
    branchConfirms: fc.boolean(),
    handed: fc.boolean(),
    secretaryConfirms: fc.boolean(),
    isMeant: fc.boolean(),
    memberIsMeant: fc.boolean(),
    isCorrected: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
)
type Plan = (typeof branches)['generate'] extends (...args: never[]) => { value: (infer One)[] } ? One : never

let serial = 0

async function build(plans: readonly Plan[]) {
  const db = opened.prisma
  const nth = ++serial
  const ward = await db.ward.create({ data: { name: `Đảng bộ phường ${nth}`, createdAt: testNow } })
  const from = toUtcMidnight(Temporal.PlainDate.from('2024-01-01'))
  let people = 0
  const addPerson = async (name: string, organisationId: number | null, hasPhone: boolean) => {
    const fullName = `${name} ${nth}`
    const accountId = hasPhone ? BigInt(nth * 1000 + ++people) : null
    const { id } = await db.person.create({
      data: {
        wardId: ward.id,
        number: fullName,
        fullName,
        searchName: searchKey(fullName),
        ...(organisationId === null ? {} : { memberships: { create: { organisationId, from } } }),
        ...(accountId === null
          ? {}
          : {
              links: {
                create: { accountId, accountName: '', linkedAt: testNow, consentAt: testNow, consentVersion: '1' },
              },
            }),
      },
    })
    return { id, fullName, accountId }
  }
  const acting = (person: { id: number; fullName: string; accountId: bigint | null }, ...grants: Grant[]): Context =>
    createContext(
      services,
      { personId: person.id, wardId: ward.id, accountId: person.accountId, name: person.fullName, grants },
      null,
    )
  const rows = []
  for (const [index, plan] of plans.entries()) {
    const { id } = await db.organisation.create({
      data: { wardId: ward.id, kind: 'branch', sector: 'residential', code: `CB${index}`, name: `Chi bộ ${index}` },
    })
    const chatId = BigInt(-(nth * 1000 + index))
    if (plan.hasGroup) {
      await db.groupLink.create({ data: { organisationId: id, chatId, title: '', linkedAt: testNow } })
    }
    const secretary = await addPerson(`Bí Thư ${index}`, id, plan.secretaryHasPhone)
    if (plan.hasSecretary) {
      const post = { post: 'secretary', title: 'Bí thư chi bộ', from, organisationId: id }
      await db.position.create({ data: { wardId: ward.id, personId: secretary.id, ...post } })
    }
    const member = await addPerson(`Đảng Viên ${index}`, id, plan.memberHasPhone)
    rows.push({ id, plan, chatId, secretary, member })
  }
  const leader = await addPerson('Lãnh Đạo', null, true)
  const post = { wardId: ward.id, personId: leader.id, post: 'wardSecretary', title: 'Bí thư Đảng ủy', from }
  await db.position.create({ data: post })
  const lead = acting(leader, { role: 'leader', wardId: ward.id, branchId: null })
  return { wardId: ward.id, rows, lead, acting }
}

async function chatsTold(words: string): Promise<string[]> {
  const rows = await opened.prisma.delivery.findMany({ where: { editsId: null }, orderBy: { id: 'asc' } })
  return rows.filter(({ message }) => asMessage(message).text.includes(words)).map(({ chatId }) => String(chatId))
}

test('a plain notice reaches exactly the groups, holders and people it is meant for, each once, and its sums agree', async () => {
  await fc.assert(
    fc.asyncProperty(branches, fc.boolean(), async (plans, allSecretaries) => {
      await opened.prisma.delivery.deleteMany()
      const { wardId, rows, lead, acting } = await build(plans)
      const db = opened.prisma
      const words = `lời ${wardId}`
      const { issueId } = orThrow(await draftPlain(lead, { text: words, file: null }))
      const branchIds = rows.filter(({ plan }) => plan.isMeant).map(({ id }) => id)
      orThrow(await chooseBranches(lead, { issueId, branchIds, chosen: true }))
      if (allSecretaries) orThrow(await chooseRole(lead, { issueId, role: 'secretaries', chosen: true }))
      for (const { plan, member } of rows) {
        if (plan.memberIsMeant) orThrow(await choosePerson(lead, { issueId, personId: member.id, chosen: true }))
      }
      const people = rows.flatMap(({ plan, secretary, member }) => [
        ...(allSecretaries && plan.hasSecretary ? [secretary] : []),
        ...(plan.memberIsMeant ? [member] : []),
      ])
      const issued = await issuePlain(lead, { issueId })
      if (branchIds.length + people.length === 0) {
        expect(issued).toMatchObject({ ok: false, problem: { code: 'notices.noneChosen' } })
        return
      }
      orThrow(issued)

      const groups = rows.filter(({ plan }) => plan.isMeant && plan.hasGroup).map(({ chatId }) => chatId)
      const chats = people.flatMap(({ accountId }) => accountId ?? [])
      expect((await chatsTold(words)).sort()).toEqual([...groups, ...chats].map(String).sort())

      // Then some confirm, and some are handed the paper.
      for (const { id, plan, secretary } of rows) {
        const notice = await db.notice.findFirst({ where: { issueId, branchId: id } })
        if (notice && plan.branchConfirms && plan.hasSecretary) {
          const context = acting(secretary, { role: 'secretary', wardId, branchId: id })
          orThrow(await acknowledgeNotice(context, { noticeId: notice.id }))
        }
        if (notice && plan.handed) {
          orThrow(await handOver(lead, { copy: { kind: 'branch', id: notice.id }, toName: 'Người nhận' }))
        }
        const own = await db.personalNotice.findFirst({ where: { issueId, personId: secretary.id } })
        if (own && plan.secretaryConfirms) {
          const context = acting(secretary, { role: 'member', wardId, branchId: id })
          orThrow(await confirmPersonal(context, { personalId: own.id }))
        }
      }
      // And for some branches another notice takes its place.
      const kept = rows.filter(({ plan }) => plan.isMeant && !plan.isCorrected).map(({ id }) => id)
      const replaced = branchIds.length - kept.length
      if (replaced > 0) {
        const later = orThrow(await draftCorrection(lead, { correctsId: issueId, text: `thay ${wardId}`, file: null }))
        orThrow(await chooseBranches(lead, { issueId: later.issueId, branchIds: kept, chosen: false }))
        await db.noticePersonTarget.deleteMany({ where: { issueId: later.issueId } })
        orThrow(await issuePlain(lead, { issueId: later.issueId }))
      }

      const status = orThrow(await viewStatus(lead, { issueId }))
      const sorted = sortedBranches(status.branches)
      const places = Object.values(sorted).flat()
      expect(places).toHaveLength(status.branches.length)
      expect(new Set(places.map(({ branchId }) => branchId))).toEqual(new Set(branchIds))
      const confirms = rows.filter(({ plan }) => plan.isMeant && plan.hasSecretary && plan.branchConfirms)
      expect(sorted.confirmed.map(({ branchId }) => branchId)).toEqual(confirms.map(({ id }) => id))
      expect(status.people.map(({ personId }) => personId).sort()).toEqual(people.map(({ id }) => id).sort())
      const doneBranches = sorted.confirmed.length + sorted.handed.length
      const donePeople = status.people.filter(({ confirmedAt }) => confirmedAt !== null).length
      // Everything happened at the moment of the issue, so within the 72 hours.
      expect(status.promptness).toEqual({
        prompt: doneBranches + donePeople,
        of: status.branches.length - sorted.replaced.length + status.people.length,
      })
      // What is to be handed over are the copies on no way, no more and no less.
      const paper = orThrow(await listPaper(lead, { issueId }))
      expect(paper.copies.filter(({ kind }) => kind === 'branch').map(({ id }) => id)).toEqual(
        sorted.paper.map(({ noticeId }) => noticeId),
      )
      expect(paper.copies.filter(({ kind }) => kind === 'person')).toHaveLength(
        status.people.filter((one) => isAwaited(one) && one.delivery === 'paper').length,
      )
    }),
    { numRuns: 30 },
  )
}, 240_000)
