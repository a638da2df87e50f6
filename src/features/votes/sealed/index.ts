import { type Context, createContext, nobody, type Services } from '../../../platform/context.ts'
import type { OpenDatabase } from '../../../platform/database.ts'
import type { Direct } from '../../../telegram/direct.ts'
import type { Feature } from '../../../telegram/feature.ts'
import { createBoxMeeting } from './box-meeting.ts'
import { cleanBoxes } from './clean-boxes.ts'
import { sealedButtons } from './handlers.ts'
import { createPaperRack } from './paper.ts'
import { paperWord } from './paper-buttons.ts'
import { noSuchButton, paperDoor, sealedWord } from './paper-door.ts'
import { shareWord } from './share-data.ts'
import { shareDoor } from './share-door.ts'
import { voidIncomplete } from './void-incomplete.ts'

/** What secret ballots need beyond what every feature is given. */
export interface SealedParts {
  services: Services
  database: OpenDatabase
  direct: Direct
}

/** Secret ballots: papers in private chat, a box with a lock, and shares of its key with the tally team. */
export function sealedBallots({ services, database, direct }: SealedParts) {
  const rack = createPaperRack()
  const context = () => createContext(services, nobody, null)
  const meeting = createBoxMeeting({ database, direct, log: services.log, context })
  return {
    buttons: sealedButtons(rack, direct),
    atTheDoor: {
      [paperWord]: paperDoor(rack),
      [shareWord]: shareDoor(meeting),
      [sealedWord]: noSuchButton,
    },
    due: async (ctx: Context) => {
      await voidIncomplete(ctx)
      await cleanBoxes(ctx, direct)
    },
    idle: () => meeting.idle(),
    stop: () => meeting.stop(),
  } satisfies Partial<Feature>
}
