import type { Result } from '../../domain/result.ts'
import type { ButtonHandler, FormHandler } from '../../telegram/feature.ts'
import { pickMessage } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { numbersIn } from './answers.ts'
import { branchChoice } from './choose-branches.ts'
import { choosePerson, chooseRole, findRecipients, type RecipientChoice, recipientChoice } from './choose-recipients.ts'
import { correctablePlain, draftCorrection } from './correct-plain.ts'
import { printedNumber } from './issue-number.ts'
import { askBranches, contentOf, refuse, showPlainPreview } from './plain-handlers.ts'
import { showPreview } from './receive-workbook.ts'
import { askDueMessage, foundPeople, recipientLines, recipientsMessage } from './recipient-screens.ts'
import { noticeRoles } from './roles.ts'
import { setDueDay, setMembersConfirm } from './set-terms.ts'

/** Roles and people beside the branches, the day by which, who confirms, and the correction of a plain notice. */
export const recipientButtons: Record<string, ButtonHandler> = {
  nwho: { handle: async (turn) => askRecipients(turn, await recipientChoice(turn.context, issueIn(turn))) },
  nrole: {
    handle: async (turn) => {
      const [issueId, index, chosen] = numbersIn(turn.args)
      const role = noticeRoles[index]
      if (!role) return turn.refuse({ code: 'notices.draftGone' })
      await askRecipients(turn, await chooseRole(turn.context, { issueId, role, chosen: chosen === 1 }))
    },
  },
  nperson: {
    handle: async (turn) => {
      const [issueId, personId, chosen] = numbersIn(turn.args)
      await askRecipients(turn, await choosePerson(turn.context, { issueId, personId, chosen: chosen === 1 }))
    },
  },
  ndue: { handle: (turn) => turn.ask('ndue', { ...issueIn(turn) }, askDueMessage(turn.texts, issueIn(turn).issueId)) },
  nduenone: {
    handle: async (turn) => {
      const set = await setDueDay(turn.context, { ...issueIn(turn), written: '' })
      if (!set.ok) return refuse(turn, set.problem)
      await showPlainPreview(turn, set.value.issueId)
    },
  },
  nmembers: {
    handle: async (turn) => {
      const [issueId, on] = numbersIn(turn.args)
      const set = await setMembersConfirm(turn.context, { issueId, on: on === 1 })
      if (!set.ok) return turn.refuse(set.problem)
      await turn.clearButtons()
      await (set.value.kind === 'plain' ? showPlainPreview(turn, issueId) : showPreview(turn, issueId))
    },
  },
  nfix: {
    handle: async (turn) => {
      const corrected = await correctablePlain(turn.context, issueIn(turn))
      if (!corrected.ok) return turn.refuse(corrected.problem)
      const { issueId, number } = corrected.value
      const question = turn.texts('notices:askCorrection', { number: printedNumber(turn.texts, number) })
      await turn.ask('nfix', { issueId }, { text: question })
    },
  },
}

export const recipientForms: Record<string, FormHandler> = {
  /** Roles and people are chosen: a line's number ticks it, other words are somebody's name. */
  nwho: {
    handle: async (turn, data) => {
      const issueId = Number(data.issueId)
      const query = (turn.message?.text ?? '').trim()
      const number = /^\d{1,2}$/.exec(query)?.[0]
      if (number === undefined) return add(turn, issueId, query)
      const choice = await recipientChoice(turn.context, { issueId })
      if (!choice.ok) return refuse(turn, choice.problem)
      const lines = foundLines(data) ?? recipientLines(choice.value)
      const line = lines[Number(number) - 1]
      if (!line) {
        return turn.refuse({ code: 'telegram.noSuchLine', params: { value: number, count: lines.length } })
      }
      const [word = '', ...args] = line.split(':')
      await recipientButtons[word]?.handle(turn.with(args.join(':')))
    },
  },
  ndue: {
    handle: async (turn, data) => {
      const written = (turn.message?.text ?? '').trim()
      const set = await setDueDay(turn.context, { issueId: Number(data.issueId), written: written || '?' })
      if (!set.ok) return refuse(turn, set.problem)
      await turn.closeForm()
      await showPlainPreview(turn, set.value.issueId)
    },
  },
  nfix: {
    handle: async (turn, data) => {
      const content = contentOf(turn.message, turn.message?.text ?? turn.message?.caption ?? '')
      if (!content) return turn.refuse({ code: 'notices.textOrFile' })
      const draft = await draftCorrection(turn.context, { ...content, correctsId: Number(data.issueId) })
      if (!draft.ok) return turn.refuse(draft.problem)
      await askBranches(turn, await branchChoice(turn.context, draft.value))
    },
  },
}

/** Adds the person that the words mean, or asks which of several. */
async function add(turn: Turn, issueId: number, query: string): Promise<void> {
  const found = await findRecipients(turn.context, { issueId, query })
  if (!found.ok) return refuse(turn, found.problem)
  const [only, ...others] = found.value
  if (only && others.length === 0) {
    return askRecipients(turn, await choosePerson(turn.context, { issueId, personId: only.id, chosen: true }))
  }
  const list = foundPeople(turn.texts, issueId, found.value)
  const lines = list.items.map(({ data }) => data)
  await turn.ask('nwho', { issueId, found: lines }, pickMessage(turn.texts, list))
}

/** What the numbers mean while several people are shown: lines of theirs. */
function foundLines({ found }: Record<string, unknown>): string[] | null {
  return Array.isArray(found) ? found.filter((line) => typeof line === 'string') : null
}

/** Shows the list anew; a number or a name is awaited. */
async function askRecipients(turn: Turn, choice: Result<RecipientChoice>): Promise<void> {
  if (!choice.ok) return refuse(turn, choice.problem)
  await turn.clearButtons()
  await turn.ask('nwho', { issueId: choice.value.issueId }, recipientsMessage(turn.texts, choice.value))
}

function issueIn(turn: Turn): { issueId: number } {
  return { issueId: numbersIn(turn.args)[0] }
}
