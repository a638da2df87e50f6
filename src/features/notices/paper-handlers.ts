import type { ButtonHandler, Command, FormHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { numbersIn } from './answers.ts'
import { findReceivers } from './find-receivers.ts'
import { handOver } from './hand-over.ts'
import { printedNumber } from './issue-number.ts'
import { issuesOnPaper, listPaper } from './list-paper.ts'
import type { PaperOf } from './paper-copy.ts'
import { askReceiverMessage, copyData, paperList } from './paper-screens.ts'
import { printNotice } from './print-notice.ts'

/** `/traotay`: notices that go on paper, each to print and to mark when it is in somebody's hands. */
export const paperCommand: Command = {
  name: 'traotay',
  chats: ['private'],
  audience: 'notice.handOver',
  label: 'notices:labelPaper',
  handle: async (turn) => {
    const issues = await issuesOnPaper(turn.context)
    if (!issues.ok) return turn.refuse(issues.problem)
    const [only, ...others] = issues.value
    if (only && others.length === 0) return showPaper(turn, only.issueId, 0)
    await showPickList(turn, {
      title: turn.texts('notices:labelPaper'),
      items: issues.value.map(({ issueId, number, count }) => ({
        label: turn.texts('notices:paperIssueLine', { number: printedNumber(turn.texts, number), count }),
        data: `npaperof:${issueId}`,
      })),
    })
  },
}

export const paperButtons: Record<string, ButtonHandler> = {
  npaperof: {
    handle: async (turn) => {
      const [issueId, page] = numbersIn(turn.args)
      await showPaper(turn, issueId, page)
    },
  },
  npaper: {
    handle: async (turn) => {
      const copy = copyIn(turn)
      const printed = await printNotice(turn.context, { copy })
      if (!printed.ok) return turn.refuse(printed.problem)
      await turn.sendFile(printed.value, turn.texts('notices:paperCaption'))
      await turn.reply({
        text: turn.texts('notices:markWhenHanded'),
        buttons: [[{ text: turn.texts('notices:handedButton'), data: `nhanded:${copyData(copy)}` }]],
      })
    },
  },
  nhanded: {
    handle: async (turn) => {
      const copy = copyIn(turn)
      const receivers = await findReceivers(turn.context, { copy })
      if (!receivers.ok) return turn.refuse(receivers.problem)
      await turn.ask('nhand', { ...copy }, askReceiverMessage(turn.texts, copy, receivers.value))
    },
  },
  nhand: {
    handle: async (turn) => {
      const copy = copyIn(turn)
      const receivers = await findReceivers(turn.context, { copy })
      if (!receivers.ok) return turn.refuse(receivers.problem)
      const [, , personId] = numbersIn(turn.args)
      await hand(turn, copy, receivers.value.find(({ id }) => id === personId)?.fullName ?? '')
    },
  },
}

export const paperForms: Record<string, FormHandler> = {
  /** The name of who got it is awaited. */
  nhand: {
    handle: async (turn, data) => {
      const kind = data.kind === 'person' ? 'person' : 'branch'
      await hand(turn, { kind, id: Number(data.id) }, turn.message?.text ?? '')
    },
  },
}

async function hand(turn: Turn, copy: PaperOf, toName: string): Promise<void> {
  const handed = await handOver(turn.context, { copy, toName })
  if (!handed.ok) return turn.refuse(handed.problem)
  const { again, ...said } = handed.value
  await turn.closeForm()
  await turn.clearButtons()
  await turn.reply({
    text: turn.texts(again ? 'notices:handedBefore' : 'notices:handedNow', said),
    buttons: [[{ text: turn.texts('notices:labelPaper'), data: 'menu:traotay' }]],
  })
}

async function showPaper(turn: Turn, issueId: number, page: number): Promise<void> {
  const paper = await listPaper(turn.context, { issueId })
  if (!paper.ok) return turn.refuse(paper.problem)
  if (paper.value.copies.length === 0) return turn.refuse({ code: 'notices.noPaper' })
  await showPickList(turn, paperList(turn.texts, paper.value, page))
}

function copyIn(turn: Turn): PaperOf {
  const [kind, id] = numbersIn(turn.args)
  return { kind: kind === 1 ? 'person' : 'branch', id }
}
