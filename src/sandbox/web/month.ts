import type { Sandbox } from '../index.ts'
import type { Room, WebChatOptions } from './room.ts'

/** What a played month tells of a step, and from which seat it can be watched. */
export type PlayedStep = string | { text: string; as?: number; chat?: number; heading?: boolean }

/** A month about to be played. */
export interface MonthPlay {
  /** Steps as they happen; the next one is asked for when people have had time to see the last. */
  steps: AsyncIterable<PlayedStep>
  /** The world it plays in; the one of the pages where it is left out. */
  world?: { sandbox: Sandbox } & Pick<WebChatOptions, 'title' | 'seats' | 'nextDue'>
  /** Ends what was started for it. Called before the next play. */
  close?: () => Promise<void>
}

export interface Step {
  text: string
  as: number | undefined
  chat: number | undefined
  /** Begins a day or a scene. */
  heading: boolean
}

type Stage = 'waiting' | 'preparing' | 'playing' | 'finished' | 'failed'

/** Seconds between two steps. */
const PACES = [0.3, 0.8, 1.6, 3, 6]
const FIRST_PACE = 2

/** One month played for all who watch, at the pace of human eyes. */
export class Month {
  readonly steps: Step[] = []
  stage: Stage = 'waiting'
  paused = false
  /** Where the play can be seen. */
  room: Room
  #pace = FIRST_PACE
  #wake: (() => void) | null = null
  #close: (() => Promise<void>) | null = null
  readonly #play: () => MonthPlay | Promise<MonthPlay>
  readonly #openRoom: (world: NonNullable<MonthPlay['world']>) => Room

  /** `openRoom` gives a world of the play's own pages of its own. */
  constructor(
    play: () => MonthPlay | Promise<MonthPlay>,
    room: Room,
    openRoom: (world: NonNullable<MonthPlay['world']>) => Room,
  ) {
    this.#play = play
    this.room = room
    this.#openRoom = openRoom
  }

  /** Begins, unless it is being played already. */
  start(): void {
    if (this.stage === 'playing' || this.stage === 'preparing') return
    this.steps.length = 0
    this.stage = 'preparing'
    this.paused = false
    void this.#run()
  }

  pause(paused: boolean): void {
    this.paused = paused
    this.#wake?.()
  }

  /** Plays faster (1) or slower (-1). */
  changePace(by: 1 | -1): void {
    this.#pace = Math.min(Math.max(this.#pace - by, 0), PACES.length - 1)
    this.#wake?.()
  }

  async #run(): Promise<void> {
    try {
      await this.#close?.()
      const { steps, world, close } = await this.#play()
      this.#close = close ?? null
      if (world) this.room = this.#openRoom(world)
      this.stage = 'playing'
      for await (const step of steps) {
        this.#tell(step)
        if (!this.#isHeading(step)) await this.#rest()
      }
      this.stage = 'finished'
    } catch (error) {
      this.stage = 'failed'
      this.#tell(error instanceof Error ? error.message : String(error))
    }
  }

  #isHeading(step: PlayedStep): boolean {
    return typeof step !== 'string' && step.heading === true
  }

  #tell(step: PlayedStep): void {
    const { text, as, chat, heading = false } = typeof step === 'string' ? { text: step } : step
    this.steps.push({ text, as, chat, heading })
  }

  async #rest(): Promise<void> {
    await this.#sleep((PACES[this.#pace] ?? 1) * 1000)
    while (this.paused) await this.#sleep(60_000)
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      timer.unref()
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
