import { dayAt } from '../../domain/dates.ts'
import { formatDate } from '../../domain/formats.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import type { Turn } from '../../telegram/turn.ts'
import { readStanding, setStanding, type WardStanding } from './set-standing.ts'

const instrumentForm = 'ballotInstrument'

/** `/phieuchinhthuc`: whether the bot's votes are the branches' ballot, and by which paper of the ward. */
export async function showStanding(turn: Turn): Promise<void> {
  const found = await readStanding(turn.context)
  if (!found.ok) return turn.refuse(found.problem)
  await turn.reply(standingCard(turn.texts, found.value))
}

export const standingButtons = {
  vformal: {
    handle: async (turn: Turn) => {
      const found = await readStanding(turn.context)
      if (!found.ok) return turn.refuse(found.problem)
      await turn.ask(instrumentForm, {}, { text: turn.texts('votes:official.askInstrument') })
    },
  },
  vpoll: {
    handle: async (turn: Turn) => {
      const result = await setStanding(turn.context, null)
      if (!result.ok) return turn.refuse(result.problem)
      await turn.edit(standingCard(turn.texts, result.value))
    },
  },
}

export const standingForms = {
  [instrumentForm]: {
    handle: async (turn) => {
      if (!turn.message?.text) return false
      const result = await setStanding(turn.context, turn.message.text)
      if (!result.ok) return turn.refuse(result.problem)
      await turn.closeForm()
      await turn.reply(standingCard(turn.texts, result.value))
    },
  },
} satisfies Record<string, FormHandler>

function standingCard(texts: Texts, { instrument, from }: WardStanding): Message {
  if (instrument === null) {
    return {
      ...titled(texts('votes:official.isPoll'), '', texts('votes:official.isPollHint')),
      buttons: [[{ text: texts('votes:official.turnOn'), data: 'vformal' }]],
    }
  }
  return {
    ...titled(
      texts('votes:official.isBallot'),
      texts('votes:official.by', { instrument, date: from ? formatDate(dayAt(from)) : '' }),
      '',
      texts('votes:official.isBallotHint'),
    ),
    buttons: [[{ text: texts('votes:official.turnOff'), data: 'vpoll' }]],
  }
}
