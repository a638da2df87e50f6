import { packFor } from '../../../src/domain/packs/index.ts'
import { drawRoll, freezeRoll } from '../../../src/features/votes/freeze-roll.ts'
import { moveVote } from '../../../src/features/votes/move-vote.ts'
import { groupMessage } from '../../../src/features/votes/screens.ts'
import { findVote } from '../../../src/features/votes/vote-view.ts'
import { writeDraft } from '../../../src/features/votes/write-draft.ts'
import { createContext, nobody, type Services } from '../../../src/platform/context.ts'
import type { Database } from '../../../src/platform/database.ts'
import { createLog } from '../../../src/platform/log.ts'
import type { Message } from '../../../src/platform/messages.ts'
import { loadTexts } from '../../../src/platform/texts.ts'
import type { Sandbox } from '../../../src/sandbox/index.ts'
import { keyboardOf } from '../../../src/telegram/send.ts'
import { type Branch, token } from './town.ts'

/** A vote that is open in a branch's group, and its message there. */
export interface OpenVote {
  id: number
  branch: Branch
  message: number
}

export const choices = ['Tán thành', 'Không tán thành', 'Ý kiến khác']

/** What a press on an option of the vote carries: the same for all bots that are compared. */
export function choiceData(voteId: number, option: number): string {
  return `vc:${voteId}.0.${option}`
}

export function servicesOn(database: Database): Services {
  return {
    database,
    clock: { now: () => new Date() },
    log: createLog('silent'),
    texts: loadTexts(),
    onCommit: () => {},
  }
}

/** Opens a named vote in every branch, as the secretary would, with its message in the group. */
export async function openVotes(db: Database, sandbox: Sandbox, branches: readonly Branch[]): Promise<OpenVote[]> {
  const ctx = createContext(servicesOn(db), nobody, null)
  const pack = packFor('vote', ctx.today())
  if (!pack.ok) throw new Error(pack.problem.code)
  const votes: OpenVote[] = []
  for (const branch of branches) {
    const drawn = await drawRoll(ctx, db, branch.id)
    if (!drawn.ok) throw new Error(drawn.problem.code)
    const vote = await ctx.transaction(async (tx) => {
      const id = await writeDraft(ctx, tx, {
        branchId: branch.id,
        kind: 'open',
        title: 'Thông qua nghị quyết tháng?',
        questions: [{ text: 'Thông qua nghị quyết tháng?', options: choices.map((text) => ({ text })) }],
        pack: pack.value,
        createdById: branch.members[0]?.personId ?? 0,
        source: null,
      })
      await freezeRoll(tx, { id, wardId: 0, kind: 'open', byHand: false }, drawn.value)
      await moveVote(ctx, tx, id, 'open')
      return findVote(tx, id)
    })
    if (!vote) throw new Error('the vote was not written')
    const message = await say(sandbox, branch.group, groupMessage(ctx.texts, vote))
    const delivery = await db.delivery.create({
      data: { chatId: BigInt(branch.group), state: 'sent', messageId: message, createdAt: new Date() },
    })
    await db.vote.update({ where: { id: vote.id }, data: { deliveryId: delivery.id } })
    votes.push({ id: vote.id, branch, message })
  }
  return votes
}

/** A message of the bot as if it had been sent some time ago; answers with its number. */
export async function say(sandbox: Sandbox, chat: number, message: Message): Promise<number> {
  const response = await fetch(`${sandbox.url}/bot${token}/sendMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ chat_id: chat, text: message.text, reply_markup: keyboardOf(message.buttons ?? []) }),
  })
  const answer = (await response.json()) as { ok: boolean; result: { message_id: number } }
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer.result.message_id
}

/** Everybody of the votes presses in turn, one branch after another, and chooses otherwise in each round. */
export function pressing(sandbox: Sandbox, votes: readonly OpenVote[]): (nth: number) => Promise<boolean> {
  const people = Math.max(...votes.map(({ branch }) => branch.members.length))
  return async (nth) => {
    const vote = votes[nth % votes.length]
    const round = Math.floor(nth / votes.length)
    const person = vote?.branch.members[round % vote.branch.members.length]
    if (!vote || !person) return false
    const answer = await sandbox.world.press({
      from: person.account,
      chat: vote.branch.group,
      message: vote.message,
      button: '',
      data: choiceData(vote.id, Math.floor(round / people) % choices.length),
    })
    return answer.answered && answer.text !== undefined && !answer.alert
  }
}
