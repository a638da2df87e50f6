import { may } from '../../domain/access.ts'
import { type CapWarning, checkCap } from '../../domain/caps.ts'
import type { Level } from '../../domain/packs/schema.ts'
import { isPeriod, type Period } from '../../domain/period.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { groupChatsOf } from '../linking/index.ts'
import { openDraft } from './drafts.ts'
import { type Candidate, cadresOf } from './find-cadres.ts'
import { asLevel, resultsInForce } from './find-results.ts'
import { numberOf, numberParts, printedNumber } from './issue-number.ts'
import { type Issuer, issuerOf } from './issuer.ts'
import { schemeFor } from './schemes/scheme-for.ts'
import { draftVersion, settleBranches } from './settle-branches.ts'

export interface BranchPreview {
  readonly name: string
  readonly levels: readonly Level[]
  /** Without one the notice is handed over on paper. */
  readonly hasGroup: boolean
}

/** A result as the preview shows it. */
export interface ShownResult {
  readonly level: Level
  readonly score: number | null
  readonly remark: string | null
}

/** A result that would take the place of one in force. */
export interface Correction {
  readonly name: string
  /** The printed number of the notice that is corrected. */
  readonly number: string
  readonly before: ShownResult
  readonly after: ShownResult
}

/** What a leader sees before the results go out. */
export interface EvaluationPreview {
  readonly issueId: number
  readonly period: Period
  readonly branches: readonly BranchPreview[]
  /** Those who were in another branch on the period's last day: from where to where, `to` null where they are in none now. */
  readonly moved: readonly { readonly from: string; readonly to: string | null; readonly names: readonly string[] }[]
  /** Those who belong to no branch today: they alone and the office are told. */
  readonly withoutBranch: readonly string[]
  /** What a confirmation of this preview carries. */
  readonly version: string
  /** Whom a ground of the rules rates whatever their score, each with it. */
  readonly overridden: readonly { readonly name: string; readonly score: number | null; readonly ground: string }[]
  /** What would be corrected, person by person. */
  readonly corrections: readonly Correction[]
  /** Cadres of the ward without a result of the period, in this draft or issued. */
  readonly missing: readonly string[]
  /** The cap is counted over the whole ward, with what is already issued for the period. */
  readonly cap: CapWarning | undefined
  /** Whether members confirm too, beside the secretary for the branch. */
  readonly membersConfirm: boolean
  /** Empty where this person may prepare but not issue. */
  readonly issuer: Issuer | null
}

/** A draft as it would go out today, with each result to the branch in which its person is today. Fails as {@link openDraft} does. */
export async function previewEvaluation(
  ctx: Context,
  { issueId }: { issueId: number },
): Promise<Result<EvaluationPreview>> {
  const draft = await openDraft(ctx, { issueId, kind: 'evaluation' })
  if (!draft.ok) return draft
  const { wardId, period } = draft.value
  if (period === null || !isPeriod(period)) return fail('notices.draftGone')
  const scheme = await schemeFor(ctx.db, wardId, period)
  if (!scheme.ok) return scheme
  const people = await settleBranches(ctx, { issueId, wardId, period })
  const entries = await ctx.db.noticeEntry.findMany({
    where: { issueId },
    include: {
      branch: { select: { id: true, code: true, name: true } },
      person: { select: { fullName: true } },
      corrects: { include: { issue: { select: numberParts } } },
    },
    orderBy: { id: 'asc' },
  })
  const own = new Set(entries.map(({ personId }) => personId))
  // What this draft corrects counts no more.
  const issued = (await resultsInForce(ctx.db, wardId, period)).filter(({ personId }) => !own.has(personId))
  const rated = new Set([...entries, ...issued].map(({ personId }) => personId))
  const cadres = await cadresOf(ctx.db, wardId, { period, today: ctx.today() })
  const levels = [...entries.map(({ level }) => asLevel(level)), ...issued.map(({ level }) => level)]
  const issuer = may(ctx.actor, 'notice.evaluation.issue', { wardId }).ok ? await issuerOf(ctx) : null
  return ok({
    issueId,
    period,
    branches: await byBranch(
      ctx,
      entries.flatMap(({ branch, level }) => (branch ? [{ branch, level }] : [])),
    ),
    moved: movedOf(entries, people),
    withoutBranch: entries.flatMap(({ branch, person }) => (branch ? [] : [person.fullName])),
    version: await draftVersion(ctx.db, issueId),
    overridden: entries.flatMap(({ person, score, disqualifier }) =>
      disqualifier === null ? [] : [{ name: person.fullName, score, ground: disqualifier }],
    ),
    corrections: entries.flatMap(({ person, corrects, ...after }) =>
      corrects === null
        ? []
        : [
            {
              name: person.fullName,
              number: printedNumber(ctx.texts, numberOf(corrects.issue)),
              before: shownOf(corrects),
              after: shownOf(after),
            },
          ],
    ),
    missing: cadres.filter(({ id }) => !rated.has(id)).map(({ fullName }) => fullName),
    cap: checkCap(scheme.value.pack, levels),
    membersConfirm: draft.value.membersConfirm,
    issuer: issuer?.ok ? issuer.value : null,
  })
}

function shownOf({
  level,
  score,
  remark,
}: {
  level: string
  score: number | null
  remark: string | null
}): ShownResult {
  return { level: asLevel(level), score, remark }
}

/** By the way they took, in the order of the branches that they left. */
function movedOf(
  entries: readonly { personId: number; branch: { id: number; name: string } | null }[],
  people: ReadonlyMap<number, Candidate>,
): EvaluationPreview['moved'] {
  const ways = entries.flatMap(({ personId, branch }) => {
    const person = people.get(personId)
    const then = person?.branchThen
    return person && then && then.id !== branch?.id ? [{ then, to: branch?.name ?? null, name: person.fullName }] : []
  })
  ways.sort((a, b) => byCode.compare(a.then.code, b.then.code) || byCode.compare(a.to ?? '', b.to ?? ''))
  const groups = Map.groupBy(ways, ({ then, to }) => `${then.id}>${to}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? [{ from: first.then.name, to: first.to, names: group.map(({ name }) => name) }] : []
  })
}

const byCode = new Intl.Collator('vi', { numeric: true })

async function byBranch(
  ctx: Context,
  entries: readonly { level: string; branch: { id: number; code: string; name: string } }[],
): Promise<BranchPreview[]> {
  const groups = [...Map.groupBy(entries, ({ branch }) => branch.id).values()].sort((a, b) =>
    byCode.compare(a[0]?.branch.code ?? '', b[0]?.branch.code ?? ''),
  )
  const branches = groups.flatMap(([first]) => first?.branch ?? [])
  const connected = await groupChatsOf(
    ctx.db,
    branches.map(({ id }) => id),
  )
  return branches.map(({ id, name }, index) => ({
    name,
    levels: groups[index]?.map(({ level }) => asLevel(level)) ?? [],
    hasGroup: connected.has(id),
  }))
}
