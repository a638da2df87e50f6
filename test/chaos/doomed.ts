import { subscribe } from 'node:diagnostics_channel'
import { checkpointChannel } from '../../src/platform/checkpoints.ts'

// The program, which dies without warning when it passes a checkpoint for the so-many-eth time: doomed.ts <point> <time>.
const [point, time] = process.argv.slice(2)
let passed = 0
subscribe(checkpointChannel, (name) => {
  if (name === point && ++passed === Number(time)) process.kill(process.pid, 'SIGKILL')
})
await import('../../src/main.ts')
