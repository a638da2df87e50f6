import { toUtcMidnight } from '../../domain/dates.ts'
import { writeWorkbook } from '../../platform/workbook.ts'
import { wardWorkbookRows } from '../generate/workbook.ts'
import type { Stage } from '../stage.ts'

/** Who comes to the ward during the month. Generated like all the others; not in the first workbook. */
export const newcomer = { number: 'ĐV0643', name: 'Đặng Thị Thu Hiền', birthYear: 1961, branchCode: 'CB04' } as const

/** The officer sends the registry: once with a mistake, once unchanged, once with somebody new. */
export async function keepRegistry(stage: Stage): Promise<void> {
  const { texts, ward } = stage
  await stage.scene(texts('demo:registry.scene'))
  const officer = stage.member(ward.officerNumber)
  const chat = officer.account
  const name = texts('demo:registry.file')

  await stage.send(officer, chat, { name, data: await writeWorkbook(withNewcomer(stage, 'CB99')) })
  await stage.sees(officer, chat, 'CB99')

  await stage.send(officer, chat, { name, data: await writeWorkbook(wardWorkbookRows(ward)) })
  const same = await stage.sees(officer, chat, texts('registry:nothingNew'))
  await stage.check(same.buttons.length === 0, texts('demo:registry.sameTwice'))

  await stage.send(officer, chat, { name, data: await writeWorkbook(withNewcomer(stage, newcomer.branchCode)) })
  const preview = await stage.sees(officer, chat, texts('registry:previewTitle'))
  await stage.press(officer, chat, preview, texts('registry:confirmButton'))
  await stage.sees(officer, chat, texts('registry:writtenTitle'))
}

function withNewcomer({ ward }: Stage, branchCode: string) {
  const day = (iso: string) => toUtcMidnight(Temporal.PlainDate.from(iso))
  return wardWorkbookRows(ward).map(({ sheet, rows }, index) => {
    if (index !== 1) return { sheet, rows }
    const [header = [], example = []] = rows
    const row = [
      newcomer.number,
      newcomer.name,
      day(`${newcomer.birthYear}-03-08`),
      'Nữ',
      null,
      branchCode,
      example[6] ?? null,
    ]
    const dates = [day('1990-05-19'), day('1991-05-19'), day('2026-11-01')]
    return { sheet, rows: [header, ...rows.slice(1), [...row, ...dates, null, null, null]] }
  })
}
