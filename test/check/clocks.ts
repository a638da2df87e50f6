import { sourceFiles } from './source-files.ts'

/** Where the wall clock of the machine may be read, and for what. Whatever measures a span asks `monotonic()`. */
const allowed: ReadonlyMap<string, string> = new Map([
  ['src/platform/clock.ts', 'the product clock, and whether it was set'],
  ['src/backup.ts', 'the moment of a backup, as people read it'],
  ['src/start.ts', 'the moment of a backup, as people read it'],
  ['src/backup-key.ts', 'the day on which a key was made, as people read it'],
  ['src/sandbox/clock.ts', 'the clock of the sandbox, which stands for that of Telegram'],
])

const wallClock = /\bDate\.now\b|\bnew Date\(\)/

/** Files that read the wall clock although nothing here says for what: a clock set back would stop what they measure. */
export function clockProblems(): string[] {
  const reading = sourceFiles().filter(({ text }) => wallClock.test(text))
  const unknown = reading.filter(({ path }) => !allowed.has(path)).map(({ path }) => `${path}: reads the wall clock`)
  const idle = [...allowed.keys()].filter((path) => !reading.some((file) => file.path === path))
  return [...unknown, ...idle.map((path) => `${path}: is allowed the wall clock and does not read it`)]
}
