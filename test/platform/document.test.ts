import { unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { type PartyDocument, writeDocument } from '../../src/platform/document.ts'

const paper: PartyDocument = {
  head: {
    superior: 'THÀNH ỦY HÀ NỘI',
    issuer: 'ĐẢNG ỦY PHƯỜNG MẪU',
    number: 'Số 12-TB/ĐU',
    motto: 'ĐẢNG CỘNG SẢN VIỆT NAM',
    placeAndDate: 'Phường Mẫu, ngày 05 tháng 02 năm 2026',
  },
  type: 'THÔNG BÁO',
  summary: 'kết quả đánh giá tháng 01/2026',
  body: [
    { kind: 'paragraph', text: 'Kính gửi: Chi bộ tổ dân phố số 4 <&>' },
    {
      kind: 'table',
      rows: [
        ['Họ và tên', 'Mức'],
        ['Nguyễn Văn A', 'Hoàn thành tốt nhiệm vụ'],
      ],
      widths: [2, 1],
    },
    { kind: 'heading', text: 'Một mục' },
    { kind: 'item', text: 'dòng một\ndòng hai' },
    { kind: 'pageBreak' },
    { kind: 'image', png: onePoint(), width: 10, height: 10 },
    { kind: 'signatures', signatures: [{ post: 'Thư ký', name: 'Lê Thị B' }] },
  ],
  recipients: { label: 'Nơi nhận:', lines: ['Như trên', 'Lưu'] },
  signatures: [{ authority: 'T/M ĐẢNG ỦY', post: 'BÍ THƯ', name: 'Trần Văn C' }],
}

function onePoint(): Uint8Array {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  return new Uint8Array(Buffer.from(png, 'base64'))
}

it('a paper has its head, type, table, recipients and signatures in this order, as text that nothing can break', async () => {
  const parts = unzipSync(await writeDocument(paper))
  const xml = new TextDecoder().decode(parts['word/document.xml'])
  const words = [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text)
  expect(words.filter((text) => text !== '')).toEqual([
    'THÀNH ỦY HÀ NỘI',
    'ĐẢNG ỦY PHƯỜNG MẪU',
    '*',
    'Số 12-TB/ĐU',
    'ĐẢNG CỘNG SẢN VIỆT NAM',
    'Phường Mẫu, ngày 05 tháng 02 năm 2026',
    'THÔNG BÁO',
    'kết quả đánh giá tháng 01/2026',
    'Kính gửi: Chi bộ tổ dân phố số 4 &lt;&amp;&gt;',
    'Họ và tên',
    'Mức',
    'Nguyễn Văn A',
    'Hoàn thành tốt nhiệm vụ',
    'Một mục',
    '- dòng một',
    'dòng hai',
    'Thư ký',
    'Lê Thị B',
    'Nơi nhận:',
    '- Như trên',
    '- Lưu',
    'T/M ĐẢNG ỦY',
    'BÍ THƯ',
    'Trần Văn C',
  ])
  expect(Object.keys(parts).some((path) => path.startsWith('word/media/'))).toBe(true)
})
