import type { Context } from '../../../platform/context.ts'
import type { Feature } from '../../../telegram/feature.ts'
import { createBoxMeeting } from './box-meeting.ts'
import { cleanBoxes } from './clean-boxes.ts'
import { sealedButtons } from './handlers.ts'
import { createPaperRack } from './paper.ts'
import { paperWord } from './paper-buttons.ts'
import { noSuchButton, paperDoor, sealedWord } from './paper-door.ts'
import type { SealedParts } from './sealed-parts.ts'
import { shareWord } from './share-data.ts'
import { shareDoor } from './share-door.ts'
import { voidIncomplete } from './void-incomplete.ts'

/** Secret ballots: papers in private chat, a box with a lock, and shares of its key with the tally team. */
export function sealedBallots(parts: SealedParts) {
  const rack = createPaperRack()
  const meeting = createBoxMeeting(parts)
  return {
    buttons: sealedButtons(rack, parts.direct),
    atTheDoor: {
      [paperWord]: paperDoor(rack),
      [shareWord]: shareDoor(meeting),
      [sealedWord]: noSuchButton,
    },
    due: async (ctx: Context) => {
      await voidIncomplete(ctx)
      await cleanBoxes(ctx, parts)
    },
    idle: () => meeting.idle(),
    stop: () => meeting.stop(),
  } satisfies Partial<Feature>
}
