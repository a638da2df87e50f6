import { EventEmitter } from 'node:events'
import { CallLog } from './calls.ts'
import type { SandboxClock } from './clock.ts'
import { Faults } from './faults.ts'
import type { Account, Bot, CallAnswer, CallbackQueryRecord, Chat, PollRecord, StoredFile } from './model.ts'
import type { Random } from './random.ts'

/** The part of the sandbox that a snapshot carries. */
export interface Data {
  random: Random
  /** Grows with every new message, edit and deletion of the sandbox. */
  seq: number
  /** Private chats and basic groups share one row of message ids, as one account's chats do in Telegram. */
  lastMessageId: number
  /** For callback queries, polls, albums: anything that needs a fresh number. */
  lastSerial: number
  accounts: Map<number, Account>
  usernames: Map<string, number>
  bots: Map<number, Bot>
  groups: Map<number, Chat>
  files: StoredFile[]
  queries: Map<string, CallbackQueryRecord>
  polls: Map<string, PollRecord>
  /** How far people have read (`seq`), by person and chat, as the web chat keeps it. */
  reads?: Map<string, number>
}

/** Everything the functions of the sandbox work on. */
export interface State {
  data: Data
  readonly clock: SandboxClock
  readonly calls: CallLog
  /**
   * `chat:<id>` when something new can be seen in a chat, `bot:<id>` when a bot has a new update, `update` (with
   * the bot) when a webhook has something to deliver.
   */
  readonly signals: EventEmitter
  /** Presses that wait for their answer, by query id. */
  readonly presses: Map<string, (answer: CallAnswer) => void>
  readonly faults: Faults
  /** Known once the server listens. */
  baseUrl: string
}

export function createState(clock: SandboxClock, seed: number): State {
  const signals = new EventEmitter()
  signals.setMaxListeners(0)
  return {
    data: {
      random: { state: seed },
      seq: 0,
      lastMessageId: 0,
      // From the clock, so that another life of the sandbox repeats no query or poll that a bot may remember.
      lastSerial: (clock.seconds() * 64) % 2 ** 30,
      accounts: new Map(),
      usernames: new Map(),
      bots: new Map(),
      groups: new Map(),
      files: [],
      queries: new Map(),
      polls: new Map(),
    },
    clock,
    calls: new CallLog(),
    signals,
    presses: new Map(),
    faults: new Faults(),
    baseUrl: '',
  }
}

/** A fresh number, never used before in this world. */
export function nextSerial(state: State): number {
  state.data.lastSerial += 1
  return state.data.lastSerial
}
