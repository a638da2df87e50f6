import { formatDate } from '../../domain/formats.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { Feature } from '../../telegram/feature.ts'
import { deliveryForgetter } from './forget-deliveries.ts'
import { gatherOwnData } from './gather-own-data.ts'
import { auditHandlers } from './handlers-audit.ts'
import { requestHandlers } from './handlers-requests.ts'
import { privacyData, privacyRetention } from './personal-data.ts'
import { remindRequests } from './remind-requests.ts'
import { holdDeletion, listDeletions, retain } from './retain.ts'
import { deletionList } from './screens-retention.ts'

/**
 * What the law gives people over their data: a file of everything that is held (each capability brings its own), correction and
 * erasure within days, deletion in time; and the record of who did what. Consent and its withdrawal stand with the links.
 */
export function privacyFeature(features: () => readonly Feature[]): Feature {
  const audit = auditHandlers()
  const requests = requestHandlers(features)
  const forgetDeliveries = deliveryForgetter(features)
  return {
    name: 'privacy',
    title: 'privacy:title',
    personalData: privacyData,
    retention: privacyRetention,
    commands: [
      ...(audit.commands ?? []),
      ...requests.commands,
      {
        name: 'luutru',
        chats: ['private'],
        audience: 'privacy.decide',
        label: 'privacy:labels.retention',
        handle: async (turn) => {
          const planned = await listDeletions(turn.context, features())
          if (!planned.ok) return turn.refuse(planned.problem)
          await turn.reply(deletionList(turn.texts, planned.value))
        },
      },
    ],
    buttons: {
      ...audit.buttons,
      ...requests.buttons,
      pfile: {
        handle: async (turn) => {
          const file = await gatherOwnData(turn.context, features())
          if (!file.ok) return turn.refuse(file.problem)
          const { data, records } = file.value
          await turn.sendFile(
            { name: 'du-lieu-cua-toi.xlsx', data },
            turn.texts('privacy:fileCaption', { count: records }),
          )
        },
      },
      phold: {
        handle: async (turn) => {
          const held = await holdDeletion(turn.context, { runId: numberIn(turn.args) })
          if (!held.ok) return turn.refuse(held.problem)
          await turn.edit({ text: turn.texts('privacy:retention.held', { until: formatDate(held.value.until) }) })
        },
      },
    },
    forms: { ...audit.forms, ...requests.forms },
    due: async (ctx, span, signal) => {
      await remindRequests(ctx, span)
      await retain(ctx, span, features())
      await forgetDeliveries(ctx, span, signal)
    },
  }
}
