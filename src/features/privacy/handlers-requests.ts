import { requestKinds } from '../../domain/data-requests.ts'
import { hasRoleFor } from '../../telegram/audience.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { Feature } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { decideRequest, listRequests, viewRequest } from './decide-request.ts'
import { fileRequest } from './file-request.ts'
import { findSubjects } from './find-subjects.ts'
import { decisions, receiptMessage, requestList, requestMessage } from './screens-requests.ts'

/** Requests about people's own data: filed by them or for them, decided by the officers. */
export function requestHandlers(
  features: () => readonly Feature[],
): Required<Pick<Feature, 'commands' | 'buttons' | 'forms'>> {
  const decide = async (turn: Turn, requestId: number, word: string | undefined, outcome: string) => {
    const decision = decisions.find((one) => one === word)
    if (!decision) return turn.refuse({ code: 'privacy.noRequest' })
    const decided = await decideRequest(turn.context, { requestId, decision, outcome }, features())
    if (!decided.ok) return turn.refuse(decided.problem)
    await turn.reply({ text: turn.texts(`privacy:request.did.${decision}`, { number: requestId }) })
  }

  return {
    commands: [
      {
        name: 'yeucaudulieu',
        chats: ['private'],
        audience: 'privacy.request',
        label: 'privacy:labels.requests',
        handle: showRequests,
      },
    ],
    buttons: {
      preq: { handle: showRequest },
      pask: { handle: (turn) => askWish(turn, turn.context.actor.personId ?? 0, turn.args) },
      pkind: {
        handle: (turn) => {
          const [personId = '', kind = ''] = turn.args.split(':')
          return askWish(turn, numberIn(personId), kind)
        },
      },
      pfor: { handle: (turn) => turn.ask('privacyFor', {}, { text: turn.texts('privacy:request.askWho') }) },
      pwho: { handle: (turn) => turn.reply(kindChoice(turn, numberIn(turn.args))) },
      pdec: {
        handle: async (turn) => {
          const [id = '', word] = turn.args.split(':')
          if (word === 'answer') return decide(turn, numberIn(id), word, '')
          const viewed = await viewRequest(turn.context, { requestId: numberIn(id) })
          if (!viewed.ok) return turn.refuse(viewed.problem)
          const text = turn.texts(word === 'done' ? 'privacy:request.askDone' : 'privacy:request.askReason')
          await turn.ask('privacyDecide', { requestId: numberIn(id), word }, { text })
        },
      },
    },
    forms: {
      privacyAsk: {
        handle: async (turn, { personId, kind }) => {
          const known = requestKinds.find((one) => one === kind)
          const text = turn.message?.text ?? ''
          if (text === '' || !known) return false
          const filed = await fileRequest(turn.context, { kind: known, text, personId: Number(personId) })
          if (!filed.ok) return turn.refuse(filed.problem)
          await turn.closeForm()
          await turn.reply(receiptMessage(turn.texts, filed.value))
          return undefined
        },
      },
      privacyFor: { handle: answerWho },
      privacyDecide: {
        handle: async (turn, { requestId, word }) => {
          const text = turn.message?.text ?? ''
          if (text === '') return false
          await turn.closeForm()
          return decide(turn, Number(requestId), String(word), text)
        },
      },
    },
  }
}

async function showRequests(turn: Turn): Promise<void> {
  if (!hasRoleFor(turn.speaker, 'privacy.decide')) return turn.reply(kindChoice(turn, null))
  const listed = await listRequests(turn.context)
  if (!listed.ok) return turn.refuse(listed.problem)
  await showPickList(turn, requestList(turn.texts, listed.value))
}

async function showRequest(turn: Turn): Promise<void> {
  const viewed = await viewRequest(turn.context, { requestId: numberIn(turn.args) })
  if (!viewed.ok) return turn.refuse(viewed.problem)
  await turn.reply(requestMessage(turn.texts, viewed.value))
}

/** For oneself (`null`) or for somebody else. */
function kindChoice(turn: Turn, personId: number | null) {
  const { texts } = turn
  const others = turn.speaker.actor.grants.some(({ role }) => role === 'secretary')
  return {
    text: texts('privacy:request.which'),
    buttons: [
      ...requestKinds.map((kind) => [
        {
          text: texts(`privacy:request.${kind}`),
          data: personId === null ? `pask:${kind}` : `pkind:${personId}:${kind}`,
        },
      ]),
      ...(personId === null && others ? [[{ text: texts('privacy:request.enter'), data: 'pfor' }]] : []),
    ],
  }
}

async function askWish(turn: Turn, personId: number, kind: string): Promise<void> {
  const known = requestKinds.find((one) => one === kind)
  if (!known) return turn.refuse({ code: 'privacy.noRequest' })
  await turn.ask('privacyAsk', { personId, kind: known }, { text: turn.texts(`privacy:request.ask.${known}`) })
}

async function answerWho(turn: Turn): Promise<false | undefined> {
  const query = turn.message?.text?.trim() ?? ''
  if (query === '') return false
  const found = await findSubjects(turn.context, query)
  const [only, ...more] = found
  if (!only) {
    await turn.refuse({ code: 'privacy.nothingFound', params: { query: query.slice(0, 40) } })
    return undefined
  }
  await turn.closeForm()
  if (more.length === 0) await turn.reply(kindChoice(turn, only.id))
  else {
    await showPickList(turn, {
      title: turn.texts('privacy:audit.which'),
      items: found.slice(0, 20).map(({ id, fullName, branchName }) => ({
        label: `${fullName}, ${branchName}`,
        data: `pwho:${id}`,
      })),
    })
  }
  return undefined
}
