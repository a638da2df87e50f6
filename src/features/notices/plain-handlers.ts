import type { Message as TelegramMessage } from 'grammy/types'
import { may } from '../../domain/access.ts'
import { searchKey } from '../../domain/names.ts'
import type { Problem, Result } from '../../domain/result.ts'
import type { AttachedFile } from '../../platform/messages.ts'
import type { ButtonHandler, Command, FormHandler } from '../../telegram/feature.ts'
import type { Turn } from '../../telegram/turn.ts'
import { numbersIn, replyInParts } from './answers.ts'
import { type BranchChoice, branchChoice, chooseBranches } from './choose-branches.ts'
import { addToPlain, draftPlain, type PlainContent } from './draft-plain.ts'
import { issuedMessage } from './evaluation-screens.ts'
import { issuePlain, previewPlain } from './issue-plain.ts'
import { choiceMessage, pageOf, plainPreviewMessage } from './plain-screens.ts'

/** `/thongbao <words>`, or with a file whose caption begins so; without either it asks. */
export const plainCommand: Command = {
  name: 'thongbao',
  chats: ['private'],
  audience: 'notice.plain.issue',
  label: 'notices:labelPlain',
  handle: async (turn) => {
    const content = contentOf(turn.message, turn.args)
    if (!content) return turn.refuse({ code: 'notices.textOrFile' })
    if (content.text !== '' || content.file) return begin(turn, content)
    const leave = may(turn.context.actor, 'notice.plain.issue', { wardId: turn.context.actor.wardId ?? 0 })
    if (!leave.ok) return turn.refuse(leave.problem)
    await turn.ask('nplain', {}, { text: turn.texts('notices:askPlain') })
  },
}

export const plainForms: Record<string, FormHandler> = {
  /** The words or the file of a new notice. */
  nplain: {
    handle: async (turn) => {
      const content = contentOf(turn.message, turn.message?.text ?? turn.message?.caption ?? '')
      if (!content) return turn.refuse({ code: 'notices.textOrFile' })
      await begin(turn, content)
    },
  },
  /** Branches are chosen: numbers tick lines, other words and files are added to the notice. */
  ntargets: {
    handle: async (turn, data) => {
      const issueId = typeof data.issueId === 'number' ? data.issueId : 0
      const { message } = turn
      const text = message?.text ?? message?.caption ?? ''
      const content = contentOf(message, text)
      if (!content) return turn.refuse({ code: 'notices.textOrFile' })
      const words = searchKey(text)
      if (content.file === null && words === 'tat ca') return choose(turn, issueId, 'all', true)
      if (content.file === null && words === 'bo het') return choose(turn, issueId, 'all', false)
      if (content.file === null && /^[\d\s,.;]+$/.test(words)) return chooseNumbers(turn, issueId, words)
      const added = await addToPlain(turn.context, { issueId, ...content })
      if (!added.ok) return refuse(turn, added.problem)
      await turn.reply({ text: turn.texts('notices:added', { length: added.value.length }) })
    },
  },
}

export const plainButtons: Record<string, ButtonHandler> = {
  ntarget: {
    handle: async (turn) => {
      const [issueId, branchId, chosen] = numbersIn(turn.args)
      const choice = await chooseBranches(turn.context, { issueId, branchIds: [branchId], chosen: chosen === 1 })
      await redraw(turn, choice, (value) => pageOf(value, branchId))
    },
  },
  nall: {
    handle: async (turn) => {
      const [issueId, chosen] = numbersIn(turn.args)
      await redraw(turn, await chooseBranches(turn.context, { issueId, branchIds: 'all', chosen: chosen === 1 }))
    },
  },
  npage: {
    handle: async (turn) => {
      const [issueId, page] = numbersIn(turn.args)
      await redraw(turn, await branchChoice(turn.context, { issueId }), () => page)
    },
  },
  nchoose: {
    handle: async (turn) => {
      const [issueId] = numbersIn(turn.args)
      await turn.clearButtons()
      await askBranches(turn, await branchChoice(turn.context, { issueId }))
    },
  },
  npreview: {
    handle: async (turn) => {
      await showPlainPreview(turn, numbersIn(turn.args)[0])
    },
  },
  nsend: {
    handle: async (turn) => {
      const [issueId] = numbersIn(turn.args)
      const issued = await issuePlain(turn.context, { issueId })
      if (!issued.ok) return turn.refuse(issued.problem)
      if (issued.value.again) await turn.notify(turn.texts('notices:issuedBefore'))
      await turn.closeForm()
      await turn.edit(issuedMessage(turn.texts, issued.value))
    },
  },
}

/** Shows how the notice would go out; nothing more is awaited for it. */
export async function showPlainPreview(turn: Turn, issueId: number): Promise<void> {
  const preview = await previewPlain(turn.context, { issueId })
  if (!preview.ok) return turn.refuse(preview.problem)
  await turn.closeForm()
  await turn.clearButtons()
  await replyInParts(turn, plainPreviewMessage(turn.texts, preview.value))
}

async function begin(turn: Turn, content: PlainContent): Promise<void> {
  const draft = await draftPlain(turn.context, content)
  if (!draft.ok) return turn.refuse(draft.problem)
  await askBranches(turn, await branchChoice(turn.context, draft.value))
}

async function chooseNumbers(turn: Turn, issueId: number, written: string): Promise<void> {
  const choice = await branchChoice(turn.context, { issueId })
  if (!choice.ok) return refuse(turn, choice.problem)
  const { branches } = choice.value
  const numbers = written
    .split(/[^\d]+/)
    .filter(Boolean)
    .map(Number)
  const wrong = numbers.find((number) => number < 1 || number > branches.length)
  if (wrong !== undefined) {
    return turn.refuse({ code: 'notices.noSuchLine', params: { value: wrong, count: branches.length } })
  }
  await choose(
    turn,
    issueId,
    numbers.flatMap((number) => branches[number - 1]?.id ?? []),
    true,
  )
}

async function choose(turn: Turn, issueId: number, branchIds: number[] | 'all', chosen: boolean): Promise<void> {
  await askBranches(turn, await chooseBranches(turn.context, { issueId, branchIds, chosen }))
}

/** Shows the list anew; what is written next is about it. */
export async function askBranches(turn: Turn, choice: Result<BranchChoice>): Promise<void> {
  if (!choice.ok) return refuse(turn, choice.problem)
  await turn.ask('ntargets', { issueId: choice.value.issueId }, choiceMessage(turn.texts, choice.value))
}

/** Shows the list where it stands. */
async function redraw(
  turn: Turn,
  choice: Result<BranchChoice>,
  pageOf: (choice: BranchChoice) => number = () => 0,
): Promise<void> {
  if (!choice.ok) return refuse(turn, choice.problem)
  await turn.edit(choiceMessage(turn.texts, choice.value, pageOf(choice.value)))
}

/** Where the draft has gone out or been given up, nothing more is awaited for it. */
export async function refuse(turn: Turn, problem: Problem): Promise<void> {
  if (problem.code === 'notices.draftGone' || problem.code === 'notices.alreadySent') await turn.closeForm()
  await turn.refuse(problem)
}

/** The words and the file of a message, or null where it holds something that is neither. */
export function contentOf(message: TelegramMessage | null, text: string): PlainContent | null {
  if (message?.document) {
    return {
      text,
      file: { fileId: message.document.file_id, name: message.document.file_name ?? '', kind: 'document' },
    }
  }
  const largest = message?.photo?.at(-1)
  if (largest) return { text, file: { fileId: largest.file_id, name: '', kind: 'photo' } satisfies AttachedFile }
  const other = message?.video ?? message?.voice ?? message?.contact
  return other ? null : { text, file: null }
}
