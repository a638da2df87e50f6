import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import type { TestPerson } from '../../support/ward.ts'
import { assign, forge, inPrivate, member, twoBranches } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

/** The sheets that a person is sent: for each page its texts, cell after cell. */
async function pagesOf({ account }: TestPerson): Promise<string[][]> {
  const { files } = await test.people.next(account, account, (message) => message.files.length > 0)
  expect(files[0]?.name).toBe('phieu-viec.docx')
  const document = unzipSync(await test.people.file(files[0]?.url ?? ''))['word/document.xml'] ?? new Uint8Array()
  return strFromU8(document)
    .split(/<w:pageBreakBefore\/>|<w:br w:type="page"\/>/)
    .map((page) => [...page.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text ?? '').filter(Boolean))
}

it('the secretary prints a sheet for each member who has something, one page each, what is urgent first', async () => {
  const [branch] = await twoBranches(test)
  const { secretary } = branch
  const [one, two, silent] = [member(branch, 1), member(branch, 2), member(branch, 3)]
  await assign(test, branch, one, 'trồng hoa <&> tưới nước; không hạn')
  await assign(test, branch, one, 'quét ngõ 12; hạn 28/11')
  await assign(test, branch, silent, 'họp tổ dân phố; hạn 30/11')
  await assign(test, branch, two, 'việc đã xong; hạn 30/11')
  await test.people.ask(two.account, '/baocao 4 Xong')
  await test.people.press(
    secretary.account,
    secretary.account,
    await inPrivate(test, secretary, 'Kết quả: Xong'),
    'Chấp nhận',
  )
  const choice = await test.people.ask(secretary.account, '/phieuviec')
  expect(buttonsOf(choice)).toEqual([`Của tôi (${branch.name})`, `Của từng đồng chí (${branch.name})`])
  await test.people.press(secretary.account, secretary.account, choice, 'Của từng đồng chí')
  const [first = [], second = [], ...more] = await pagesOf(secretary)
  expect(more).toEqual([])
  expect(first[0]).toBe('PHIẾU GIAO VIỆC')
  expect(first[1]).toContain(`${branch.name}, đến ngày 23/11/2026`)
  const table = ['Số', 'Nội dung', 'Hạn', 'Kết quả, ký tên']
  const written = [`Đồng chí ${one.fullName}`, ...table, '2', 'quét ngõ 12', '28/11/2026']
  expect(first.slice(2)).toEqual([...written, '1', 'trồng hoa &lt;&amp;&gt; tưới nước', 'Không đặt hạn'])
  expect(second).toEqual([`Đồng chí ${silent.fullName}`, ...table, '3', 'họp tổ dân phố', '30/11/2026'])
})

it('a member prints their own alone, reads so where there is nothing, and never gets a sheet of others', async () => {
  const [branch, other] = await twoBranches(test)
  const [one, two] = [member(branch, 1), member(branch, 2)]
  await assign(test, branch, one, 'quét ngõ; hạn 28/11')
  const choice = await test.people.ask(one.account, '/phieuviec')
  expect(buttonsOf(choice)).toEqual([`Của tôi (${branch.name})`])
  await test.people.press(one.account, one.account, choice, 'Của tôi')
  const [page = []] = await pagesOf(one)
  expect(page).toContain('quét ngõ')
  const none = await test.people.ask(two.account, '/phieuviec')
  await test.people.press(two.account, two.account, none, 'Của tôi')
  await inPrivate(test, two, 'Không có việc nào đang làm để in. Đề nghị')
  for (const data of [`tprint:${branch.id}`, `tprint:${branch.id}.${one.id}`]) {
    await forge(test, two, none, data)
    const strange = await test.people.ask(other.secretary.account, '/menu')
    await forge(test, other.secretary, strange, data)
  }
  await test.app.settle()
  for (const { account } of [two, other.secretary]) {
    expect((await test.people.read(account, account)).flatMap(({ files }) => files)).toEqual([])
  }
})
