import type { Texts } from '../../platform/texts.ts'
import type { VoteView } from './vote-view.ts'

/** What a vote is called: a poll says so in its heading until the ward has made the bot's vote its ballot. */
export function voteTitle(texts: Texts, { standing, kind, number, round }: VoteView): string {
  const name = texts(titleKeys[standing === 'poll' ? 'poll' : kind], { number })
  return round > 1 ? texts('votes:inRound', { name, round }) : name
}

/** What its result is called. */
export function resultTitle(texts: Texts, { standing, kind, number, round }: VoteView): string {
  const name = texts(resultKeys[standing === 'poll' ? 'poll' : kind], { number })
  return round > 1 ? texts('votes:inRound', { name, round }) : name
}

/** What it is worth, in one line. */
export function standingLine(texts: Texts, { standing, instrument, kind, byHand }: VoteView): string {
  if (standing === 'poll') return texts('votes:standing.poll')
  if (byHand) return texts('votes:standing.hand')
  if (kind === 'paper') return texts('votes:standing.paper')
  return texts('votes:standing.ballot', { instrument: instrument ?? '' })
}

const titleKeys = {
  poll: 'votes:titles.poll',
  open: 'votes:titles.open',
  secret: 'votes:titles.ballot',
  paper: 'votes:titles.ballot',
} as const

const resultKeys = {
  poll: 'votes:resultTitles.poll',
  open: 'votes:resultTitles.open',
  secret: 'votes:resultTitles.ballot',
  paper: 'votes:resultTitles.ballot',
} as const
