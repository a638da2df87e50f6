import { toUtcMidnight } from '../../../src/domain/dates.ts'
import type { Cell } from '../../../src/features/registry/index.ts'
import { type SheetRows, writeWorkbook } from '../../../src/platform/workbook.ts'
import type { TestApp } from '../../support/app.ts'
import type { SeenMessage } from '../../support/people.ts'
import { createTestWard, type TestBranch, type TestPerson, type TestWard } from '../../support/ward.ts'

export const titles = [
  'Số đảng viên',
  'Họ và tên',
  'Chi bộ',
  'Điểm',
  'Xếp loại',
  'Mức xếp loại',
  'Nhận xét',
  'Lý do xếp không hoàn thành',
]

export const says =
  (...words: string[]) =>
  (message: SeenMessage) =>
    words.every((word) => message.text.includes(word))

/** A branch, member or line that the test knows to be there. */
export function nth<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new Error(`nothing at ${index}`)
  return found
}

export interface NoticeWard extends TestWard {
  /** The leader, and one more cadre in each further branch. */
  cadres: TestPerson[]
}

/** A ward whose leader is a cadre of the first branch, with one cadre in each other branch. */
export async function noticeWard(
  test: TestApp,
  options: { branches?: number; supergroups?: boolean } = {},
): Promise<NoticeWard> {
  const ward = await createTestWard(test, { branches: 2, members: 3, ...options })
  const others = ward.branches.slice(1).map((branch) => nth(branch.members, 0))
  for (const person of others) await makeCadre(test, person)
  return { ...ward, cadres: [ward.leader, ...others] }
}

export async function makeCadre(test: TestApp, { id }: { id: number }): Promise<void> {
  const from = toUtcMidnight(Temporal.PlainDate.from('2024-01-01'))
  await test.app.services.database.cadre.create({
    data: { personId: id, office: 'UBND phường', job: 'Chuyên viên', from },
  })
}

/** A person's line in the sheet of results. */
export function line(
  person: TestPerson,
  score: Cell,
  more: { level?: string; grade?: string; remark?: string; ground?: string } = {},
): Cell[] {
  return [
    person.number,
    person.fullName,
    null,
    score,
    more.grade ?? null,
    more.level ?? null,
    more.remark ?? null,
    more.ground ?? null,
  ]
}

export function workbook(rows: Cell[][], options: { sheet?: string; titles?: Cell[] } = {}): Promise<Uint8Array> {
  const sheet: SheetRows = { sheet: options.sheet ?? 'Kết quả', rows: [options.titles ?? titles, ...rows] }
  return writeWorkbook([sheet])
}

/** Sends a workbook of results in private and reads the bot's next answer. */
export async function sendResults(
  test: TestApp,
  from: number,
  rows: Cell[][],
  options: { caption?: string; name?: string; sheet?: string; titles?: Cell[] } = {},
): Promise<SeenMessage> {
  const data = await workbook(rows, options)
  const caption = options.caption ?? 'tháng 11/2026'
  await test.people.sendFile(from, from, {
    name: options.name ?? 'ket-qua.xlsx',
    data,
    ...(caption ? { caption } : {}),
  })
  return test.people.next(from, from)
}

/** Everything the bot has said in the branch's group, as it reads now. */
export async function groupTexts(test: TestApp, branch: TestBranch): Promise<string[]> {
  return (await groupMessages(test, branch)).map(({ text }) => text)
}

export async function groupMessages(test: TestApp, { secretary, group }: TestBranch): Promise<SeenMessage[]> {
  await test.app.settle()
  return (await test.people.read(secretary.account, group)).filter(({ from }) => from.isBot)
}

/** Issues results of 11/2026 for these people and answers with the first branch's message in its group. */
export async function issueResults(test: TestApp, ward: NoticeWard, rows: Cell[][]): Promise<SeenMessage> {
  const { leader } = ward
  const preview = await sendResults(test, leader.account, rows)
  await test.people.press(leader.account, leader.account, preview, 'Gửi tới các chi bộ')
  const { secretary, group } = nth(ward.branches, 0)
  return test.people.next(secretary.account, group, says('Thông báo kết quả đánh giá'))
}
