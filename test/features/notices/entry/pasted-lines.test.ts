import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { searchKey } from '../../../../src/domain/names.ts'
import { builtInPacks } from '../../../../src/domain/packs/index.ts'
import type { EvaluationPack } from '../../../../src/domain/packs/schema.ts'
import { readPastedLines } from '../../../../src/features/notices/entry/read-pasted-lines.ts'
import type { Candidate } from '../../../../src/features/notices/find-cadres.ts'

const packOf = (id: string) => builtInPacks.find((pack) => pack.id === id) as EvaluationPack
const national = packOf('evaluation-2025-335')
const hanoi = packOf('evaluation-2018-3814')
const branch = { id: 1, code: 'TDP01', name: 'Chi bộ tổ dân phố số 1' }
const cadre = (id: number, number: string, fullName: string): Candidate => ({
  id,
  number,
  fullName,
  birthYear: null,
  isCadre: true,
  branches: [branch],
  branchThen: branch,
  stays: [{ branch, from: Temporal.PlainDate.from('2024-01-01'), to: null }],
})
const cadres = [
  cadre(1, 'D-001', 'Nguyễn Văn An'),
  cadre(2, 'D-002', 'Nguyễn Văn Ân'),
  cadre(3, 'D-003', 'Nguyễn Văn'),
  cadre(4, '0104', 'Trần Thị Hòa'),
  cadre(5, 'D-005', 'Lê Đức Thọ'),
  cadre(6, 'D-006', 'Lê Đức Thọ'),
]
const read = (text: string, pack = national) => readPastedLines(text, { pack, cadres, listed: cadres })
const only = (text: string, pack = national) => {
  const { results, problems } = read(text, pack)
  const [one] = results
  return one ? { id: one.person.id, ...one.written, remark: one.remark } : problems[0]?.problem.code
}

describe('a pasted line', () => {
  it.each([
    [
      '1. Nguyễn Văn An – Tốt – 85 – Có sáng kiến; đúng hạn, đủ việc',
      { id: 1, level: 'Tốt', score: '85', remark: 'Có sáng kiến; đúng hạn, đủ việc' },
    ],
    ['Nguyễn Văn Ân\tTốt\t85,5\tTốt', { id: 2, level: 'Tốt', score: '85,5', remark: 'Tốt' }],
    ['3) Nguyễn Văn; 72; HTT', { id: 3, score: '72', level: 'HTT', remark: null }],
    ['tran thi hoa - 90 - xuat sac', { id: 4, score: '90', level: 'xuat sac', remark: null }],
    ['Trần Thị Hoà, tốt, 80 điểm, chăm', { id: 4, level: 'tốt', score: '80 điểm', remark: 'chăm' }],
    ['0104 – 28+62', { id: 4, score: '28+62', remark: null }],
    ['4\t0104\tTrần Thị Hòa\tChi bộ tổ dân phố số 1\t88\t\t\tĐúng hạn', { id: 4, score: '88', remark: 'Đúng hạn' }],
    ['đ/c Trần Thị Hòa: Tốt (85)', { id: 4, level: 'Tốt', score: '85', remark: null }],
    ['Đồng chí Nguyễn Văn An tốt 85 có sáng kiến', { id: 1, level: 'tốt', score: '85', remark: 'có sáng kiến' }],
    ['Lê Đức Thọ – D-006 – 75', { id: 6, score: '75', remark: null }],
    ['d-005 Lê Đức Thọ – 75', { id: 5, score: '75', remark: null }],
    ['4 – Tốt', { id: 4, level: 'Tốt', remark: null }],
    ['2. 85', { id: 2, score: '85', remark: null }],
    [
      'Nguyễn Văn An – 95 – bị kỷ luật từ khiển trách',
      { id: 1, score: '95', disqualifier: 'bị kỷ luật từ khiển trách', remark: null },
    ],
    ['Nguyễn Văn An – 85 – Hoàn thành đúng hạn', { id: 1, score: '85', remark: 'Hoàn thành đúng hạn' }],
  ])('%j is read', (text, expected) => {
    expect(only(text)).toEqual(expected)
  })
  it('reads letters where the scheme has them', () => {
    expect(only('Nguyễn Văn An – b – khá', hanoi)).toEqual({ id: 1, grade: 'b', remark: 'khá' })
    expect(only('Nguyễn Văn An loại B 75', hanoi)).toEqual({ id: 1, grade: 'loại B', score: '75', remark: null })
  })
  it.each([
    ['Phạm Văn Không – 85', 'entries.nameUnknown'],
    ['Nguyễn Vân An – 85', 'entries.nameUnknown'],
    ['Lê Đức Thọ – 85', 'entries.nameTwice'],
    ['D-001 Trần Thị Hòa – 85', 'entries.numberDiffers'],
    ['Nguyễn Văn An – chăm chỉ', 'entries.nothingSaid'],
    ['Nguyễn Văn An', 'entries.nothingSaid'],
    ['9 – Tốt', 'entries.noSuchNumber'],
  ])('%j is shown back: %s', (text, code) => {
    expect(only(text)).toBe(code)
  })
  it('without diacritics that fits two people is shown back', () => {
    expect(only('nguyen van an – 85')).toBe('entries.nameTwice')
  })
})

it('titles and empty lines are passed over, and each line that cannot be read keeps its place', () => {
  const { results, problems } = read('STT\tHọ và tên\n\n1. Nguyễn Văn An – 85\nai đó – 80\nNguyễn Văn An – 90')
  expect(results.map(({ line }) => line)).toEqual([3])
  expect(problems.map(({ line, problem }) => [line, problem.code])).toEqual([
    [4, 'entries.nameUnknown'],
    [5, 'entries.lineTwice'],
  ])
})

it('whatever is pasted is read or shown back, never lost, and whatever separates the fields they are the same', () => {
  const separators = fc.constantFrom(' – ', '\t', '; ', ' | ', ' - ', ', ', ' — ')
  const people = fc.constantFrom(...cadres.slice(0, 4))
  fc.assert(
    fc.property(people, separators, fc.integer({ min: 0, max: 100 }), fc.boolean(), (person, between, score, bare) => {
      const ambiguous = bare && person.id <= 2
      const name = bare ? searchKey(person.fullName) : person.fullName
      const found = only(['7. ', [name, score, 'việc đủ'].join(between)].join(''))
      expect(found).toEqual(
        ambiguous ? 'entries.nameTwice' : { id: person.id, score: String(score), remark: 'việc đủ' },
      )
    }),
  )
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), (lines) => {
      const written = lines.map((line) => line.replace(/[\r\n]/g, ' '))
      const { results, problems } = read(written.join('\n'))
      const kept = new Set([...results, ...problems].map(({ line }) => line))
      expect(
        written.filter(
          (line, index) => line.trim() !== '' && !kept.has(index + 1) && !/stt|^tt|ho/i.test(searchKey(line)),
        ),
      ).toEqual([])
    }),
  )
})
