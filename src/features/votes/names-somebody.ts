import { searchKey } from '../../domain/names.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { membersOf } from '../registry/index.ts'
import type { VoteView } from './vote-view.ts'

/**
 * Whether what was asked names people: those to be classified, or a member of the branch whose full name stands in the words
 * that were typed. Asks no leave: it says nothing of anybody.
 */
export async function namesSomebody(ctx: Context, tx: Transaction, vote: VoteView): Promise<boolean> {
  if (vote.questions.some(({ personId }) => personId !== null)) return true
  const typed = [vote.title, ...vote.questions.flatMap(({ text, options }) => [text, ...options])]
  const words = ` ${typed.map(searchKey).join(' ')} `
  const members = await membersOf(tx, vote.branchId, ctx.today())
  return members.some(({ fullName }) => words.includes(` ${searchKey(fullName)} `))
}
