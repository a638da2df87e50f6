import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Kit, startKit } from './kit.ts'

let kit: Kit
let an: number

beforeAll(async () => {
  kit = await startKit()
  an = await kit.user('Nguyễn Văn An')
  await kit.does('messages', { from: an, chat: an, text: '/start' })
})
afterAll(() => kit.sandbox.close())

interface Said {
  text?: string
  entities?: { type: string; offset: number; length: number }[]
}

const say = (text: string, parse_mode?: string, entities?: object[]) =>
  kit.api('sendMessage', { chat_id: an, text, parse_mode, entities })

async function said(text: string, mode?: string, entities?: object[]): Promise<string> {
  const answer = await say(text, mode, entities)
  if (!answer.ok) return answer.description ?? ''
  const message = answer.result as Said
  const marks = message.entities?.map(
    ({ type, offset, length }) => `${type}:${message.text?.slice(offset, offset + length)}`,
  )
  return [message.text, ...(marks ?? [])].join(' | ')
}

describe('HTML', () => {
  test.each([
    ['<b>Đảng ủy</b> phường', 'Đảng ủy phường | bold:Đảng ủy'],
    ['<b>a <i>b</i></b>', 'a b | bold:a b | italic:b'],
    ['😀<u>x</u>', '😀x | underline:x'],
    ['a &lt;b&gt; &amp; &quot;c&quot; &#272;', 'a <b> & "c" Đ'],
    ['<pre><code class="language-sql">select</code></pre>', 'select | pre:select'],
    ['<code class="language-x">a</code>', 'a | code:a'],
    ['<a href="https://phuong.vn/a?b=1&amp;c=2">xem</a>', 'xem | text_link:xem'],
    ['<a href="khong co">xem</a>', 'xem'],
    ['<span class="tg-spoiler">kín</span>', 'kín | spoiler:kín'],
    ['<blockquote expandable>dài</blockquote>', 'dài | expandable_blockquote:dài'],
    ['  <b> hai đầu </b> ', 'hai đầu | bold:hai đầu'],
    ['1 & 2', '1 & 2'],
  ])('%s is understood', async (source, expected) => {
    expect(await said(source, 'HTML')).toBe(expected)
  })

  test.each([
    ['ă <h1>a</h1>', 'Unsupported start tag "h1" at byte offset 3'],
    ['<b>a', `Can't find end tag corresponding to start tag "b"`],
    ['<b><i>a</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
    ['a</b>', 'Unexpected end tag at byte offset 1'],
    ['a < b', 'Unsupported start tag "" at byte offset 2'],
    ['<span>a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<b', 'Unclosed start tag at byte offset 0'],
  ])('%s is refused', async (source, error) => {
    expect(await said(source, 'HTML')).toBe(`Bad Request: can't parse entities: ${error}`)
  })
})

describe('MarkdownV2', () => {
  test.each([
    ['*đậm* _nghiêng_ __gạch chân__', 'đậm nghiêng gạch chân | bold:đậm | italic:nghiêng | underline:gạch chân'],
    ['~bỏ~ ||kín|| `mã`', 'bỏ kín mã | strikethrough:bỏ | spoiler:kín | code:mã'],
    ['*a _b_ c*', 'a b c | bold:a b c | italic:b'],
    ['1\\. Việc \\(gấp\\)', '1. Việc (gấp)'],
    ['[xem](https://phuong.vn/a\\))', 'xem | text_link:xem'],
    ['```sql\nselect 1.5\n```', 'select 1.5 | pre:select 1.5'],
    ['>một\n>hai\nba', 'một\nhai\nba | blockquote:một\nhai'],
    ['>một\n>hai||', 'một\nhai | expandable_blockquote:một\nhai'],
  ])('%s is understood', async (source, expected) => {
    expect(await said(source, 'MarkdownV2')).toBe(expected)
  })

  test.each([
    ['1. Việc', "Character '.' is reserved and must be escaped with the preceding '\\'"],
    ['a-b', "Character '-' is reserved and must be escaped with the preceding '\\'"],
    ['đ *a', "Can't find end of Bold entity at byte offset 3"],
    ['[a](b', "Can't find end of a URL at byte offset 3"],
  ])('%s is refused', async (source, error) => {
    expect(await said(source, 'MarkdownV2')).toBe(`Bad Request: can't parse entities: ${error}`)
  })
})

test('the first Markdown still works', async () => {
  expect(await said('*a* _b_ [c](https://d.vn) `e_f` g\\_h', 'Markdown')).toBe(
    'a b c e_f g_h | bold:a | italic:b | text_link:c | code:e_f',
  )
  expect(await said('*a', 'Markdown')).toBe(
    "Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 0",
  )
})

test('entities count UTF-16 units, stay inside the text and split no character', async () => {
  expect(await said('😀 đậm', undefined, [{ type: 'bold', offset: 3, length: 3 }])).toBe('😀 đậm | bold:đậm')
  expect(await said('ab', undefined, [{ type: 'bold', offset: 1, length: 5 }])).toContain(
    'ends after the end of the text',
  )
  expect(await said('😀', undefined, [{ type: 'bold', offset: 1, length: 1 }])).toContain(
    'in a middle of a UTF-16 symbol',
  )
})

test('Telegram finds names, commands, hashtags and links by itself', async () => {
  expect(await said('@an_nguyen /menu@thu_bot #học_tập https://phuong.vn/a. a@b.vn')).toBe(
    '@an_nguyen /menu@thu_bot #học_tập https://phuong.vn/a. a@b.vn | mention:@an_nguyen | bot_command:/menu@thu_bot | ' +
      'hashtag:#học_tập | url:https://phuong.vn/a | email:a@b.vn',
  )
})

test('a mention by id becomes a mention of that person', async () => {
  const answer = await say(`<a href="tg://user?id=${an}">An</a>`, 'HTML')
  expect(answer.result).toMatchObject({ entities: [{ type: 'text_mention', user: { id: an } }] })
})

test('4096 characters are counted as characters, also outside the basic plane', async () => {
  expect(await say('😀'.repeat(4096))).toMatchObject({ ok: true })
  expect(await say('😀'.repeat(4097))).toMatchObject({ description: 'Bad Request: message is too long' })
  expect(await say('')).toMatchObject({ description: 'Bad Request: message text is empty' })
  expect(await say(' \n ')).toMatchObject({ description: 'Bad Request: text must be non-empty' })
})
