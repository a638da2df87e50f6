import type { Context } from '../platform/context.ts'
import type { Feature, OwedItem } from './feature.ts'
import { showPickList } from './pick-list.ts'
import type { Turn } from './turn.ts'

const linesPerPage = 10

/** `/viecchuaxong`: everything that a person still owes, whatever it is, numbered, each with the button that does it. */
export function owedFeature(features: () => readonly Feature[]): Feature {
  return {
    name: 'owed',
    commands: [
      {
        name: 'viecchuaxong',
        chats: ['private'],
        audience: 'linked',
        label: 'telegram:labelOwed',
        handle: async (turn) => {
          const items = await allOwed(features(), turn.context)
          if (items.length === 0) return turn.notify(turn.texts('telegram:nothingOwed'))
          await showPickList(turn, listOf(turn, items, 0))
        },
      },
    ],
    buttons: {
      owed: {
        handle: async (turn) => {
          const items = await allOwed(features(), turn.context)
          await showPickList(turn, listOf(turn, items, Math.max(0, Number(turn.args) || 0)))
        },
      },
    },
  }
}

/** What the acting person owes in all features, what is due first at the top. */
async function allOwed(features: readonly Feature[], context: Context): Promise<OwedItem[]> {
  const { personId } = context.actor
  if (personId === null) return []
  const items: OwedItem[] = []
  for (const feature of features) items.push(...((await feature.owed?.(context, personId)) ?? []))
  return items.sort(byDueDate)
}

function byDueDate(a: OwedItem, b: OwedItem): number {
  if (a.dueOn && b.dueOn) return Temporal.PlainDate.compare(a.dueOn, b.dueOn)
  return Number(a.dueOn === null) - Number(b.dueOn === null)
}

function listOf(turn: Turn, items: readonly OwedItem[], page: number) {
  return {
    title: turn.texts('telegram:owedTitle', { count: items.length }),
    items,
    page,
    linesPerPage,
    pageData: (other: number) => `owed:${other}`,
  }
}
