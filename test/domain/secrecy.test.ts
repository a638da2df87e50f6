import { describe, expect, test } from 'vitest'
import { secrecyMark, secrecyMarkInFileName } from '../../src/domain/secrecy.ts'

describe('a mark of secrecy', () => {
  test.each([
    ['alone on the first line', 'MẬT\nSố 12-CV/ĐU', 'Mật'],
    ['in brackets', '[Tối mật] Về việc rà soát', 'Tối mật'],
    ['under the name of the organisation', 'ĐẢNG BỘ PHƯỜNG\nTUYỆT MẬT\nSố 3', 'Tuyệt mật'],
    ['after a colon', 'Độ mật: Mật\nKính gửi các chi bộ', 'Mật'],
    ['in capitals before the number', 'MẬT Số 12', 'Mật'],
    ['with decomposed letters', 'MẬT\nSố 12'.normalize('NFD'), 'Mật'],
  ])('is seen %s', (_, text, mark) => expect(secrecyMark(text)).toBe(mark))

  test.each(['Mật độ dân cư cao', 'MẬT ĐỘ DÂN CƯ', 'Bảo mật thông tin', 'Về bảo vệ bí mật nhà nước', 'Mời họp', ''])(
    'is not read into «%s»',
    (text) => expect(secrecyMark(text)).toBeUndefined(),
  )

  test('far below the head of a text is an ordinary word', () => {
    expect(secrecyMark('Kính gửi\na\nb\nc\nd\nMật')).toBeUndefined()
  })

  test.each(['MẬT_cv12.pdf', 'cv12_Mật.docx', '[MAT] cv.pdf', 'toi-mat.pdf', 'Tuyệt mật 3.doc'])(
    'is seen in the file name «%s»',
    (name) => expect(secrecyMarkInFileName(name)).toBeDefined(),
  )

  test.each(['Mat tran To quoc.pdf', 'bảo mật.pdf', 'Bí mật nhà nước.pdf', 'mật độ.xlsx', 'Mời họp.docx', ''])(
    'is not read into the file name «%s»',
    (name) => expect(secrecyMarkInFileName(name)).toBeUndefined(),
  )
})
