/** What linking needs from the rest of the program. */
export interface LinkingParts {
  bot: { id: number; username: string }
  /** Shows an account the commands it may use now. Best effort: a failure is only logged. */
  publishCommands(accountId: bigint): Promise<void>
}
