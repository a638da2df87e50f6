import { randomUUID } from 'node:crypto'
import type { Sandbox } from '../index.ts'
import type { Account, Chat } from '../model.ts'
import type { State } from '../state.ts'
import type { World } from '../world/world.ts'
import { Flashes } from './flashes.ts'
import type { Month, MonthPlay } from './month.ts'
import { createPaths, type Paths } from './paths.ts'
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
  /** Plays a month of work before one's eyes. The button is there where this is given. */
  playMonth?: () => MonthPlay | Promise<MonthPlay>
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
  month: Month | null
  readonly paths: Paths
  /** Where one comes from into a world inside this one, such as a played month's. */
  readonly up: string | null
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

/** `base` stands before all addresses. */
export function createRoom(sandbox: Sandbox, options: WebChatOptions, base = '', up: string | null = null): Room {
  return {
    sandbox,
    world: sandbox.world,
    state: sandbox.world.state,
    options,
    reading: new Reading(sandbox.world.state),
    flashes: new Flashes(),
    month: null,
    paths: createPaths(base),
    up,
    run: randomUUID(),
  }
}
