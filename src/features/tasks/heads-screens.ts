import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'

/** The secretary reads whom the branch has not given anything to do, and gives it by a button. */
export function headsForSecretary(
  texts: Texts,
  period: string,
  branchId: number,
  heads: readonly { id: number; fullName: string; title: string }[],
): Message {
  return {
    ...titled(
      texts('tasks:headsTitle', { period }),
      '',
      ...heads.map(({ fullName, title }, index) =>
        texts('tasks:headLine', { index: index + 1, name: fullName, title }),
      ),
      '',
      texts('tasks:headsHint'),
    ),
    buttons: heads.map(({ id, fullName }) => [
      { text: texts('tasks:giveTo', { name: fullName }), data: `tnew:${branchId}.${id}` },
    ]),
  }
}

/** The ward reads how many, never who. */
export function headsForWard(
  texts: Texts,
  count: { period: string; heads: number; idle: number; branches: number },
): Message {
  return titled(texts('tasks:headsWardTitle', { period: count.period }), texts('tasks:headsWardCount', count))
}
