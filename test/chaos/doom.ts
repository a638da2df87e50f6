import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Checkpoint } from '../../src/platform/checkpoints.ts'
import { type TestApp, testToken } from '../support/app.ts'
import type { Forwarder } from '../support/forwarder.ts'
import { type RunningProgram, startProgram } from '../support/program.ts'

/** Without Telegram's pace: the sandbox has its limits off. */
const pace = { PACE_PER_SECOND: '1000', PACE_CHAT_PER_SECOND: '1000', PACE_GROUP_PER_MINUTE: '100000' }

/** Programs that die at a checkpoint, one after the other on the same data. */
export class Doom {
  /** What every one of them printed. */
  readonly printed: string[] = []
  readonly #settings: Record<string, string>
  readonly #entrance: Forwarder
  /** Compiled once: a program that is killed leaves nothing behind for the next. */
  readonly #compiled = mkdtempSync(join(tmpdir(), 'lien-chi-compiled-'))

  constructor(settings: Record<string, string>, test: TestApp, entrance: Forwarder) {
    const way = settings.DATABASE_URL ? { WEBHOOK_URL: `${entrance.url}/updates`, WEBHOOK_SECRET: 'chaos' } : {}
    const telegram = { BOT_TOKEN: testToken, BOT_API_ROOT: test.sandbox.url }
    this.#settings = { ...settings, ...way, ...pace, ...telegram, NODE_COMPILE_CACHE: this.#compiled }
    this.#entrance = entrance
  }

  /**
   * Starts the program so that it dies when it passes that checkpoint for the so-many-eth time, or lives, and leads Telegram's
   * updates to it.
   */
  start(point: Checkpoint | null, time = 1): RunningProgram {
    const program = startProgram(this.#settings, ['test/chaos/doomed.ts', point ?? '', String(time)])
    const lead = (address: string) => {
      this.#entrance.targets = [address]
    }
    // One that dies while it starts has no address.
    program.address().then(lead, () => {})
    program.ends().then(
      ({ output }) => this.printed.push(output),
      () => {},
    )
    return program
  }

  /**
   * Whether a program came to that checkpoint and was killed there; one that did not within so many milliseconds is killed from
   * here. To come to the checkpoints of its end it is told to end.
   */
  async killsAt(point: Checkpoint, patience: number, time = 1): Promise<boolean> {
    const program = this.start(point, time)
    const ends = point.startsWith('stop.')
    let isPutOff = false
    const putOff = () => {
      isPutOff = true
      program.child.kill('SIGKILL')
    }
    const isUp = await program.address().then(
      () => true,
      () => false,
    )
    const timer = isUp ? setTimeout(putOff, patience) : undefined
    if (isUp && ends) program.child.kill('SIGTERM')
    await program.ends()
    clearTimeout(timer)
    // Its last words may still be in the pipe.
    await delay(100)
    const { code, output } = await program.ends()
    // Told to end while it only just says that it is ready, a program may be gone before it begins to stop.
    if (ends && code === 0) return false
    expect(program.child.signalCode, `at ${point}, ended with ${code}: ${output}`).toBe('SIGKILL')
    return !isPutOff
  }

  /** Waits until the program is ready, tells it to end, and expects that it does so in order. */
  async endsInOrder(program: RunningProgram): Promise<void> {
    await program.address()
    program.child.kill('SIGTERM')
    expect((await program.ends()).code).toBe(0)
  }

  clear(): void {
    rmSync(this.#compiled, { recursive: true })
  }
}
