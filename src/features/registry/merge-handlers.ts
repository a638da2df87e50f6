import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { buttonNumbers } from './button-numbers.ts'
import { findDuplicates } from './find-duplicates.ts'
import { markDistinct, mergePeople, viewPair } from './merge-people.ts'
import { duplicateList, mergedMessage, pairCard } from './merge-screens.ts'

/** `/trunghoso`: records that may be one person. */
export async function showDuplicates(turn: Turn): Promise<void> {
  await listDuplicates(turn, 0)
}

/** Button `rpairs:<page>` */
export async function showDuplicatePage(turn: Turn): Promise<void> {
  const [page] = buttonNumbers(turn.args)
  await listDuplicates(turn, page)
}

async function listDuplicates(turn: Turn, page: number): Promise<void> {
  const found = await findDuplicates(turn.context)
  if (!found.ok) return turn.refuse(found.problem)
  if (found.value.length === 0) return turn.tell(turn.texts('registry:noDuplicates'))
  await showPickList(turn, duplicateList(turn.texts, found.value, page))
}

/** Button `rpair:<person>:<person>` */
export async function showPair(turn: Turn): Promise<void> {
  const pair = await viewPair(turn.context, { ids: buttonNumbers(turn.args) })
  if (!pair.ok) return turn.refuse(pair.problem)
  await turn.reply(pairCard(turn.texts, pair.value))
}

/** Button `rmerge:<person>:<person>` */
export async function merge(turn: Turn): Promise<void> {
  const merged = await mergePeople(turn.context, { ids: buttonNumbers(turn.args) })
  if (!merged.ok) return turn.refuse(merged.problem)
  await turn.edit(mergedMessage(turn.texts, merged.value))
}

/** Button `rtwo:<person>:<person>` */
export async function keepApart(turn: Turn): Promise<void> {
  const marked = await markDistinct(turn.context, { ids: buttonNumbers(turn.args) })
  if (!marked.ok) return turn.refuse(marked.problem)
  await turn.edit({ text: turn.texts('registry:keptApart') })
}
