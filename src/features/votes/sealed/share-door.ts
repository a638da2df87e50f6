import { may } from '../../../domain/access.ts'
import type { DoorButton } from '../../../telegram/at-the-door.ts'
import { findVote } from '../vote-view.ts'
import { type BoxMeeting, isOwnShare } from './box-meeting.ts'
import { shareSpent } from './screens.ts'
import { readShareData } from './share-data.ts'

/** Presses of the tally team on "Mở hòm phiếu": a share goes into memory and nowhere else. */
export function shareDoor(meeting: BoxMeeting): DoorButton {
  return {
    seal: async () => null,
    handle: async (press) => {
      const ctx = await press.context()
      const given = readShareData(press.args)
      const vote = given && (await findVote(ctx.db, given.voteId))
      if (!vote || !(await isOwnShare(ctx.db, vote.id, ctx.actor.personId, given.share))) {
        return press.say(ctx.texts('ballots:shareOld'), true)
      }
      // Whoever has left the branch or lost the vote since counts no more.
      if (!may(ctx.actor, 'vote.tally', { wardId: vote.wardId, branchId: vote.branchId }).ok) {
        return press.say(ctx.texts('ballots:shareNotYours'), true)
      }
      if (vote.isOpen) return press.say(ctx.texts('ballots:shareTooEarly'), true)
      if (vote.state !== 'closed') {
        await press.edit(shareSpent(ctx.texts, vote))
        return press.say(ctx.texts('ballots:boxOpenAlready'), true)
      }
      const together = await meeting.bring(vote.id, given.share)
      await press.say(ctx.texts(together === 1 ? 'ballots:shareFirst' : 'ballots:shareTaken'), true)
    },
  }
}
