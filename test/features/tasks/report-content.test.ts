import { describe, expect, test } from 'vitest'
import { isAcknowledgement, reportContent } from '../../../src/features/tasks/report-content.ts'

const message = {
  message_id: 1,
  date: 0,
  chat: { id: 1, type: 'private' as const, first_name: 'A' },
  from: { id: 1, is_bot: false, first_name: 'A' },
}
const document = { file_id: 'd', file_unique_id: 'u', file_name: 'ảnh.zip' }
const photo = [90, 800].map((width) => ({ file_id: `p${width}`, file_unique_id: `u${width}`, width, height: width }))
const video = { file_id: 'v', file_unique_id: 'v', width: 1, height: 1, duration: 60, file_size: 60_000_000 }
const read = (more: object) => {
  const content = reportContent({ ...message, ...more })
  return content.ok ? content.value : content.problem.code
}

describe('what a message reports', () => {
  test('words, a document with its name, the largest size of a photo', () => {
    expect(read({ text: ' Đã xong ' })).toEqual({ text: 'Đã xong', file: null, albumId: null })
    expect(read({ document })).toMatchObject({
      file: { fileId: 'd', uniqueId: 'u', name: 'ảnh.zip', kind: 'document' },
    })
    expect(read({ photo, caption: 'Sạch', media_group_id: '7' })).toMatchObject({
      text: 'Sạch',
      file: { fileId: 'p800', kind: 'photo' },
      albumId: '7',
    })
  })
  test('a film and a spoken message within the limit', () => {
    expect(read({ video: { ...video, file_size: 5_000_000 }, caption: 'Xong' })).toMatchObject({
      text: 'Xong',
      file: { fileId: 'v', kind: 'video' },
    })
    expect(read({ voice: { file_id: 'n', file_unique_id: 'n', duration: 9 } })).toMatchObject({
      file: { kind: 'voice' },
    })
  })
  test('what is nothing, too long, too large or of another kind is refused', () => {
    expect(read({ text: '  ' })).toBe('tasks.emptyReport')
    expect(read({ text: 'a'.repeat(2501) })).toBe('tasks.reportTooLong')
    expect(read({ document: { ...document, file_size: 21 * 1024 * 1024 } })).toBe('telegram.fileTooLarge')
    expect(read({ video, caption: 'Đã xong' })).toBe('tasks.filmTooLarge')
    expect(read({ document: { ...document, file_name: 'Báo cáo (Mật).docx' } })).toBe('tasks.secretPaper')
    expect(read({ video_note: { ...video, length: 240 } })).toBe('tasks.kindNotTaken')
  })
})

test('an answer that only says "understood" is no report', () => {
  expect(['Vâng ạ', 'Đã rõ', 'rõ, đồng chí', 'OK', 'Đã nhận nhiệm vụ'].map(isAcknowledgement)).not.toContain(false)
  expect(['Đã dọn xong', 'Nhận rác 3 xe, đã chở đi', 'Được 30 m'].map(isAcknowledgement)).not.toContain(true)
})
