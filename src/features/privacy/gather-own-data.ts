import { dayAt, toUtcMidnight } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type Cell, writeWorkbook } from '../../platform/workbook.ts'
import type { DataSubject, Feature } from '../../telegram/feature.ts'

export interface OwnDataFile {
  data: Uint8Array
  records: number
}

/**
 * All that is held about whoever asks, as a workbook with a sheet for each capability that holds something. Asks no leave:
 * everybody reads their own data.
 */
export async function gatherOwnData(ctx: Context, features: readonly Feature[]): Promise<Result<OwnDataFile>> {
  const who = await subjectOf(ctx)
  if (who === null) return fail('privacy.nobody')
  const sheets: { sheet: string; rows: Cell[][] }[] = []
  let records = 0
  for (const { name, personalData } of features) {
    const held = personalData ? await personalData.collect(ctx, who) : []
    if (held.length === 0) continue
    records += held.length
    const rows = held.map(({ what, at, text }) => [ctx.texts(what), at && toUtcMidnight(dayAt(at)), text])
    const sheet = ctx.texts.find(`privacy:sheets.${name}`) ?? name
    sheets.push({ sheet, rows: [heading(ctx), ...rows] })
  }
  if (who.personId !== null) {
    const subject = { person: who.personId, records }
    await ctx.transaction((tx) => ctx.audit(tx, 'privacy.dataGiven', subject))
  }
  if (sheets.length === 0) return fail('privacy.nothingHeld')
  return ok({ data: await writeWorkbook(sheets), records })
}

/** The person and the account that speaks for them; an officer may be an account alone. */
async function subjectOf({ db, actor }: Context): Promise<DataSubject | null> {
  const { accountId, personId } = actor
  if (accountId === null) return null
  const links = personId === null ? [] : await db.accountLink.findMany({ where: { personId, endedAt: null } })
  return { personId, accountIds: [...new Set([accountId, ...links.map((link) => link.accountId)])] }
}

function heading({ texts }: Context): Cell[] {
  return [texts('privacy:columns.what'), texts('privacy:columns.at'), texts('privacy:columns.text')]
}
