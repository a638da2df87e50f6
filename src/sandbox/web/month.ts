/** What a played month tells of a step, and from which seat it can be watched. */
export type PlayedStep = string | { text: string; as?: number | undefined; chat?: number | undefined }

export interface Step {
  text: string
  as: number | undefined
  chat: number | undefined
}

type Stage = 'waiting' | 'playing' | 'finished' | 'failed'

/** Seconds between two steps; the third is where a play begins. */
const PACES = [0.3, 0.8, 1.6, 3, 6]
const FIRST_PACE = 2

/** One month played for all who watch, at the pace of human eyes. */
export class Month {
  readonly steps: Step[] = []
  stage: Stage = 'waiting'
  paused = false
  /** Grows with every change a watcher should see. */
  version = 0
  #pace = FIRST_PACE
  #wake: (() => void) | null = null
  readonly #play: () => AsyncIterable<PlayedStep>

  constructor(play: () => AsyncIterable<PlayedStep>) {
    this.#play = play
  }

  /** Begins, unless it is being played already. */
  start(): void {
    if (this.stage === 'playing') return
    this.steps.length = 0
    this.stage = 'playing'
    this.paused = false
    this.version++
    void this.#run()
  }

  pause(paused: boolean): void {
    this.paused = paused
    this.version++
    this.#wake?.()
  }

  /** Plays faster (1) or slower (-1). */
  changePace(by: 1 | -1): void {
    this.#pace = Math.min(Math.max(this.#pace - by, 0), PACES.length - 1)
    this.version++
    this.#wake?.()
  }

  async #run(): Promise<void> {
    try {
      for await (const step of this.#play()) {
        this.steps.push(typeof step === 'string' ? { text: step, as: undefined, chat: undefined } : stepOf(step))
        this.version++
        await this.#rest()
      }
      this.stage = 'finished'
    } catch (error) {
      this.stage = 'failed'
      this.steps.push({ text: error instanceof Error ? error.message : String(error), as: undefined, chat: undefined })
    }
    this.version++
  }

  async #rest(): Promise<void> {
    await this.#sleep((PACES[this.#pace] ?? 1) * 1000)
    while (this.paused) await this.#sleep(60_000)
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function stepOf({ text, as, chat }: Exclude<PlayedStep, string>): Step {
  return { text, as, chat }
}
