import type { GroupMembers } from '../../telegram/group-members.ts'

/** What linking needs from the rest of the program. */
export interface LinkingParts {
  bot: { id: number; username: string }
  members: GroupMembers
  /** Shows an account the commands it may use now. Best effort: a failure is only logged. */
  publishCommands(accountId: bigint): Promise<void>
}
