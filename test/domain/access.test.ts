import { describe, expect, test } from 'vitest'
import { type Action, type Actor, may, permissions, type Role, roles, rolesAllowed } from '../../src/domain/access.ts'
import { grantsOn, type Standing } from '../../src/domain/grants.ts'

/** The rulebook in short: o officer, p operator, l leader, v supervisor, s secretary, d deputy, c committee, m member, b probationary. */
const rulebook: Record<Action, string> = {
  'registry.import': 'o:ward',
  'registry.export': 'o:ward',
  'registry.merge': 'o:ward',
  'registry.view': 'o:ward l:ward v:branch s:branch d:branch c:branch m:self b:self',
  'registry.list': 'o:ward l:ward v:branch s:branch d:branch c:branch',
  'liaison.comment': 's:branch d:branch',
  'registry.template': 'o:ward l:ward',
  'link.group': 'o:ward s:branch',
  'link.invite': 'o:ward s:branch d:branch',
  'link.unlink': 'o:ward s:branch m:self b:self',
  'link.holder': 'o:ward',
  'ward.appoint': 'o:ward',
  'notice.evaluation.draft': 'o:ward l:ward',
  'notice.evaluation.issue': 'l:ward',
  'notice.plain.issue': 'l:ward',
  'notice.settings': 'o:ward l:ward',
  'notice.scheme': 'o:ward l:ward',
  'notice.acknowledge': 's:branch d:branch',
  'notice.confirm': 'm:branch b:branch',
  'notice.confirmOnBehalf': 's:branch',
  'notice.readOwn': 'l:self m:self b:self',
  'notice.handOver': 'o:ward l:ward',
  'notice.viewStatus': 'o:ward l:ward v:branch s:branch d:branch',
  'notice.viewLevels': 'l:ward v:branch s:branch d:branch c:branch m:branch b:branch',
  'notice.viewDetail': 's:branch d:branch c:branch m:self b:self',
  'notice.remark': 's:branch d:branch c:branch',
  'notice.comment': 'm:self b:self',
  'notice.viewCadre': 'l:ward s:branch d:branch c:branch',
  'task.assign': 's:branch d:branch c:branch',
  'task.report': 's:branch d:branch m:self b:self',
  'task.review': 's:branch d:branch',
  'task.view': 'v:branch s:branch d:branch c:branch m:self b:self',
  'activity.organise': 's:branch d:branch c:branch',
  'activity.join': 'm:branch b:branch',
  'activity.view': 'l:ward v:branch s:branch d:branch c:branch m:branch b:branch',
  'plan.write': 's:branch d:branch m:self b:self',
  'plan.view': 'v:branch s:branch d:branch c:branch m:self b:self',
  'plan.decide': 's:branch d:branch',
  'calendar.edit': 'o:ward',
  'vote.open': 's:branch d:branch',
  'vote.close': 's:branch d:branch',
  'vote.cast': 'm:branch',
  'vote.castOnBehalf': 's:branch',
  'vote.tally': 'm:branch',
  'vote.standing': 'l:ward',
  'vote.view': 'v:branch s:branch d:branch c:branch m:branch b:branch',
  'transfer.plan': 'o:ward',
  'organisation.dissolve': 'o:ward',
  'transfer.propose': 'o:ward s:branch d:branch m:self b:self',
  'transfer.introduce': 'o:ward s:branch d:branch',
  'transfer.cancel': 'o:ward s:branch d:branch',
  'transfer.receive': 'o:ward s:branch d:branch',
  'transfer.view': 'o:ward l:ward v:branch s:branch d:branch c:branch m:self b:self',
  'operations.view': 'p:ward',
  'privacy.request': 'o:ward s:branch m:self b:self',
  'privacy.decide': 'o:ward',
  'audit.view': 'o:ward',
}
const letters: Record<Role, string> = {
  officer: 'o',
  operator: 'p',
  leader: 'l',
  supervisor: 'v',
  secretary: 's',
  deputy: 'd',
  committee: 'c',
  member: 'm',
  probationary: 'b',
}
const me = 7
const targets = {
  'own ward': { wardId: 1 },
  'own branch': { wardId: 1, branchId: 10 },
  'own branch, another person': { wardId: 1, branchId: 10, personId: 8 },
  'own branch, myself': { wardId: 1, branchId: 10, personId: me },
  'another branch': { wardId: 1, branchId: 11 },
  'another branch, another person': { wardId: 1, branchId: 11, personId: 8 },
  'another branch, myself': { wardId: 1, branchId: 11, personId: me },
  'own ward, another person': { wardId: 1, personId: 8 },
  'own ward, myself': { wardId: 1, personId: me },
  'another ward': { wardId: 2 },
  'another ward, same numbers': { wardId: 2, branchId: 10, personId: me },
}
const reached: Record<string, readonly (keyof typeof targets)[]> = {
  ward: [
    'own ward',
    'own branch',
    'own branch, another person',
    'own branch, myself',
    'another branch',
    'another branch, another person',
    'another branch, myself',
    'own ward, another person',
    'own ward, myself',
  ],
  branch: ['own branch', 'own branch, another person', 'own branch, myself'],
  self: ['own branch, myself', 'another branch, myself', 'own ward, myself'],
}
const wardWide: readonly Role[] = ['officer', 'operator', 'leader']

function actor(...held: Role[]): Actor {
  const grants = held.map((role) => ({ role, wardId: 1, branchId: wardWide.includes(role) ? null : 10 }))
  return { personId: me, wardId: 1, grants }
}

const actions = Object.keys(permissions).filter((key): key is Action => key in rulebook)

describe('the table of permissions', () => {
  test('every action stands in the rulebook', () => {
    expect(Object.keys(permissions).sort()).toEqual(Object.keys(rulebook).sort())
  })
  test.each(actions)('%s: every role reaches exactly the targets of the rulebook', (action) => {
    const rules = new Map(rulebook[action].split(' ').map((rule) => [rule[0], rule.slice(2)]))
    for (const role of roles) {
      const open = reached[rules.get(letters[role]) ?? ''] ?? []
      for (const name of Object.keys(targets).filter((key): key is keyof typeof targets => key in targets)) {
        expect([role, name, may(actor(role), action, targets[name]).ok]).toEqual([role, name, open.includes(name)])
      }
    }
    expect(rolesAllowed(action)).toEqual(roles.filter((role) => rules.has(letters[role])))
  })
  test('more than two thousand cells have been compared', () => {
    expect(actions.length * roles.length * Object.keys(targets).length).toBeGreaterThan(2000)
  })
  test('a refusal names the action', () => {
    expect(may(actor('member'), 'registry.import', targets['own ward'])).toEqual({
      ok: false,
      problem: { code: 'access.denied', params: { action: 'registry.import' } },
    })
  })
  test('a stranger may nothing, also where the target is no person', () => {
    for (const action of actions) {
      for (const target of Object.values(targets)) {
        expect(may({ personId: null, wardId: null, grants: [] }, action, target).ok).toBe(false)
      }
    }
  })
  test('several roles add up', () => {
    expect(may(actor('member', 'secretary'), 'vote.open', targets['own branch']).ok).toBe(true)
    expect(may(actor('member', 'secretary'), 'vote.cast', targets['own branch']).ok).toBe(true)
  })
})

describe('roles on a day', () => {
  const day = (text: string) => Temporal.PlainDate.from(text)
  const since = { from: day('2026-01-01'), to: null }
  const standing = (more: Partial<Standing> = {}): Standing => ({
    memberships: [{ ...since, wardId: 1, branchId: 10, kind: 'official' }],
    statuses: [{ ...since, status: 'official' }],
    positions: [],
    appointments: [],
    ...more,
  })
  const held = (facts: Standing, on = '2026-11-23') =>
    grantsOn(facts, day(on)).map(({ role, branchId }) => (branchId === null ? role : `${role}@${branchId}`))

  test('a secretary is a member too, until the post ends', () => {
    const facts = standing({
      positions: [{ from: day('2026-01-01'), to: day('2026-06-30'), post: 'secretary', wardId: 1, branchId: 10 }],
    })
    expect(held(facts, '2026-06-30')).toEqual(['member@10', 'secretary@10'])
    expect(held(facts, '2026-07-01')).toEqual(['member@10'])
  })
  test('a leader may be in charge of another branch than their own', () => {
    const facts = standing({
      positions: [
        { ...since, post: 'wardSecretary', wardId: 1, branchId: null },
        { ...since, post: 'supervisingMember', wardId: 1, branchId: 12 },
        { ...since, post: 'wardCommitteeMember', wardId: 1, branchId: null },
      ],
    })
    expect(held(facts)).toEqual(['member@10', 'leader', 'supervisor@12'])
  })
  test('probationary and temporary members have no vote to cast', () => {
    expect(held(standing({ statuses: [{ ...since, status: 'probationary' }] }))).toEqual(['probationary@10'])
    const guest = standing({ memberships: [{ ...since, wardId: 1, branchId: 11, kind: 'temporary' }] })
    expect(held(guest)).toEqual(['probationary@11'])
  })
  test('an exempt member stays a member', () => {
    expect(held(standing({ statuses: [{ ...since, status: 'exempt' }] }))).toEqual(['member@10'])
  })
  test('a suspended member keeps appointments only', () => {
    const facts = standing({
      statuses: [{ ...since, status: 'suspended' }],
      positions: [{ ...since, post: 'secretary', wardId: 1, branchId: 10 }],
      appointments: [{ ...since, role: 'operator', wardId: 1 }],
    })
    expect(held(facts)).toEqual(['operator'])
  })
})
