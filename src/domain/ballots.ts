/** How a branch decides: by name in its group, sealed in private chat, or on slips of paper. A ballot's kind never changes. */
export const ballotKinds = ['open', 'secret', 'paper'] as const
export type BallotKind = (typeof ballotKinds)[number]

/** `opened`: the box, or the count of an open vote, is open; `void`: never read, held again. */
const ballotStates = ['draft', 'open', 'closed', 'opened', 'published', 'void'] as const
export type BallotState = (typeof ballotStates)[number]

/** `poll`: the paper is the branch's ballot and this asks how members think; `ballot`: this is the branch's ballot. */
export type Standing = 'poll' | 'ballot'

const next: Readonly<Record<BallotState, readonly BallotState[]>> = {
  draft: ['open', 'void'],
  open: ['closed', 'void'],
  closed: ['opened', 'void'],
  opened: ['published'],
  published: [],
  void: [],
}

/** Whether a ballot may go from one state to another. No state comes twice: what is closed never opens for choices again. */
export function mayMove(from: BallotState, to: BallotState): boolean {
  return next[from].includes(to)
}

/** The stored word for a kind or state as its type; anything else was not written by us. */
export function asBallotKind(stored: string): BallotKind {
  return known(ballotKinds, stored)
}

export function asBallotState(stored: string): BallotState {
  return known(ballotStates, stored)
}

function known<T extends string>(words: readonly T[], stored: string): T {
  const found = words.find((word) => word === stored)
  if (found === undefined) throw new RangeError(`no word of ours: ${stored}`)
  return found
}

/**
 * The act under which a ballot in a sealed box is on record. Whose it was and when stands on no screen and in no list, while
 * the ballot runs or after: a moment beside a name would tell whoever watches the turnout more than that somebody voted.
 */
export const sealedCast = 'ballot.cast'
