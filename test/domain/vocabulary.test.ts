import { describe, expect, test } from 'vitest'
import {
  genders,
  memberStatuses,
  membershipKinds,
  probationEnd,
  recogniseGender,
  recogniseMark,
  recogniseMembershipKind,
  recogniseStatus,
} from '../../src/domain/members.ts'
import { mayHangUnder, nodeKinds, recogniseNodeKind, recogniseSector, sectors } from '../../src/domain/organisations.ts'
import { postFacts, posts, recognisePost } from '../../src/domain/posts.ts'

const post = (title: string, place: 'ward' | 'branch') => {
  const result = recognisePost(title, place)
  return result.ok ? result.value : result.problem.code
}

describe('titles in a workbook', () => {
  test.each([
    ['Bí thư chi bộ', 'secretary'],
    ['bi thu  CHI BO', 'secretary'],
    ['BT chi bộ', 'secretary'],
    ['Bí thư Chi bộ tổ dân phố số 4', 'secretary'],
    ['Phó Bí thư', 'deputySecretary'],
    ['Phó Bí thư Thường trực', 'standingDeputySecretary'],
    ['Chi ủy viên', 'committeeMember'],
    ['chi uỷ viên', 'committeeMember'],
    ['Cấp ủy viên phụ trách', 'supervisingMember'],
    ['Đảng ủy viên phụ trách Chi bộ TDP số 2', 'supervisingMember'],
    ['Bí thư Đảng ủy', 'post.wrongPlace'],
    ['Trưởng nhóm', 'post.unknown'],
  ])('in a branch “%s” is %s', (title, code) => {
    expect(post(title, 'branch')).toBe(code)
  })
  test.each([
    ['Bí thư Đảng ủy', 'wardSecretary'],
    ['Bí thư Đảng ủy phường', 'wardSecretary'],
    ['Phó Bí thư Thường trực Đảng ủy', 'wardStandingDeputySecretary'],
    ['Chủ tịch UBND phường', 'peoplesCommitteeChair'],
    ['CT UBND phường Liên Hoa', 'peoplesCommitteeChair'],
    ['Chủ tịch phường', 'peoplesCommitteeChair'],
    ['Phó Chủ tịch UBND phường', 'peoplesCommitteeViceChair'],
    ['PCT Ủy ban nhân dân', 'peoplesCommitteeViceChair'],
    ['Chủ tịch UBMTTQ phường', 'frontChair'],
    ['Chủ tịch Ủy ban MTTQ Việt Nam phường', 'frontChair'],
    ['Chủ tịch MTTQ', 'frontChair'],
    ['Chủ tịch Hội Liên hiệp Phụ nữ phường', 'womensUnionChair'],
    ['Chủ tịch Hội LHPN', 'womensUnionChair'],
    ['Bí thư Đoàn TNCS HCM phường', 'youthUnionSecretary'],
    ['Chủ tịch Hội CCB phường', 'veteransChair'],
    ['Chủ tịch Hội Nông dân phường', 'farmersChair'],
    ['Chủ tịch Công đoàn', 'tradeUnionChair'],
    ['Chi ủy viên', 'post.wrongPlace'],
    ['Tổ trưởng tổ dân phố số 4', 'post.wrongPlace'],
  ])('in the ward “%s” is %s', (title, code) => {
    expect(post(title, 'ward')).toBe(code)
  })
  test('the head of a neighbourhood is recognised with its number and abbreviated', () => {
    for (const title of ['Tổ trưởng tổ dân phố số 4', 'Tổ trưởng TDP 4', 'Tổ trưởng dân phố', 'TỔ TRƯỞNG TDP']) {
      expect([title, post(title, 'branch')]).toEqual([title, 'groupLeader'])
    }
    expect(post('Tổ trưởng tổ đảng', 'branch')).toBe('post.unknown')
  })
  test('every way of writing a post is recognised as that post, at its place', () => {
    for (const { code, place, titles } of posts) {
      for (const title of titles) expect([title, post(title, place)]).toEqual([title, code])
      expect(postFacts(code).title).toBe(titles[0])
    }
  })
  test('sectors, statuses and genders are recognised as they are written', () => {
    for (const { code, titles } of sectors) for (const title of titles) expect(recogniseSector(title)).toBe(code)
    for (const { code, titles } of memberStatuses) for (const title of titles) expect(recogniseStatus(title)).toBe(code)
    for (const { code, titles } of genders) for (const title of titles) expect(recogniseGender(title)).toBe(code)
    expect(recogniseSector('to dan pho')).toBe('residential')
    expect(recogniseStatus('x')).toBeUndefined()
    for (const { code, titles } of nodeKinds) for (const title of titles) expect(recogniseNodeKind(title)).toBe(code)
    for (const { code, titles } of membershipKinds)
      for (const title of titles) expect(recogniseMembershipKind(title)).toBe(code)
  })
  test.each([
    ['x', true],
    ['X', true],
    ['Có', true],
    ['co', true],
    ['✓', true],
    ['không', false],
    ['-', false],
    ['?', undefined],
  ])('a column that is ticked is read: “%s” is %s', (text, ticked) => {
    expect(recogniseMark(text)).toBe(ticked)
  })
})

test('a node of the tree hangs only under a higher kind of node', () => {
  expect(mayHangUnder('branch', 'grassrootsOrg')).toBe(true)
  expect(mayHangUnder('branch', 'wardPartyOrg')).toBe(true)
  expect(mayHangUnder('partyGroup', 'branch')).toBe(true)
  expect(mayHangUnder('branch', 'branch')).toBe(false)
  expect(mayHangUnder('grassrootsOrg', 'branch')).toBe(false)
})

test('probation is over twelve months after admission, on the last day of February where the year has no 29th', () => {
  expect(probationEnd(Temporal.PlainDate.from('2026-02-03')).toString()).toBe('2027-02-03')
  expect(probationEnd(Temporal.PlainDate.from('2024-02-29')).toString()).toBe('2025-02-28')
})
