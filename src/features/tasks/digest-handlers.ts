import type { FormHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { branchesWithDigest, type Digest, digestOf, setDigest } from './set-digest.ts'

export const digestForm = 'taskDigest'

/** `/tinviec`: at which hour the group reads what is still to be done. */
export async function chooseDigest(turn: Turn): Promise<void> {
  const branches = turn.chat.branch ? [turn.chat.branch] : await branchesWithDigest(turn.context)
  const [first, second] = branches
  if (first && !second) return askHour(turn, first.id)
  await showPickList(turn, {
    title: turn.texts('tasks:askBranch'),
    items: branches.map(({ id, name }) => ({ label: name, data: `tdig:${id}` })),
  })
}

export const digestButtons = {
  tdig: {
    handle: async (turn: Turn) => {
      const [branchId = -1, hour, every] = turn.args
        .split('.')
        .map((part, index) => (index < 2 ? numberOr(part) : part))
      if (typeof branchId !== 'number') return turn.notify(turn.texts('telegram:oldButton'), true)
      if (hour === undefined) return askHour(turn, branchId)
      if (typeof hour !== 'number') return save(turn, branchId, null)
      await save(turn, branchId, { hour, every: every === 'week' ? 'week' : 'day' })
    },
  },
}

/** The hour, as typed: `19`, `19h`, `19 giờ`, `19:00`. */
export const answerDigest: FormHandler['handle'] = async (turn, { branchId }) => {
  if (typeof branchId !== 'number' || !turn.message?.text) return false
  const typed = /^\s*(\d{1,2})\s*(?:h|giờ|g|:00|h00)?\s*$/iu.exec(turn.message.text.normalize('NFC'))
  const hour = Number(typed?.[1] ?? -1)
  if (hour < 0 || hour > 23) return turn.refuse({ code: 'tasks.noSuchHour' })
  await turn.closeForm()
  await save(turn, branchId, { hour, every: 'day' })
}

async function askHour(turn: Turn, branchId: number): Promise<void> {
  const digest = await digestOf(turn.context, branchId)
  if (!digest.ok) return turn.refuse(digest.problem)
  const now = digest.value
  const row = (text: string, data: string) => [{ text, data: `tdig:${branchId}.${data}` }]
  await turn.ask(
    digestForm,
    { branchId },
    {
      text: [
        now ? saidOf(turn, now) : turn.texts('tasks:digestOff'),
        turn.texts(turn.chat.kind === 'group' ? 'tasks:askHourInGroup' : 'tasks:askHour'),
      ].join('\n'),
      buttons: [
        row(turn.texts('tasks:eachDayAt', { hour: 7 }), '7.day'),
        row(turn.texts('tasks:eachDayAt', { hour: 19 }), '19.day'),
        row(turn.texts('tasks:eachMondayAt', { hour: 7 }), '7.week'),
        row(turn.texts('tasks:noDigest'), 'off'),
        [{ text: turn.texts('common:cancel'), data: 'cancel' }],
      ],
    },
  )
}

async function save(turn: Turn, branchId: number, digest: Digest | null): Promise<void> {
  const done = await setDigest(turn.context, branchId, digest)
  if (!done.ok) return turn.refuse(done.problem)
  await turn.closeForm()
  await turn.edit({ text: digest ? saidOf(turn, digest) : turn.texts('tasks:digestOff') })
}

function saidOf(turn: Turn, { hour, every }: Digest): string {
  return turn.texts(every === 'week' ? 'tasks:digestEachMonday' : 'tasks:digestEachDay', { hour })
}

function numberOr(part: string): number | string {
  return /^\d{1,9}$/.test(part) ? Number(part) : part
}
