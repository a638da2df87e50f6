import {
  blank,
  encodePaperButton,
  type Mark,
  type Marks,
  type PaperAct,
  type PaperPage,
} from '../../../domain/ballot-paper.ts'
import { type Button, type Message, titled } from '../../../platform/messages.ts'
import type { Texts } from '../../../platform/texts.ts'
import { voteTitle } from '../titles.ts'
import type { SecretPaper } from './paper.ts'

/** The word before the paper's state in a button's data. */
export const paperWord = 'b'

/** The page at which the voter stands. It exists in this chat only: no page is ever a delivery once a mark is on it. */
export function paperPage(texts: Texts, paper: SecretPaper, page: PaperPage): Message {
  switch (page.kind) {
    case 'name':
      return namePage(texts, paper, page.marks)
    case 'rest':
      return restPage(texts, paper, page.marks)
    case 'whole':
      return wholePage(texts, paper, page.marks)
  }
}

/** The first page: what the ballot is, what keeps it secret, and who could still learn something. */
export function firstPage(texts: Texts, paper: SecretPaper): Message {
  return {
    ...titled(
      voteTitle(texts, paper.vote),
      paper.vote.title,
      '',
      texts('ballots:how', { count: paper.questions.length }),
      '',
      texts('ballots:limitsTitle'),
      texts('ballots:limits'),
    ),
    buttons: [[actButton(paper, [], { kind: 'show' }, texts('ballots:startPaper'))]],
    protect: true,
  }
}

/** The paper after casting: nothing on it tells what was chosen. */
export function castPage(texts: Texts, paper: SecretPaper): Message {
  return {
    ...titled(voteTitle(texts, paper.vote), texts('ballots:castDone'), '', texts('ballots:castHint')),
    buttons: [[{ text: texts('ballots:newPaper'), data: `spaper:${paper.vote.id}` }]],
  }
}

/** What is said where the finger is, about the press just made. */
export function markTaken(texts: Texts, paper: SecretPaper, marks: Marks, act: PaperAct): string | null {
  const index = marks.length - 1
  if (act.kind === 'mark') {
    const name = shortened(paper.questions[index]?.text ?? '', 100)
    return texts('ballots:markTaken', { name, option: optionText(texts, paper, index, act.mark) })
  }
  if (act.kind === 'rest') {
    return texts('ballots:restTaken', { option: optionText(texts, paper, index, act.mark) })
  }
  return null
}

function namePage(texts: Texts, paper: SecretPaper, marks: Marks): Message {
  const question = paper.questions[marks.length]
  const left = paper.questions.length - marks.length
  return {
    ...titled(
      voteTitle(texts, paper.vote),
      texts('ballots:progress', { index: marks.length + 1, count: paper.questions.length }),
      '',
      question?.text ?? '',
    ),
    buttons: [
      ...markButtons(texts, paper, marks, question?.options ?? [], (mark) => ({ kind: 'mark', mark })),
      ...(left > 1 && sameOptions(paper)
        ? [[actButton(paper, marks, { kind: 'askRest' }, texts('ballots:askRest', { count: left }))]]
        : []),
      ...backRow(texts, paper, marks),
    ],
    protect: true,
  }
}

function restPage(texts: Texts, paper: SecretPaper, marks: Marks): Message {
  const left = paper.questions.length - marks.length
  return {
    ...titled(voteTitle(texts, paper.vote), texts('ballots:restQuestion', { count: left })),
    buttons: [
      ...markButtons(texts, paper, marks, paper.questions[0]?.options ?? [], (mark) => ({ kind: 'rest', mark })),
      [actButton(paper, marks, { kind: 'show' }, texts('ballots:backOne'))],
    ],
    protect: true,
  }
}

/** The whole list under the option that each name got: a hundred names with their options beside them would not fit. */
function wholePage(texts: Texts, paper: SecretPaper, marks: Marks): Message {
  const longest = Math.max(20, Math.floor(longestList / paper.questions.length) - 6)
  const headings = new Map<string, string[]>()
  for (const [index, { text }] of paper.questions.entries()) {
    const option = optionText(texts, paper, index, marks[index] ?? blank)
    headings.set(option, [...(headings.get(option) ?? []), `${index + 1}. ${shortened(text, longest)}`])
  }
  return {
    ...titled(
      voteTitle(texts, paper.vote),
      texts('ballots:wholeList'),
      ...[...headings].flatMap(([option, names]) => [
        '',
        texts('ballots:wholeHeading', { option, count: names.length }),
        ...names,
      ]),
      '',
      texts('ballots:wholeHint'),
    ),
    buttons: [
      [actButton(paper, marks, { kind: 'cast' }, texts('ballots:cast'))],
      ...backRow(texts, paper, marks),
      [actButton(paper, [], { kind: 'show' }, texts('ballots:paperAnew'))],
    ],
    protect: true,
  }
}

/** Telegram takes 4,096 characters; titles, headings and numbers need the rest. */
const longestList = 3000

function markButtons(
  texts: Texts,
  paper: SecretPaper,
  marks: Marks,
  options: readonly string[],
  act: (mark: Mark) => PaperAct,
): Button[][] {
  const known: Mark[] = [0, 1, 2, 3]
  return [
    ...known.flatMap((mark) => {
      const text = options[mark]
      return text === undefined ? [] : [[actButton(paper, marks, act(mark), text)]]
    }),
    [actButton(paper, marks, act(blank), texts('ballots:blank'))],
  ]
}

function backRow(texts: Texts, paper: SecretPaper, marks: Marks): Button[][] {
  return marks.length > 0 ? [[actButton(paper, marks, { kind: 'back' }, texts('ballots:backOne'))]] : []
}

function actButton({ vote }: SecretPaper, marks: Marks, act: PaperAct, text: string): Button {
  return { text, data: `${paperWord}:${encodePaperButton({ ballot: vote.id, marks, act })}` }
}

function optionText(texts: Texts, paper: SecretPaper, index: number, mark: Mark): string {
  return mark === blank ? texts('ballots:blank') : (paper.questions[index]?.options[mark] ?? '')
}

/** One answer for all that remain makes sense where all have the same options. */
function sameOptions({ questions }: SecretPaper): boolean {
  const [first] = questions
  return questions.every(({ options }) => options.join('\n') === first?.options.join('\n'))
}

function shortened(text: string, longest: number): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`
}
