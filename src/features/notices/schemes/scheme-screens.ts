import type { EvaluationPack } from '../../../domain/packs/schema.ts'
import { formatPeriod, monthOf, type Period } from '../../../domain/period.ts'
import type { Button, Message } from '../../../platform/messages.ts'
import { titled } from '../../../platform/messages.ts'
import type { Texts } from '../../../platform/texts.ts'
import { schemeLines } from './scheme-lines.ts'
import type { SchemeView } from './view-scheme.ts'

/** The steps of the form, in their order. */
export const steps = ['instrument', 'bands', 'cap', 'grounds', 'periods', 'from'] as const
export type Step = (typeof steps)[number]

export function schemeMessage(texts: Texts, { now, chosen }: SchemeView): Message {
  const make = { text: texts('schemes:makeButton'), data: 'nscnew' }
  const back = { text: texts('schemes:builtInButton'), data: 'nscback' }
  return {
    ...titled(
      texts('schemes:title'),
      texts(now.chosen ? 'schemes:chosenByWard' : 'schemes:builtIn'),
      '',
      ...schemeLines(texts, now.pack),
      chosen.length > 0 && `\n${texts('schemes:history')}`,
      ...chosen.map((one) => texts('schemes:historyLine', one)),
    ),
    buttons: [[make], ...(chosen.length > 0 ? [[back]] : [])],
  }
}

/** What is asked at a step, with the answers that most wards give as buttons. */
export function stepMessage(texts: Texts, step: Step, today: Temporal.PlainDate): Message {
  const answers = answersTo(texts, step, today)
  return {
    ...titled(
      texts('schemes:stepTitle', { index: steps.indexOf(step) + 1, of: steps.length }),
      texts(`schemes:ask.${step}`),
    ),
    buttons: [...answers.map((answer) => [answer]), [{ text: texts('common:cancel'), data: 'cancel' }]],
  }
}

export function previewSchemeMessage(texts: Texts, pack: EvaluationPack, from: Period): Message {
  return {
    ...titled(
      texts('schemes:previewTitle', { from: formatPeriod(from) }),
      '',
      ...schemeLines(texts, pack),
      '',
      texts('schemes:previewHint'),
    ),
    buttons: [
      [{ text: texts('schemes:useButton'), data: `nscuse:${from}` }],
      [{ text: texts('common:cancel'), data: 'cancel' }],
    ],
  }
}

function answersTo(texts: Texts, step: Step, today: Temporal.PlainDate): Button[] {
  const answer = (word: string, text: string): Button => ({ text, data: `nsca:${step}:${word}` })
  switch (step) {
    case 'instrument':
      return []
    case 'bands':
      return [
        answer('hanoi', texts('schemes:likeHanoi')),
        answer('national', texts('schemes:likeNational')),
        answer('levels', texts('schemes:levelsOnly')),
      ]
    case 'cap':
      return [
        answer('good20', texts('schemes:cap20OfGood')),
        answer('rated30', texts('schemes:cap30OfRated')),
        answer('none', texts('schemes:noCap')),
      ]
    case 'grounds':
      return [answer('national', texts('schemes:likeNational')), answer('none', texts('schemes:noGrounds'))]
    case 'periods':
      return [answer('month', texts('schemes:monthsOnly')), answer('all', texts('schemes:allPeriods'))]
    case 'from':
      return [today, today.add({ months: 1 })].map((day) => {
        const name = formatPeriod(monthOf(day))
        return answer(monthOf(day), name.charAt(0).toUpperCase() + name.slice(1))
      })
  }
}
