import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import linking from '../../../locales/vi/linking.json' with { type: 'json' }
import { consentVersion } from '../../../src/features/linking/consent.ts'
import { consentMessage } from '../../../src/features/linking/screens-consent.ts'
import { loadTexts } from '../../../src/platform/texts.ts'

test('a changed notice on personal data is a new version', () => {
  const { purpose, stored, readers, abroad, register, rights } = linking.consent
  const text = [purpose, stored, readers, abroad, register, rights].join('\n')
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12)
  expect({ version: consentVersion, hash }).toEqual({ version: '2026-11', hash: '952fa2641045' })
})

test('the notice names purpose, contents, readers, servers abroad, the register and the rights', () => {
  const { text, buttons } = consentMessage(loadTexts(), 'lc:ABCD2345')
  for (const word of ['Để làm gì', 'Lưu những gì', 'Ai xem được', 'ngoài Việt Nam', 'Đảng ủy phường lập', 'rút lại']) {
    expect(text).toContain(word)
  }
  expect(text).toContain(consentVersion)
  expect(buttons?.flat().map((button) => button.text)).toEqual(['Tôi đồng ý', 'Không đồng ý'])
})
