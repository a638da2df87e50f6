import type { Stage } from '../stage.ts'

/** Filled in when the votes stand. */
export async function openAndCloseVote(stage: Stage): Promise<void> {
  await stage.scene(stage.texts('demo:vote.scene'))
}
