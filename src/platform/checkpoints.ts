import { channel } from 'node:diagnostics_channel'

/**
 * Moments between two effects, at which the program must be able to end without warning and lose nothing. A drill listens and
 * kills the process there; in production nobody listens, and passing one costs a look at an empty list.
 */
export const checkpoints = [
  'start.migrating',
  'start.migrated',
  'start.queuesMade',
  'start.ready',
  'intake.received',
  'intake.stored',
  'intake.confirming',
  'update.taken',
  'update.handling',
  'update.handled',
  'update.erased',
  'update.failed',
  'update.parking',
  'update.parkedStored',
  'update.parked',
  'transaction.written',
  'transaction.committed',
  'reply.sending',
  'reply.sent',
  'reply.keeping',
  'press.answering',
  'press.answered',
  'courier.claiming',
  'courier.sending',
  'courier.sent',
  'courier.recorded',
  'courier.editing',
  'courier.edited',
  'courier.superseding',
  'courier.refused',
  'courier.waitingAgain',
  'courier.takingOver',
  'courier.tookOver',
  'lease.renewing',
  'lease.renewed',
  'tick.opened',
  'tick.asking',
  'tick.asked',
  'tick.closed',
  'stop.begun',
  'stop.finished',
  'stop.closing',
] as const

/** The same on the way of a secret ballot, for a drill of their own: each comes a few times in a ballot's life only. */
export const ballotCheckpoints = [
  'ballot.keyMade',
  'ballot.shareGiven',
  'ballot.opened',
  'ballot.sealed',
  'ballot.casting',
  'ballot.castWritten',
  'ballot.cast',
  'ballot.closing',
  'ballot.closedWritten',
  'ballot.closed',
  'ballot.shareHere',
  'ballot.keyCombined',
  'ballot.decrypted',
  'ballot.plainWritten',
  'ballot.sealedDeleted',
  'ballot.counted',
  'ballot.keyForgotten',
  'ballot.rewritten',
  'ballot.cleaned',
  'ballot.shareTakenBack',
] as const

/** The same inside a start, once for every migration that it applies. */
export const migrationCheckpoints = [
  'migration.begun',
  'migration.scripted',
  'migration.recorded',
  'migration.committed',
] as const

export type Checkpoint =
  | (typeof checkpoints)[number]
  | (typeof ballotCheckpoints)[number]
  | (typeof migrationCheckpoints)[number]

/** Where {@link passing} says which one. */
export const checkpointChannel = 'lien-chi:checkpoint'

const passed = channel(checkpointChannel)

export function passing(point: Checkpoint): void {
  if (passed.hasSubscribers) passed.publish(point)
}
