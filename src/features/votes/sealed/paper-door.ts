import {
  ballotContent,
  decodePaperButton,
  marksFit,
  type PaperButton,
  type PaperPage,
  pressPaper,
} from '../../../domain/ballot-paper.ts'
import { passing } from '../../../platform/checkpoints.ts'
import { seal } from '../../../platform/sealing.ts'
import type { DoorButton, DoorPress } from '../../../telegram/at-the-door.ts'
import { onRoll } from '../place-on-roll.ts'
import { closedProblem } from '../vote-view.ts'
import type { PaperRack, SecretPaper } from './paper.ts'
import { markTaken, paperPage } from './paper-buttons.ts'

/** The word under which a sealed ballot is stored and runs through the queue. */
export const sealedWord = 'bs'

/**
 * Presses on a paper. Casting is sealed here, before anything is written; what is stored says who has cast in which vote, and
 * nothing that can be read without the tally team. Every other press only changes the paper in its chat.
 */
export function paperDoor(rack: PaperRack): DoorButton {
  return {
    seal: async (args, { database }) => {
      const button = decodePaperButton(args)
      if (button?.act.kind !== 'cast') return null
      const paper = await rack.find(database, button.ballot)
      if (!paper || !pageAfter(paper, button)) return null
      const sealed = seal(ballotContent(button.marks), paper.publicKey)
      passing('ballot.sealed')
      return `${sealedWord}:${paper.vote.id}:${Buffer.from(sealed).toString('base64url')}`
    },
    handle: (press) => turnPage(rack, press),
  }
}

/** What is stored under the word of sealed ballots is made at the door and nowhere else. */
export const noSuchButton: DoorButton = {
  seal: async () => null,
  handle: async (press) => {
    const { texts } = await press.context()
    await press.say(texts('telegram:oldButton'), true)
  },
}

async function turnPage(rack: PaperRack, press: DoorPress): Promise<void> {
  const ctx = await press.context()
  const button = decodePaperButton(press.args)
  const paper = button && (await rack.find(ctx.db, button.ballot))
  const page = button && paper && pageAfter(paper, button)
  if (!page || !press.isCurrent) return press.say(ctx.texts('ballots:oldPaper'))
  const now = await ctx.db.vote.findUnique({
    where: { id: paper.vote.id },
    select: { state: true, closedAt: true },
  })
  if (now?.state !== 'open') return press.say(ctx.texts.problem(closedProblem(now?.closedAt ?? null)), true)
  const place = await onRoll(ctx, paper.vote, ctx.actor.personId)
  if (!place.ok) return press.say(ctx.texts.problem(place.problem), true)
  await press.edit(paperPage(ctx.texts, paper, page))
  const taken = markTaken(ctx.texts, paper, page.marks, button.act)
  if (taken !== null) await press.say(taken)
}

/** Null where the button is none of this paper's. */
function pageAfter({ questions }: SecretPaper, button: PaperButton): PaperPage | null {
  const page = pressPaper(button, questions.length)
  const options = questions.map((question) => question.options.length)
  return page && marksFit(page.marks, options) ? page : null
}
