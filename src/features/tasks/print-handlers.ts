import { branchesWhereMay, may } from '../../domain/access.ts'
import { numbersIn } from '../../telegram/button-data.ts'
import type { Turn } from '../../telegram/turn.ts'
import { branchOf } from '../registry/index.ts'
import { printSheets } from './print-sheets.ts'

/** `/phieuviec`: a sheet of what is open, one's own, or for those who follow the branch one for each person. */
export async function choosePrint(turn: Turn): Promise<void> {
  const { actor, db } = turn.context
  const own = [...new Set(actor.grants.flatMap(({ branchId }) => branchId ?? []))]
  const whole = branchesWhereMay(actor, 'task.view')
  const rows = []
  for (const id of own) {
    const branch = await branchOf(db, id)
    if (!branch) continue
    const { name, wardId } = branch
    if (actor.personId !== null && may(actor, 'task.view', { wardId, branchId: id, personId: actor.personId }).ok) {
      rows.push([{ text: turn.texts('tasks:printOwn', { branch: name }), data: `tprint:${id}.${actor.personId}` }])
    }
    if (whole.includes(id))
      rows.push([{ text: turn.texts('tasks:printBranch', { branch: name }), data: `tprint:${id}` }])
  }
  await turn.reply({ text: turn.texts('tasks:askPrint'), buttons: rows })
}

export const printButtons = {
  tprint: {
    handle: async (turn: Turn) => {
      const [branchId = -1, personId] = numbersIn(turn.args)
      const sheets = await printSheets(turn.context, { branchId, personId: personId ?? null })
      if (!sheets.ok) return turn.refuse(sheets.problem)
      await turn.sendFile({ name: turn.texts('tasks:sheetName'), data: sheets.value }, turn.texts('tasks:sheetType'))
    },
  },
}
