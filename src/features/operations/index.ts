import { numberIn } from '../../telegram/button-data.ts'
import type { Feature } from '../../telegram/feature.ts'
import { decideDelivery } from './decide-delivery.ts'
import { listFailures, mayOperate } from './list-failures.ts'
import { deliveryMessage, operationsList, parkedMessage } from './screens.ts'

export interface ParkedUpdate {
  id: string
  at: Date
  error: string
  /** What came is kept, so that it can be handled once more. */
  hasContent: boolean
}

/** The updates that failed every time, as the queue keeps them. */
export interface ParkedUpdates {
  list(): Promise<ParkedUpdate[]>
  redrive(id: string): Promise<boolean>
  drop(id: string): Promise<void>
}

/** `/vanhanh`: what could not be sent or handled, for whoever runs the bot. */
export function operationsFeature(parked: ParkedUpdates): Feature {
  return {
    name: 'operations',
    commands: [
      {
        name: 'vanhanh',
        chats: ['private'],
        audience: 'operations.view',
        label: 'operations:label',
        handle: async (turn) => {
          const found = await listFailures(turn.context)
          if (!found.ok) return turn.refuse(found.problem)
          await operationsList(turn, found.value, await parked.list())
        },
      },
    ],
    buttons: {
      od: {
        handle: async (turn) => {
          const found = await listFailures(turn.context)
          if (!found.ok) return turn.refuse(found.problem)
          const delivery = found.value.stuck.find(({ id }) => id === numberIn(turn.args))
          if (!delivery) return turn.refuse({ code: 'operations.decided' })
          await turn.reply(deliveryMessage(turn.texts, delivery))
        },
      },
      or: { handle: (turn) => decide(turn, 'resend') },
      oa: { handle: (turn) => decide(turn, 'putAside') },
      op: {
        handle: async (turn) => {
          const leave = mayOperate(turn.context)
          if (!leave.ok) return turn.refuse(leave.problem)
          const update = (await parked.list()).find(({ id }) => id === turn.args)
          if (!update) return turn.refuse({ code: 'operations.decided' })
          await turn.reply(parkedMessage(turn.texts, update))
        },
      },
      ou: {
        handle: async (turn) => {
          const leave = mayOperate(turn.context)
          if (!leave.ok) return turn.refuse(leave.problem)
          const isParked = (await parked.list()).some(({ id }) => id === turn.args)
          if (!isParked || !(await parked.redrive(turn.args))) return turn.refuse({ code: 'operations.decided' })
          await turn.edit({ text: turn.texts('operations:redriven') })
        },
      },
      ox: {
        handle: async (turn) => {
          const leave = mayOperate(turn.context)
          if (!leave.ok) return turn.refuse(leave.problem)
          if ((await parked.list()).some(({ id }) => id === turn.args)) await parked.drop(turn.args)
          await turn.edit({ text: turn.texts('operations:dropped') })
        },
      },
    },
  }
}

async function decide(
  turn: Parameters<NonNullable<Feature['reply']>>[0],
  decision: 'resend' | 'putAside',
): Promise<void> {
  const decided = await decideDelivery(turn.context, { deliveryId: numberIn(turn.args), decision })
  if (!decided.ok) return turn.refuse(decided.problem)
  await turn.edit({ text: turn.texts(decision === 'resend' ? 'operations:resent' : 'operations:putAside') })
}
