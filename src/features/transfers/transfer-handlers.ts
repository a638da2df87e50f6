import { z } from 'zod'
import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import type { ButtonHandler, FormHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { cancelTransfer, sendBackTransfer } from './end-transfer.ts'
import { listWaiting, readOpenTransfers, receivingBranches, transfersHome, viewTransfer } from './list-transfers.ts'
import { dateOf } from './messages.ts'
import { receiveAll, receiveTransfer } from './receive-transfer.ts'
import { redirectTransfer } from './redirect-transfer.ts'
import { reviewTransfer } from './review-transfer.ts'
import { homeList, openList, transferCard, waitingList } from './transfer-screens.ts'

const reasonDraft = z.object({ transferId: z.int(), outcome: z.enum(['sentBack', 'cancelled']) })

export const reasonForm = 'transferReason'

/** `/chuyensinhhoat` */
export async function showTransfers(turn: Turn): Promise<void> {
  const list = homeList(turn.texts, await transfersHome(turn.context))
  if (list.items.length === 0) return turn.tell(turn.texts('transfers:homeEmpty'))
  await showPickList(turn, list)
}

export const transferButtons: Record<string, ButtonHandler> = {
  xopen: {
    handle: async (turn) => {
      const transfers = await readOpenTransfers(turn.context)
      await showPickList(turn, openList(turn.texts, transfers, Math.max(0, numberIn(turn.args))))
    },
  },
  xrecv: { handle: (turn) => showWaiting(turn, numberIn(turn.args)) },
  xcard: { handle: (turn) => showCard(turn, numberIn(turn.args)) },
  xall: {
    handle: async (turn) => {
      const branchId = numberIn(turn.args)
      const received = await receiveAll(turn.context, { branchId })
      if (!received.ok) return turn.refuse(received.problem)
      const { received: people } = received.value
      await turn.clearButtons()
      await turn.reply({
        text: turn.texts('transfers:receivedManyNote', { count: people.length, date: dateOf(people[0]?.movesOn) }),
      })
    },
  },
  xok: {
    handle: async (turn) => {
      const received = await receiveTransfer(turn.context, { transferId: numberIn(turn.args) })
      if (!received.ok) return turn.refuse(received.problem)
      const { person, movesOn, to } = received.value.transfer
      const text = turn.texts('transfers:receivedNote', { name: person.name, date: dateOf(movesOn) })
      await turn.edit({ text, buttons: to.id === null ? [] : [[seeList(turn, to.id)]] })
    },
  },
  xrev: {
    handle: async (turn) => {
      const reviewed = await reviewTransfer(turn.context, { transferId: numberIn(turn.args) })
      if (!reviewed.ok) return turn.refuse(reviewed.problem)
      await turn.clearButtons()
      await showCard(turn, reviewed.value.id)
    },
  },
  xback: { handle: (turn) => askReason(turn, 'sentBack') },
  xcancel: { handle: (turn) => askReason(turn, 'cancelled') },
  xagain: {
    handle: async (turn) => {
      const card = await viewTransfer(turn.context, numberIn(turn.args))
      if (!card.ok) return turn.refuse(card.problem)
      if (!card.value.mayRedirect) return turn.refuse({ code: 'transfers.notSentBack' })
      const { id, person, from } = card.value.transfer
      await showPickList(turn, {
        title: turn.texts('transfers:pickReceiver', { name: person.name }),
        items: (await receivingBranches(turn.context, from.id)).map((branch) => ({
          label: branch.name,
          data: `xagainto:${id}.${branch.id}`,
        })),
        linesPerPage: 90,
      })
    },
  },
  xagainto: {
    handle: async (turn) => {
      const [transferId = -1, toId = -1] = numbersIn(turn.args)
      const redirected = await redirectTransfer(turn.context, { transferId, toId })
      if (!redirected.ok) return turn.refuse(redirected.problem)
      await turn.closeForm()
      const { person, to } = redirected.value
      await turn.edit({ text: turn.texts('transfers:redirectedNote', { name: person.name, branch: to.name }) })
    },
  },
}

/** The reason that was asked for ends the transfer. */
export const answerReason: FormHandler['handle'] = async (turn, data) => {
  const draft = reasonDraft.safeParse(data)
  const reason = turn.message?.text
  if (!draft.success || reason === undefined) return false
  const { transferId, outcome } = draft.data
  const ended = await (outcome === 'sentBack' ? sendBackTransfer : cancelTransfer)(turn.context, { transferId, reason })
  if (!ended.ok) return turn.refuse(ended.problem)
  await turn.closeForm()
  const { name } = ended.value.person
  const text = turn.texts(outcome === 'sentBack' ? 'transfers:sentBackNote' : 'transfers:cancelledNote', { name })
  const { to } = ended.value
  await turn.reply({ text, buttons: outcome === 'sentBack' && to.id !== null ? [[seeList(turn, to.id)]] : [] })
}

export async function showCard(turn: Turn, transferId: number): Promise<void> {
  const card = await viewTransfer(turn.context, transferId)
  if (!card.ok) return turn.refuse(card.problem)
  await turn.reply(transferCard(turn.texts, card.value))
}

async function showWaiting(turn: Turn, branchId: number): Promise<void> {
  const listed = await listWaiting(turn.context, { branchId })
  if (!listed.ok) return turn.refuse(listed.problem)
  const { branch, waiting } = listed.value
  if (waiting.length === 0) return turn.tell(turn.texts('transfers:waitingNone', { branch: branch.name }))
  await showPickList(turn, waitingList(turn.texts, listed.value))
}

async function askReason(turn: Turn, outcome: 'sentBack' | 'cancelled'): Promise<void> {
  const card = await viewTransfer(turn.context, numberIn(turn.args))
  if (!card.ok) return turn.refuse(card.problem)
  const { transfer, maySendBack, mayCancel } = card.value
  if (!(outcome === 'sentBack' ? maySendBack : mayCancel)) return turn.refuse({ code: 'transfers.hasEnded' })
  const { name } = transfer.person
  const question = outcome === 'sentBack' ? 'transfers:askSendBackReason' : 'transfers:askCancelReason'
  await turn.ask(reasonForm, { transferId: transfer.id, outcome }, { text: turn.texts(question, { name }) })
}

function seeList(turn: Turn, branchId: number) {
  return { text: turn.texts('transfers:seeList'), data: `xrecv:${branchId}` }
}
