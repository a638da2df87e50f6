import { formatPeriod, monthOf } from '../../domain/period.ts'
import { writeWorkbook } from '../../platform/workbook.ts'
import { cadreResults } from '../generate/results.ts'
import { resultsWorkbookRows } from '../generate/workbook.ts'
import type { Stage } from '../stage.ts'

const month = Temporal.PlainDate.from('2026-11-25')

/** The chair sends the month's results; every residential branch reads its own cadres, and its secretary confirms. */
export async function issueResults(stage: Stage): Promise<void> {
  const { texts, ward, people } = stage
  await stage.scene(texts('demo:results.scene'))
  const period = monthOf(month)
  const chair = stage.holder('peoplesCommitteeChair', null)
  const caption = formatPeriod(period)
  const file = { name: texts('demo:results.file'), caption }

  await stage.say(chair, chair.account, '/ketqua')
  await stage.sees(chair, chair.account, texts('notices:resultsTitle'))
  await stage.send(chair, chair.account, { ...file, data: await writeWorkbook(withScore(stage, 101)) })
  await stage.sees(chair, chair.account, '101')
  await stage.send(chair, chair.account, { ...file, data: await writeWorkbook(resultsWorkbookRows(ward, period)) })
  const preview = await stage.sees(chair, chair.account, texts('notices:previewTitle', { period: caption }))
  await stage.press(chair, chair.account, preview, texts('notices:sendResults'))
  await stage.sees(chair, chair.account, texts('notices:issuedTitle', { number: '1-TB/ĐU' }).split('1-')[0] ?? '')

  const title = texts('notices:evaluationTitle', { period: caption })
  const cadres = cadreResults(ward, period)
  const branches = ward.branches.filter(({ sector }) => sector === 'residential')
  for (const branch of branches) {
    const secretary = stage.holder('secretary', branch.code)
    const group = stage.group(branch.code)
    const notice = await stage.sees(secretary, group, title)
    const lines = notice.text.split('\n').filter((line) => /^\d+\. /.test(line))
    const own = cadres.filter(({ branchName }) => branchName === branch.name).map(({ name }) => name)
    await stage.check(
      lines.length === own.length && own.every((name) => lines.some((line) => line.includes(name))),
      texts('demo:results.onlyOwn', { branch: branch.name, count: own.length }),
    )
    if (branch.code === 'CB09') continue
    if (branch.code === 'CB01') {
      const member = stage.plainMember(branch.code)
      await stage.press(member, group, notice, texts('notices:acknowledgeButton'))
    }
    await stage.press(secretary, group, notice, texts('notices:acknowledgeButton'))
  }
  const schools = ward.branches.filter(({ sector }) => sector !== 'residential')
  for (const { code } of schools) {
    const seen = await people.read(stage.holder('secretary', code).account, stage.group(code))
    if (seen.some(({ text }) => text.includes(title))) throw new Error(`${code} received results of others`)
  }
  await stage.check(true, texts('demo:results.nobodyElse', { count: schools.length }))

  const cadre = stage.linkedCadre()
  await stage.sees(cadre, cadre.account, texts('notices:ownTitle', { period: caption }))
  await stage.say(chair, chair.account, '/tinhhinh')
  const status = await stage.sees(chair, chair.account, texts('notices:confirmedCount', { count: 8, of: 9 }))
  await stage.check(status.text.includes(stage.branchName('CB09')), texts('demo:results.missingNamed'))
}

function withScore({ ward }: Stage, score: number) {
  return resultsWorkbookRows(ward, monthOf(month)).map(({ sheet, rows }) => ({
    sheet,
    rows: rows.map((row, index) => (index === 2 ? row.map((cell, column) => (column === 3 ? score : cell)) : row)),
  }))
}
