import { keepFilesPrivate } from '../platform/private-files.ts'
import { loadTexts } from '../platform/texts.ts'
import { openTheatre } from './theatre.ts'

/** `npm run demo`: plays a month in the generated ward over HTTP, prints what people saw, and fails if a step did not happen. */
keepFilesPrivate()
const texts = loadTexts()
const startedAt = performance.now()
const theatre = await openTheatre(texts)
console.log(texts('demo:title'))
try {
  const { scenes, checks } = await theatre.perform(async ({ text }) => console.log(text))
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(`\n${texts('demo:done', { scenes, checks, seconds })}`)
} catch (error) {
  process.exitCode = 1
  console.error(`\n${texts('demo:failed', { reason: error instanceof Error ? error.message : String(error) })}`)
}
await theatre.close()
process.exit()
