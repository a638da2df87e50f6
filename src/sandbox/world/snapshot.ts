import { deserialize, serialize } from 'node:v8'
import { PeopleError } from '../errors.ts'
import type { Data, State } from '../state.ts'
import { texts } from '../texts.ts'
import { liftLater } from './limits.ts'
import { ownerOf } from './members.ts'
import { closeLater } from './polls.ts'

const VERSION = 1

interface Snapshot {
  version: number
  now: number
  data: Data
}

/** The whole world as bytes: accounts, chats, messages, files, queues, the random stream. For this version only. */
export function takeSnapshot(state: State): Buffer {
  const snapshot: Snapshot = { version: VERSION, now: state.clock.milliseconds(), data: state.data }
  return serialize(snapshot)
}

/** Puts the world back as it was. The clock never goes back, so it moves to the snapshot's moment only if that is later. */
export async function restoreSnapshot(state: State, bytes: Uint8Array): Promise<void> {
  const snapshot = read(bytes)
  state.data = snapshot.data
  await state.clock.moveTo(Math.max(snapshot.now, state.clock.milliseconds()))
  for (const poll of state.data.polls.values()) closeLater(state, poll)
  for (const chat of state.data.groups.values()) {
    for (const member of chat.members.values()) if (member.until) liftLater(state, chat, ownerOf(chat), member)
    state.signals.emit(`chat:${chat.id}`)
  }
  for (const bot of state.data.bots.values()) {
    state.signals.emit(`bot:${bot.account.id}`)
    state.signals.emit('update', bot)
  }
}

function read(bytes: Uint8Array): Snapshot {
  try {
    const value: unknown = deserialize(bytes)
    if (isSnapshot(value)) return value
  } catch {
    // Told below: whatever these bytes are, they are no snapshot.
  }
  throw new PeopleError('snapshot.invalid', texts.snapshotInvalid)
}

function isSnapshot(value: unknown): value is Snapshot {
  return (
    typeof value === 'object' && value !== null && 'version' in value && value.version === VERSION && 'data' in value
  )
}
