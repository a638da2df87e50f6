import { passing } from '../../../platform/checkpoints.ts'
import { numberIn } from '../../../telegram/button-data.ts'
import type { Direct } from '../../../telegram/direct.ts'
import type { ButtonHandler } from '../../../telegram/feature.ts'
import type { Turn } from '../../../telegram/turn.ts'
import { onRoll } from '../place-on-roll.ts'
import { voteTitle } from '../titles.ts'
import { closedProblem, findVote } from '../vote-view.ts'
import { castSealed } from './cast-sealed.ts'
import { closeSealed, secretToClose } from './close-sealed.ts'
import { giveSharesAndOpen } from './give-shares.ts'
import { fewVoters, secretToOpen } from './open-sealed.ts'
import type { PaperRack } from './paper.ts'
import { castPage, firstPage } from './paper-buttons.ts'
import { sealedWord } from './paper-door.ts'
import { closeSecretQuestion, fewVotersQuestion } from './screens.ts'

/** Buttons of secret ballots whose presses carry no choice and no share. */
export function sealedButtons(rack: PaperRack, direct: Direct): Record<string, ButtonHandler> {
  return {
    sopen: { handle: (turn) => open(turn, direct, false) },
    sopenfew: { handle: (turn) => open(turn, direct, true) },
    spaper: { handle: (turn) => givePaper(turn, rack) },
    [sealedWord]: { handle: (turn) => cast(turn, rack) },
    sclose: {
      handle: async (turn) => {
        const found = await secretToClose(turn.context, numberIn(turn.args))
        if (!found.ok) return turn.refuse(found.problem)
        if (!found.value.isOpen) return turn.refuse(closedProblem(found.value.closedAt))
        await turn.reply(closeSecretQuestion(turn.texts, found.value, fewVoters))
      },
    },
    scloseok: {
      handle: async (turn) => {
        const result = await closeSealed(turn.context, numberIn(turn.args))
        if (!result.ok) return turn.refuse(result.problem)
        passing('ballot.closed')
        const title = voteTitle(turn.texts, result.value.vote)
        await turn.edit({
          text: result.value.before ? turn.texts('votes:endedBefore', { title }) : turn.texts('ballots:closed'),
        })
      },
    },
    skeep: { handle: (turn) => turn.edit({ text: turn.texts('ballots:unchanged') }) },
  }
}

async function open(turn: Turn, direct: Direct, fewConfirmed: boolean): Promise<void> {
  const voteId = numberIn(turn.args)
  const found = await secretToOpen(turn.context, voteId)
  if (!found.ok) return turn.refuse(found.problem)
  const { vote, voters } = found.value
  if (voters < fewVoters && !fewConfirmed) return turn.reply(fewVotersQuestion(turn.texts, vote, voters))
  const result = await giveSharesAndOpen(turn.context, direct, { voteId, fewConfirmed })
  if (!result.ok) return turn.refuse(result.problem)
  await turn.edit({ text: turn.texts('ballots:opened', { number: vote.number }) })
}

/** A fresh paper, in private wherever the button was pressed. */
async function givePaper(turn: Turn, rack: PaperRack): Promise<void> {
  const vote = await findVote(turn.context.db, numberIn(turn.args))
  if (vote?.kind !== 'secret') return turn.refuse({ code: 'votes.noSuchVote' })
  const place = await onRoll(turn.context, vote, turn.context.actor.personId)
  if (!place.ok) return turn.refuse(place.problem)
  if (!vote.isOpen) return turn.refuse(closedProblem(vote.closedAt))
  const paper = await rack.find(turn.context.db, vote.id)
  if (!paper) return turn.refuse({ code: 'votes.noSuchVote' })
  if (!(await turn.replyPrivately(firstPage(turn.texts, paper)))) {
    return turn.notify(turn.texts('votes:openPrivateFirst'), true)
  }
  if (turn.chat.kind === 'group') await turn.notify(turn.texts('ballots:paperSent'))
}

/** A sealed ballot from the queue: `<vote>:<box>`. Whatever comes of it, no choice stays on the paper. */
async function cast(turn: Turn, rack: PaperRack): Promise<void> {
  const [vote = '', sealed = ''] = turn.args.split(':')
  const voteId = numberIn(vote)
  const result = await castSealed(turn.context, { voteId, content: Buffer.from(sealed, 'base64url') })
  passing('ballot.cast')
  const paper = await rack.find(turn.context.db, voteId)
  if (!result.ok) {
    await turn.edit({ text: turn.texts.problem(result.problem) })
    return turn.notify(turn.texts('ballots:notCast'), true)
  }
  await turn.notify(turn.texts('ballots:taken'))
  if (paper) await turn.edit(castPage(turn.texts, paper))
}
