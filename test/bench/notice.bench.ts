import { toUtcMidnight } from '../../src/domain/dates.ts'
import { draftPlain } from '../../src/features/notices/draft-plain.ts'
import { issuePlain } from '../../src/features/notices/issue-plain.ts'
import { createContext } from '../../src/platform/context.ts'
import type { Database } from '../../src/platform/database.ts'
import type { Sandbox } from '../../src/sandbox/index.ts'
import { speakerOf } from '../../src/telegram/speaker.ts'
import { withBot } from './frame/bots.ts'
import { createDatabase, kinds } from './frame/databases.ts'
import { pause } from './frame/load.ts'
import type { Benchmark, Row } from './frame/rows.ts'
import { type Branch, settleTown, startTelegram } from './frame/town.ts'
import { servicesOn } from './frame/vote.ts'

const groups = 1000
/** What Telegram lets a bot send in a second, as far as it says so; the sandbox refuses what is more. */
const permitted = 30

/** A notice of the ward to 1,000 groups, with Telegram's limits on: how much of the permitted rate is used, and what was refused. */
const notice: Benchmark = async () => {
  const [kind = 'PGlite'] = kinds()
  const database = await createDatabase(kind)
  const sandbox = await startTelegram({ floodLimits: true })
  try {
    await database.use(async ({ prisma }) => {
      const branches = await settleTown(prisma, sandbox, { branches: groups, members: 1 })
      await issue(prisma, branches)
    })
    const sending = watch(sandbox)
    const sent = await withBot('Liên Chi', sandbox, database, () => sending)
    const share = sent.perSecond / permitted
    const name = `a notice to ${groups} groups, ${kind}`
    const row = (what: string, unit: string, value: number): Row => ({
      name: `${name}, ${what}`,
      who: 'Liên Chi',
      unit,
      value,
    })
    return [
      row('all sent after', 's', sent.seconds),
      { ...row(`share of the permitted ${permitted}/s`, '×', share), aim: { atLeast: 0.95 } },
      { ...row('refused (429)', '', sent.refused), aim: { atMost: 0 } },
    ]
  } finally {
    await sandbox.close()
    await database.drop()
  }
}

export default notice

/** A leader of the ward issues it, to every branch. */
async function issue(db: Database, branches: readonly Branch[]): Promise<void> {
  const leader = branches[0]?.members[0]
  if (!leader) throw new Error('a town without people')
  const { wardId } = await db.organisation.findFirstOrThrow()
  const post = {
    post: 'wardSecretary',
    title: 'Bí thư Đảng ủy',
    from: toUtcMidnight(Temporal.PlainDate.from('2025-01-01')),
  }
  await db.position.create({ data: { wardId, personId: leader.personId, ...post } })
  const { actor } = await speakerOf(db, { id: BigInt(leader.account), name: '' }, new Date())
  const ctx = createContext(servicesOn(db), actor, null)
  const draft = await draftPlain(ctx, { text: 'Đề nghị các chi bộ báo cáo kết quả tháng trước ngày 25.', file: null })
  if (!draft.ok) throw new Error(draft.problem.code)
  const { issueId } = draft.value
  await db.noticeTarget.createMany({ data: branches.map(({ id }) => ({ issueId, branchId: id })) })
  const issued = await issuePlain(ctx, { issueId })
  if (!issued.ok) throw new Error(issued.problem.code)
}

/** Watches the calls, from before the program starts, until every group has the notice. */
async function watch({ world }: Sandbox): Promise<{ seconds: number; perSecond: number; refused: number }> {
  const moments: number[] = []
  let refused = 0
  const stop = world.state.calls.listen(({ method, ok }) => {
    if (method !== 'sendMessage') return
    if (ok) moments.push(performance.now())
    else refused += 1
  })
  const deadline = performance.now() + 180_000
  while (moments.length < groups && performance.now() < deadline) await pause(50)
  stop()
  const seconds = ((moments.at(-1) ?? 0) - (moments[0] ?? 0)) / 1000
  return { seconds, perSecond: (moments.length - 1) / seconds, refused }
}
