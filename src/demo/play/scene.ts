import type { Stage } from '../stage.ts'

/** One scene of the month: people do something and see what comes of it. */
export type Scene = (stage: Stage) => Promise<void>
