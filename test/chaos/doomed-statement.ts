import { PGlite } from '@electric-sql/pglite'
import { Client } from 'pg'

// The program, which dies without warning at the first statement that contains these words: doomed-statement.ts <words> <when>, where
// `unsent` is before the database has it and `unheard` when it is on its way or done, and nobody has read the answer.
const [words = '', when = ''] = process.argv.slice(2)
const die = () => process.kill(process.pid, 'SIGKILL')

/** Watches a driver's method that takes a statement first. */
function watch(driver: object, method: string): void {
  const real: unknown = Reflect.get(driver, method)
  if (typeof real !== 'function') throw new Error(`no method ${method}`)
  Reflect.set(driver, method, function watched(this: unknown, ...given: unknown[]) {
    const [first] = given
    const isStruck = JSON.stringify(typeof first === 'string' ? first : (Object(first).text ?? '')).includes(words)
    if (isStruck && when === 'unsent') die()
    const answer = Reflect.apply(real, this, given)
    if (isStruck) Promise.resolve(answer).then(die, die)
    // On a connection the words are on their way now; PGlite has done them when it answers.
    if (isStruck && driver === Client.prototype) setImmediate(die)
    return answer
  })
}

watch(Client.prototype, 'query')
watch(PGlite.prototype, 'exec')
watch(PGlite.prototype, 'query')
await import('../../src/main.ts')
