import { packFor } from '../../../src/domain/packs/index.ts'
import { drawRoll, freezeRoll } from '../../../src/features/votes/freeze-roll.ts'
import { moveVote } from '../../../src/features/votes/move-vote.ts'
import { groupMessage } from '../../../src/features/votes/screens.ts'
import { createBoxKey } from '../../../src/features/votes/sealed/box-key.ts'
import { firstPage } from '../../../src/features/votes/sealed/paper-buttons.ts'
import { findVote } from '../../../src/features/votes/vote-view.ts'
import { writeDraft } from '../../../src/features/votes/write-draft.ts'
import { createContext, nobody } from '../../../src/platform/context.ts'
import type { Database } from '../../../src/platform/database.ts'
import type { Sandbox } from '../../../src/sandbox/index.ts'
import { pause } from './load.ts'
import type { Branch, Citizen } from './town.ts'
import { say, servicesOn } from './vote.ts'

const levels = ['Xuất sắc', 'Tốt', 'Hoàn thành', 'Không hoàn thành']

/** A voter with the paper that lies in their chat. */
export interface Voter extends Citizen {
  paper: number
}

/** Opens a secret ballot on one name in every branch, as it stands when everybody has got the paper. */
export async function openBallots(db: Database, sandbox: Sandbox, branches: readonly Branch[]): Promise<Voter[]> {
  const ctx = createContext(servicesOn(db), nobody, null)
  const pack = packFor('vote', ctx.today())
  if (!pack.ok) throw new Error(pack.problem.code)
  const voters: Voter[] = []
  for (const branch of branches) {
    const drawn = await drawRoll(ctx, db, branch.id)
    if (!drawn.ok) throw new Error(drawn.problem.code)
    const tellers = branch.members.slice(1, 4)
    const key = await createBoxKey(tellers.map(({ personId }) => personId))
    const vote = await ctx.transaction(async (tx) => {
      const id = await writeDraft(ctx, tx, {
        branchId: branch.id,
        kind: 'secret',
        title: 'Xếp loại đảng viên',
        questions: [{ text: 'Nguyễn Văn A', options: levels.map((text) => ({ text })) }],
        pack: pack.value,
        createdById: branch.members[0]?.personId ?? 0,
        source: null,
      })
      await tx.voteTeller.createMany({
        data: tellers.map(({ personId }, index) => ({ voteId: id, personId, isHead: index === 0 })),
      })
      await freezeRoll(tx, { id, wardId: 0, kind: 'secret', byHand: false }, drawn.value)
      await tx.ballotBox.create({ data: { voteId: id, publicKey: new Uint8Array(key.publicKey), needed: 2 } })
      await moveVote(ctx, tx, id, 'open')
      return findVote(tx, id)
    })
    if (!vote) throw new Error('the ballot was not written')
    const message = await say(sandbox, branch.group, groupMessage(ctx.texts, vote))
    const delivery = await db.delivery.create({
      data: { chatId: BigInt(branch.group), state: 'sent', messageId: message, createdAt: new Date() },
    })
    await db.vote.update({ where: { id: vote.id }, data: { deliveryId: delivery.id } })
    const paper = firstPage(ctx.texts, { vote, questions: vote.questions, publicKey: key.publicKey })
    for (const citizen of branch.members) {
      voters.push({ ...citizen, paper: await say(sandbox, citizen.account, paper) })
    }
  }
  return voters
}

/** What a voter lived through, in milliseconds. */
export interface Voting {
  answers: number[]
  /** From each press until the paper showed what it led to. */
  turns: number[]
  unanswered: number
}

/** Presses of the paper that a voter makes: to begin, one mark, to cast. */
const presses = 3
/** After so long without anything new on the paper a voter presses again. */
const patience = 15_000

/** A voter who presses on as soon as the paper shows the next page, until the ballot is cast or `until` has come. */
export async function vote({ world }: Sandbox, voter: Voter, until: number, seen: Voting): Promise<boolean> {
  const { account, paper } = voter
  const read = () => world.message({ for: account, chat: account }, paper).inline?.inline_keyboard.flat() ?? []
  const dataOf = () => read().map((button) => ('callback_data' in button ? button.callback_data : ''))
  for (let pressed = 0; pressed < presses; ) {
    if (performance.now() > until) return false
    const before = dataOf()
    const nth = pressed === 1 ? voter.personId % levels.length : 0
    const data = before[nth] ?? ''
    const startedAt = performance.now()
    const answer = await world.press({ from: account, chat: account, message: paper, button: '', data })
    if (answer.answered) seen.answers.push(performance.now() - startedAt)
    else seen.unanswered += 1
    while (dataOf().join() === before.join() && performance.now() - startedAt < patience) await pause(25)
    if (dataOf().join() === before.join()) continue
    seen.turns.push(performance.now() - startedAt)
    pressed += 1
  }
  return true
}
