import { confirmationsNeeded, fewestTellers } from '../../../domain/tellers.ts'
import { type Button, type Message, titled } from '../../../platform/messages.ts'
import type { TextKey } from '../../../platform/text-keys.ts'
import type { Texts } from '../../../platform/texts.ts'
import { rollLines } from '../draft-screens.ts'
import { resultButtons, resultLines } from '../result-screens.ts'
import { closedLine, numbered, questionLines, remindButton, turnout } from '../screens.ts'
import { paperButton, secretCloseButton } from '../sealed/screens.ts'
import { resultTitle, standingLine, voteTitle } from '../titles.ts'
import type { VoteView } from '../vote-view.ts'
import type { Ballot } from './ballot-view.ts'
import { ballotForms } from './forms.ts'

const unclassified: Readonly<Record<string, TextKey>> = {
  exempt: 'votes:unclassified.exempt',
  suspended: 'votes:unclassified.suspended',
  admittedLately: 'votes:unclassified.admittedLately',
  temporaryHere: 'votes:unclassified.temporaryHere',
  statusUnknown: 'votes:unclassified.statusUnknown',
}

/** What is put to the vote by ballot. */
export function subjectQuestion(texts: Texts, branchId: number, years: readonly number[]): Message {
  return {
    ...titled(texts('votes:ballot.askSubject')),
    buttons: [
      ...years.map((year) => [{ text: texts('votes:ballot.classify', { year }), data: `bpcls:${branchId}.${year}` }]),
      [{ text: texts('votes:ballot.otherSubject'), data: `bpask:${branchId}` }],
      [{ text: texts('votes:ballot.election'), data: `bpelect:${branchId}` }],
    ],
  }
}

/** A ballot in private, as its reader may see it. */
export function ballotCard(texts: Texts, ballot: Ballot): Message {
  const { vote, records, tellers } = ballot
  const result = vote.state === 'published' ? records.at(-1) : undefined
  const title = result ? resultTitle(texts, vote) : voteTitle(texts, vote)
  const body = result
    ? [...resultLines(texts, vote, result), closedLine(texts, vote)]
    : [...aboutLines(texts, ballot), '', texts(stateKeys[vote.state]), turnoutLine(texts, ballot)]
  return {
    ...titled(
      title,
      vote.title,
      standingLine(texts, vote),
      '',
      ...body,
      tellers.length > 0 && texts('votes:ballot.team', { names: tellers.map(({ name }) => name).join(', ') }),
      vote.tellersOnBallot && texts('votes:ballot.teamOnBallot'),
    ),
    buttons: cardButtons(texts, ballot),
  }
}

/** What the group learns of a ballot while it runs: never who, never what. */
export function ballotInGroup(texts: Texts, vote: VoteView): Message {
  return titled(
    voteTitle(texts, vote),
    vote.title,
    standingLine(texts, vote),
    '',
    vote.kind === 'paper' ? texts('votes:ballot.paperInGroup', { roll: vote.rollSize }) : turnout(texts, vote),
  )
}

/** A member of the tally team learns that they are in it and how the counts are entered. */
export function tellerMessage(texts: Texts, vote: VoteView): Message {
  return {
    ...titled(
      texts('votes:ballot.youCount', { title: voteTitle(texts, vote) }),
      vote.title,
      '',
      texts('votes:ballot.howToCount', { needed: confirmationsNeeded }),
    ),
    buttons: [[countButton(texts, vote)], [papersButton(texts, vote)]],
  }
}

/** The people or questions on the paper, to read before it is opened. */
export function contentLines(texts: Texts, { vote, notClassified }: Ballot): string[] {
  return [
    ...(vote.subject === 'classification'
      ? vote.questions.map(({ text }, index) => `${index + 1}. ${text}`)
      : questionLines(texts, vote)),
    ...(notClassified.length > 0 ? ['', texts('votes:ballot.notClassified')] : []),
    ...notClassified.map(
      ({ name, reason }) => `– ${name}: ${texts(unclassified[reason] ?? 'votes:unclassified.statusUnknown')}`,
    ),
  ]
}

export function voidQuestion(texts: Texts, vote: VoteView): Message {
  return {
    ...titled(
      texts('votes:ballot.askVoid', { title: voteTitle(texts, vote) }),
      vote.title,
      texts('votes:ballot.askVoidHint'),
    ),
    buttons: [
      [{ text: texts('votes:ballot.voidNow'), data: `bpvoidok:${vote.id}` }],
      [{ text: texts('votes:ballot.keep'), data: `vview:${vote.id}` }],
    ],
  }
}

export function countButton(texts: Texts, vote: VoteView): Button {
  return { text: texts('votes:enterNumbers'), data: `bpcount:${vote.id}` }
}

export function papersButton(texts: Texts, vote: VoteView): Button {
  return { text: texts('votes:ballot.papers'), data: `bppapers:${vote.id}` }
}

function aboutLines(texts: Texts, ballot: Ballot): string[] {
  const { vote, roll, notClassified, tellers } = ballot
  const isClassification = vote.subject === 'classification'
  return [
    ...(isClassification
      ? [texts('votes:ballot.onPaper', { count: vote.questions.length })]
      : vote.questions.map(({ text }, index) => numbered(vote, index, text))),
    ...(notClassified.length > 0 ? [texts('votes:ballot.notClassifiedCount', { count: notClassified.length })] : []),
    ...rollLines(texts, roll),
    ...(vote.state === 'draft' && tellers.length < fewestTellers
      ? [texts('votes:ballot.needTeam', { fewest: fewestTellers })]
      : []),
  ]
}

const stateKeys = {
  draft: 'votes:ballot.states.draft',
  open: 'votes:ballot.states.open',
  closed: 'votes:ballot.states.closed',
  opened: 'votes:ballot.states.opened',
  published: 'votes:ballot.states.opened',
  void: 'votes:voided',
} as const

function turnoutLine(texts: Texts, { vote, sheet }: Ballot): string | null | false {
  if (sheet && vote.state === 'closed') {
    return texts('votes:ballot.confirmedBy', { count: sheet.confirmedBy.length, needed: confirmationsNeeded })
  }
  return vote.state === 'open' && vote.kind === 'secret' && turnout(texts, vote)
}

function cardButtons(texts: Texts, ballot: Ballot): Button[][] {
  const { vote, leads, counts, isReady } = ballot
  const button = (key: TextKey, word: string): Button[] => [{ text: texts(key), data: `${word}:${vote.id}` }]
  const rows: Button[][] = []
  const runs = vote.state === 'open' || vote.state === 'closed'
  const counted = vote.state === 'opened' || vote.state === 'published'
  if (vote.state === 'draft') {
    rows.push(button('votes:ballot.chooseTeam', 'bpteam'), button('votes:ballot.seeContent', 'bpcontent'))
    rows.push(button('votes:ballot.away', 'bpaway'))
    if (isReady) rows.push(button('votes:ballot.open', vote.kind === 'paper' ? 'bpopen' : 'sopen'))
  }
  if (runs && counts && vote.kind === 'paper') rows.push([countButton(texts, vote)])
  if (vote.state === 'open' && vote.kind === 'secret') {
    rows.push([paperButton(texts, vote.id)])
    if (leads) rows.push([remindButton(texts, vote)], [secretCloseButton(texts, vote.id)])
  }
  if (runs && leads) rows.push(button('votes:ballot.seeContent', 'bpcontent'))
  if (vote.state === 'opened' && leads) rows.push(button('votes:ballot.publish', 'bppublish'))
  if (counted && counts) rows.push(button('votes:ballot.sign', 'bpsign'))
  if (counted && counts && vote.kind === 'paper') rows.push(button('votes:ballot.correct', 'bpcount'))
  if (leads || counts) rows.push([papersButton(texts, vote)])
  if (vote.state === 'published') {
    rows.push(...resultButtons(texts, vote))
    if (leads && ballot.mayRepeat) rows.push(button('votes:ballot.again', 'bpagain'))
  }
  if (leads && (vote.state === 'draft' || runs)) rows.push(button('votes:ballot.void', 'bpvoid'))
  return rows
}

/** In which form a ballot is held, where there is more than one. */
export function formQuestion(texts: Texts, data: string): Message {
  return {
    ...titled(texts('votes:ballot.askForm')),
    buttons: ballotForms.map((form) => [{ text: texts(formKeys[form]), data: `bpform:${form}.${data}` }]),
  }
}

const formKeys = { secret: 'ballots:form', paper: 'votes:ballot.forms.paper' } as const
