import type { Queue } from '../platform/queue.ts'
import { addQueueTrigger } from './queue-trigger.ts'

/** Lets a job forget its content in the very statement that completes it; its number stays for the repeat check. */
export function forgetWhenDone(queue: Queue, name: string): Promise<void> {
  return addQueueTrigger(queue, name, {
    name: 'lienchi_forget_when_done',
    on: 'UPDATE',
    when: "NEW.state = 'completed'",
    does: 'NEW.data := NULL;',
  })
}
