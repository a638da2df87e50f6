import { subscribe } from 'node:diagnostics_channel'
import { Worker } from 'node:worker_threads'
import { checkpointChannel } from '../../src/platform/checkpoints.ts'
import { openDatabase } from '../../src/platform/database.ts'

// The first step of a start, which dies without warning: doomed-migrations-entry.ts <source> <moment>, where a moment is a checkpoint, or
// `inside`, some milliseconds into a script, wherever it then is. Without a moment it ends as it should.
const [source = '', moment = ''] = process.argv.slice(2)
const die = () => process.kill(process.pid, 'SIGKILL')

// The thread that runs PGlite cannot end itself in the middle of a statement; another one can.
const deathFromOutside = `
  const { parentPort } = require('node:worker_threads')
  parentPort.once('message', (milliseconds) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
    process.kill(process.pid, 'SIGKILL')
  })
  parentPort.postMessage('ready')`
const outside = moment === 'inside' ? new Worker(deathFromOutside, { eval: true }) : null
if (outside) await new Promise((resolve) => outside.once('message', resolve))

subscribe(checkpointChannel, (name) => {
  if (name === moment) die()
  if (outside && name === 'migration.begun') outside.postMessage(Math.random() * 20)
  // One migration at a time.
  if (outside && name === 'migration.committed') die()
})
const database = await openDatabase(JSON.parse(source))
await database.close()
process.exit()
