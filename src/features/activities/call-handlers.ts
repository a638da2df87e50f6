import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { answerCall } from './answer-call.ts'
import { asOrganiser } from './as-organiser.ts'
import { cardOf } from './list-handlers.ts'

/** Joining or not, by oneself or through the organiser. */
export const callButtons = {
  aj: { handle: (turn: Turn) => answerOwn(turn, true) },
  an: { handle: (turn: Turn) => answerOwn(turn, false) },
  afor: {
    handle: (turn: Turn) =>
      asOrganiser(turn, async (activity, page) => {
        const open = activity.calls.filter(({ called, joins }) => called && joins === null)
        if (open.length === 0) return turn.notify(turn.texts('activities:allAnswered'), true)
        await showPickList(turn, {
          title: turn.texts('activities:askAnswerFor'),
          items: open.map(({ personId, name }) => ({ label: name, data: `aforp:${activity.id}.${personId}` })),
          page: Math.max(0, page),
          pageData: (other) => `afor:${activity.id}.${other}`,
        })
      }),
  },
  aforp: {
    handle: (turn: Turn) =>
      asOrganiser(turn, async (activity, personId) => {
        const name = activity.calls.find((call) => call.personId === personId)?.name
        if (name === undefined) return turn.notify(turn.texts('telegram:oldButton'), true)
        await turn.reply({
          text: turn.texts('activities:doesJoin', { name }),
          buttons: [
            [
              { text: turn.texts('activities:join'), data: `afora:${activity.id}.${personId}.1` },
              { text: turn.texts('activities:decline'), data: `afora:${activity.id}.${personId}.0` },
            ],
          ],
        })
      }),
  },
  afora: {
    handle: async (turn: Turn) => {
      const [activityId = -1, personId = -1, joins] = numbersIn(turn.args)
      const done = await answerCall(turn.context, { activityId, personId, joins: joins === 1 })
      if (!done.ok) return turn.refuse(done.problem)
      await turn.edit({ text: turn.texts('activities:answeredFor') })
    },
  },
}

async function answerOwn(turn: Turn, joins: boolean): Promise<void> {
  const personId = turn.context.actor.personId ?? -1
  const done = await answerCall(turn.context, { activityId: numberIn(turn.args), personId, joins })
  if (!done.ok) return turn.refuse(done.problem)
  await turn.notify(turn.texts(joins ? 'activities:youJoin' : 'activities:youDecline'))
  if (turn.chat.kind === 'private') await turn.edit(cardOf(turn, done.value))
}
