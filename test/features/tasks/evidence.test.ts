import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FileStore, keyOf, memoryStore } from '../../../src/platform/file-store.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { assign, inPrivate, jpeg, member, oneBranch, says, sendAlbum } from './kit.ts'

const kept = memoryStore()
/** A store that refuses for a while, as one that is being restarted. */
let isDown = false
const store: FileStore = {
  put: (key, data) => (isDown ? Promise.reject(new Error('store down')) : kept.put(key, data)),
  get: (key) => kept.get(key),
  remove: (key) => kept.remove(key),
}

let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ files: store })
})
afterAll(() => test.stop())

const files = () => test.app.services.database.keptFile.findMany({ orderBy: { id: 'asc' } })

describe('evidence', () => {
  it('is copied into our own store, also when that was down for a while, and read from there', async () => {
    const branch = await oneBranch(test)
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    isDown = true
    const data = new Uint8Array([37, 80, 68, 70, 1, 2, 3])
    await test.people.sendFile(assignee.account, assignee.account, {
      name: 'danh-sach.pdf',
      data,
      caption: '/baocao 1 Danh sách hộ mới',
    })
    await inPrivate(test, assignee, 'Đã nhận báo cáo Nhiệm vụ số 1')
    await test.people.advance('PT1M')
    expect((await files()).map(({ state }) => state)).toEqual(['waiting'])
    isDown = false
    await test.people.advance('PT1M')
    const [file] = await files()
    expect(file).toMatchObject({ state: 'kept', size: data.length, ...keyOf(data) })
    expect(await kept.get(file?.key ?? '')).toEqual(data)
    // Telegram has lost it: it is sent from the store.
    const { secretary } = branch
    await test.people.ask(secretary.account, '/viec')
    const card = await test.people.ask(secretary.account, '1')
    await test.app.services.database.taskReportPart.updateMany({ data: { fileId: 'gone' } })
    await test.people.press(secretary.account, secretary.account, card, 'Xem ảnh, tệp')
    const sent = await inPrivate(test, secretary, 'Nhiệm vụ số 1')
    expect(sent.files.map(({ name }) => name)).toEqual(['danh-sach.pdf'])
  })

  it('that Telegram will not give is lost aloud: the sender is asked to send it again, the others are kept', async () => {
    const branch = await oneBranch(test)
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    const before = (await files()).length
    const photo = { name: 'a.jpg', data: jpeg(), mime: 'image/jpeg', as: 'photo' as const }
    await test.people.sendFile(assignee.account, assignee.account, { ...photo, caption: '/baocao 1 Trước và sau' })
    await inPrivate(test, assignee, 'Đã nhận báo cáo Nhiệm vụ số 1')
    await test.people.sendFile(assignee.account, assignee.account, { name: 'b.pdf', data: new Uint8Array([1, 2]) })
    await inPrivate(test, assignee, 'Đã thêm vào báo cáo')
    const [broken] = (await files()).slice(before)
    await test.app.services.database.keptFile.update({ where: { id: broken?.id ?? 0 }, data: { fileId: 'not-a-file' } })
    await test.people.advance('PT1M')
    await inPrivate(test, assignee, 'chưa lưu được')
    expect((await files()).slice(before).map(({ state }) => state)).toEqual(['lost', 'kept'])
  })

  it('beyond what Telegram gives a bot is refused with the remedy, and the report waits for the words', async () => {
    const branch = await oneBranch(test)
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    const film = { name: 'phim.mp4', data: new Uint8Array(21 * 1024 * 1024), caption: '/baocao 1 Phim quay ngõ 12' }
    await test.people.sendFile(assignee.account, assignee.account, film)
    const refused = await test.people.next(assignee.account, assignee.account, says('20 MB'))
    expect(refused.text).toContain('Đề nghị')
    expect(await test.app.services.database.taskReport.count({ where: { task: { branchId: branch.id } } })).toBe(0)
  })

  it('may be a film or a spoken message: the secretary sees it as what it is, and it outlives the chat', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    const before = (await files()).length
    const data = new Uint8Array([1, 2, 3, 4])
    const film = {
      name: 'ngo12.mp4',
      data,
      mime: 'video/mp4',
      as: 'video' as const,
      caption: '/baocao 1 Ngõ 12 đã sạch',
    }
    await test.people.sendFile(assignee.account, assignee.account, film)
    await inPrivate(test, assignee, 'Đã nhận báo cáo Nhiệm vụ số 1')
    const voice = { name: 'loi.ogg', data, mime: 'audio/ogg', as: 'voice' as const }
    await test.people.sendFile(assignee.account, assignee.account, voice)
    await inPrivate(test, assignee, 'Đã thêm vào báo cáo')
    await test.app.settle()
    const sent = (await test.people.calls()).filter(({ params }) => Number(params.chat_id) === secretary.account)
    expect(sent.map(({ method }) => method)).toEqual(expect.arrayContaining(['sendVideo', 'sendVoice']))
    expect(sent.every(({ ok }) => ok)).toBe(true)
    await test.people.advance('PT1M')
    expect((await files()).slice(before)).toMatchObject([
      { kind: 'video', name: 'ngo12.mp4', state: 'kept' },
      { kind: 'voice', state: 'kept' },
    ])
  })

  it('of 60 MB is refused in one sentence with the remedy', async () => {
    const branch = await oneBranch(test)
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    const film = { name: 'phim.mp4', data: new Uint8Array(60_000_000), as: 'video' as const, caption: '/baocao 1 Phim' }
    await test.people.sendFile(assignee.account, assignee.account, film)
    const refused = await inPrivate(test, assignee, '20 MB')
    expect(refused.text).toBe(
      'Phim này lớn hơn 20 MB nên không lưu được. Đề nghị đồng chí quay đoạn ngắn hơn, hoặc gửi ảnh.',
    )
    expect(await test.app.services.database.taskReport.count({ where: { task: { branchId: branch.id } } })).toBe(0)
  })

  it('in an album of which one photo fails is kept but for that one, and its sender reads which to send again', async () => {
    const branch = await oneBranch(test)
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    const before = (await files()).length
    sendAlbum(test, assignee, assignee.account, { id: 'album-hong', caption: '/baocao 1 Trước và sau' })
    await test.app.settle()
    await inPrivate(test, assignee, 'Đã nhận báo cáo Nhiệm vụ số 1')
    const [, broken] = (await files()).slice(before)
    await test.app.services.database.keptFile.update({ where: { id: broken?.id ?? 0 }, data: { fileId: 'not-a-file' } })
    await test.people.advance('PT1M')
    const asked = await inPrivate(test, assignee, 'chưa lưu được')
    expect(asked.text).toContain('Đề nghị đồng chí gửi lại')
    expect((await files()).slice(before).map(({ state }) => state)).toEqual(['kept', 'lost', 'kept'])
    const [report] = await test.app.services.database.taskReport.findMany({
      where: { task: { branchId: branch.id } },
      include: { parts: true },
    })
    expect(report).toMatchObject({ verdict: 'waiting' })
    expect(report?.parts).toHaveLength(3)
    // It goes to the same report when it is sent again.
    await test.people.sendFile(assignee.account, assignee.account, { name: 'b.jpg', data: jpeg(), as: 'photo' })
    await inPrivate(test, assignee, 'Đã thêm vào báo cáo')
  })
})
