import { randomUUID } from 'node:crypto'
import type { Sandbox } from '../index.ts'
import type { Account, Chat } from '../model.ts'
import type { State } from '../state.ts'
import type { World } from '../world/world.ts'
import { Flashes } from './flashes.ts'
import { Month, type PlayedStep } from './month.ts'
import { Reading } from './reading.ts'

/** One account with what it is good for, such as "Bí thư chi bộ". */
export interface Seat {
  account: number
  label: string
  /** Shown first to somebody who does not know yet whom to be. */
  leading?: boolean
}

export interface WebChatOptions {
  /** The name on the pages. */
  title?: string
  /** Plays a month of work in this world; each step is told as it happens. The page sets the pace by how fast it asks. */
  playMonth?: () => AsyncIterable<PlayedStep>
  /** When the next thing falls due, for the button that goes there. */
  nextDue?: () => Date | null | Promise<Date | null>
  /** Who is who, asked for at each view of the list; the most useful first. */
  seats?: () => readonly Seat[] | Promise<readonly Seat[]>
  /** Other names under which the pages may be opened; 127.0.0.1 and localhost always are. */
  hosts?: readonly string[]
}

/** What all pages share. */
export interface Room {
  readonly sandbox: Sandbox
  readonly world: World
  readonly state: State
  readonly options: WebChatOptions
  readonly reading: Reading
  readonly flashes: Flashes
  readonly month: Month | null
  /** Tells pages of an earlier run apart. */
  readonly run: string
}

/** Somebody looking at the pages from a seat, at one chat or at none. */
export interface View {
  room: Room
  viewer: Account
  place: Place | null
}

export interface Place {
  chat: Chat
  /** The number in addresses: the bot's for a private chat. */
  address: number
}

export function createRoom(sandbox: Sandbox, options: WebChatOptions): Room {
  return {
    sandbox,
    world: sandbox.world,
    state: sandbox.world.state,
    options,
    reading: new Reading(),
    flashes: new Flashes(),
    month: options.playMonth ? new Month(options.playMonth) : null,
    run: randomUUID(),
  }
}
