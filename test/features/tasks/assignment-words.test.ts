import { describe, expect, test } from 'vitest'
import { meansNoDueDate, readAssignment } from '../../../src/features/tasks/assignment-words.ts'

const read = (text: string) => {
  const { who, title, due } = readAssignment(text, false)
  return [who, title, typeof due === 'object' && due !== null ? due.written : due]
}

describe('the words of an assignment', () => {
  test('name, work and due date', () => {
    expect(read('Nguyễn Văn An: dọn vườn hoa; hạn 30/11')).toEqual(['Nguyễn Văn An', 'dọn vườn hoa', '30/11'])
    expect(read('đồng chí An: dọn vườn hoa, hạn thứ 7 tuần này.')).toEqual(['An', 'dọn vườn hoa', 'thứ 7 tuần này'])
    expect(read('T1-004: thống kê hộ; hạn: 30.11.2026')).toEqual(['T1-004', 'thống kê hộ', '30.11.2026'])
    expect(read('An: đi họp\nHạn chót cuối tháng')).toEqual(['An', 'đi họp', 'cuối tháng'])
    expect(read('An: đi họp; hạn cuối tháng')).toEqual(['An', 'đi họp', 'cuối tháng'])
    expect(read('An: đi họp; hạn cuối 30/11')).toEqual(['An', 'đi họp', '30/11'])
  })
  test('decomposed letters are read as whole ones', () => {
    expect(read('Nguyễn Văn Tuấn: dọn cỏ; hạn 30/11'.normalize('NFD'))).toEqual(['Nguyễn Văn Tuấn', 'dọn cỏ', '30/11'])
  })
  test('no due date may be said, or left to be asked', () => {
    expect(read('An: dọn vườn hoa; không hạn')).toEqual(['An', 'dọn vườn hoa', 'none'])
    expect(read('An: dọn vườn hoa')).toEqual(['An', 'dọn vườn hoa', null])
    expect(read('An')).toEqual(['An', null, null])
    expect(read('')).toEqual([null, null, null])
    expect(['không hạn', 'Không', 'không có hạn'].map(meansNoDueDate)).toEqual([true, true, true])
  })
  test('"hạn chế" is work, not a due date', () => {
    expect(read('An: nhắc bà con; hạn chế đốt rác')).toEqual(['An', 'nhắc bà con; hạn chế đốt rác', null])
    expect(read('An: nhắc bà con; hạn chế đốt rác; hạn 30/11')).toEqual(['An', 'nhắc bà con; hạn chế đốt rác', '30/11'])
  })
  test('in answer to a message all words are the work', () => {
    expect(readAssignment('Việc: dọn vườn hoa, hạn ngày mai', true)).toEqual({
      who: null,
      title: 'Việc: dọn vườn hoa',
      due: { written: 'ngày mai' },
    })
  })
})
