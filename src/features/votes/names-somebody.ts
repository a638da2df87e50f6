import { mayName } from '../../domain/names.ts'
import type { Transaction } from '../../platform/database.ts'
import type { VoteView } from './vote-view.ts'

/**
 * Whether what was asked names people: those to be classified, or somebody in the ward's register, now or before, who stands in the
 * words that were typed. Asks no leave: it says nothing of anybody.
 */
export async function namesSomebody(tx: Transaction, vote: VoteView): Promise<boolean> {
  if (vote.questions.some(({ personId }) => personId !== null)) return true
  const typed = [vote.title, ...vote.questions.flatMap(({ text, options }) => [text, ...options])].join('. ')
  const { wardId } = await tx.organisation.findUniqueOrThrow({ where: { id: vote.branchId }, select: { wardId: true } })
  const people = await tx.person.findMany({ where: { wardId }, select: { fullName: true } })
  return mayName(
    typed,
    people.map(({ fullName }) => fullName),
  )
}
