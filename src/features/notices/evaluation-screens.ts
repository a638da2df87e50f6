import type { CapWarning } from '../../domain/caps.ts'
import { formatNumber } from '../../domain/formats.ts'
import { levels } from '../../domain/packs/schema.ts'
import { formatPeriod, isPeriod, type Period } from '../../domain/period.ts'
import { type Button, lines, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { FormerBranch } from './check-results.ts'
import { printedNumber } from './issue-number.ts'
import type { IssuedNotice } from './issued-notice.ts'
import type { BranchPreview, Correction, EvaluationPreview, ShownResult } from './preview-evaluation.ts'
import type { SheetProblem } from './read-result-sheet.ts'
import type { WaitingDraft } from './result-template.ts'

const shownProblems = 20
const shownNames = 20

/** What to do with the sheet that follows, and the drafts that wait. */
export function explainMessage(texts: Texts, drafts: readonly WaitingDraft[], period: Period): Message {
  const buttons = drafts.map(({ issueId, period, peopleCount }): Button[] => {
    const name = isPeriod(period) ? formatPeriod(period) : period
    return [{ text: texts('notices:waitingDraft', { period: name, count: peopleCount }), data: `nwait:${issueId}` }]
  })
  const waiting = drafts.length > 0 && `\n${texts('notices:draftsWait')}`
  return {
    ...titled(texts('notices:resultsTitle'), texts('notices:explainFill'), texts('notices:explainSend'), waiting),
    buttons: [
      ...buttons,
      [{ text: texts('entries:label'), data: `nel:${period}:0` }],
      [{ text: texts('entries:pasteButton'), data: `nepaste:${period}` }],
      [{ text: texts('common:cancel'), data: 'cancel' }],
    ],
  }
}

export function askPeriodMessage(texts: Texts, periods: readonly Period[]): Message {
  return {
    text: texts('notices:whichPeriod'),
    buttons: [
      ...periods.map((period): Button[] => [{ text: capital(formatPeriod(period)), data: `nperiod:${period}` }]),
      [{ text: texts('common:cancel'), data: 'cancel' }],
    ],
  }
}

/** Everything to mend in a workbook, place by place. */
export function problemsMessage(texts: Texts, period: Period, problems: readonly SheetProblem[]): Message {
  const shown = problems.slice(0, shownProblems).map(({ sheet, row, column, value, problem }, index) => {
    const place = { index: index + 1, sheet, row, column, problem: texts.problem(problem) }
    return value === ''
      ? texts('notices:problemLine', place)
      : texts('notices:problemLineWithValue', { ...place, value: value.slice(0, 60) })
  })
  const more = problems.length - shown.length
  return titled(
    texts('notices:problemsTitle', { period: formatPeriod(period), count: problems.length }),
    '',
    ...shown,
    more > 0 && texts('notices:moreProblems', { count: more }),
    '',
    texts('notices:mendAndSend'),
  )
}

/** How the results would go out, branch by branch, and in whose name; `former` are those whose lines named a branch they have left. */
export function previewMessage(
  texts: Texts,
  preview: EvaluationPreview,
  former: readonly FormerBranch[] = [],
): Message {
  const { moved, withoutBranch, version } = preview
  const { period, branches, overridden, corrections, missing, cap, issuer, issueId } = preview
  const withoutGroup = branches.filter(({ hasGroup }) => !hasGroup).map(({ name }) => name)
  const people = branches.reduce((sum, branch) => sum + branch.levels.length, withoutBranch.length)
  const named = new Set(moved.flatMap(({ names }) => names))
  const others = former.filter(({ name }) => !named.has(name)).map(({ name }) => name)
  const drop = { text: texts('common:cancel'), data: `ndrop:${issueId}` }
  const send = { text: texts('notices:sendResults'), data: `nissue:${issueId}:${version}` }
  return {
    ...titled(
      texts('notices:previewTitle', { period: formatPeriod(period) }),
      texts('notices:previewTotal', { people, branches: branches.length }),
      '',
      ...branches.map((branch, index) => branchLine(texts, branch, index)),
      moved.length > 0 && lines('', texts('notices:previewMoved')),
      ...moved.map((way) => wayLine(texts, way)),
      withoutBranch.length > 0 &&
        `\n${texts('notices:previewWithoutBranch', { count: withoutBranch.length, names: listed(texts, withoutBranch) })}`,
      others.length > 0 &&
        `\n${texts('notices:formerBranches', { count: others.length, names: listed(texts, others) })}`,
      overridden.length > 0 && lines('', texts('notices:overriddenTitle')),
      ...overridden.map((person, index) => overriddenLine(texts, person, index)),
      corrections.length > 0 && lines('', texts('notices:correctionsTitle', { count: corrections.length })),
      ...corrections.map((correction, index) => correctionLine(texts, correction, index)),
      missing.length > 0 &&
        `\n${texts('notices:missingCadres', { count: missing.length, names: listed(texts, missing) })}`,
      withoutGroup.length > 0 && `\n${texts('notices:withoutGroup', { names: listed(texts, withoutGroup) })}`,
      cap && `\n${capLine(texts, cap)}`,
      '',
      issuer ? texts('notices:inTheNameOf', { name: issuer.name, title: issuer.title }) : texts('notices:leaderSends'),
    ),
    buttons: issuer ? [[send], [membersButton(texts, preview)], [drop]] : [[drop]],
  }
}

/** Says whether members confirm too, and changes it. */
export function membersButton(
  texts: Texts,
  { issueId, membersConfirm }: { issueId: number; membersConfirm: boolean },
): Button {
  const value = texts(membersConfirm ? 'notices:yes' : 'notices:no')
  return { text: texts('notices:membersButton', { value }), data: `nmembers:${issueId}:${membersConfirm ? 0 : 1}` }
}

/** That it went out, under which number, and where paper is needed. */
export function issuedMessage(texts: Texts, issued: IssuedNotice): Message {
  const { number, branches, people, period, peopleCount } = issued
  const unreached = people.filter(({ hasChat }) => !hasChat).map(({ name }) => name)
  const withoutGroup = branches.filter(({ hasGroup }) => !hasGroup).map(({ name }) => name)
  return {
    ...titled(
      texts('notices:issuedTitle', { number: printedNumber(texts, number) }),
      period !== null && texts('notices:issuedResults', { period: formatPeriod(period), count: peopleCount }),
      branches.length > 0 && texts('notices:issuedTo', { count: branches.length - withoutGroup.length }),
      people.length > unreached.length && texts('notices:issuedToPeople', { count: people.length - unreached.length }),
      withoutGroup.length > 0 && `\n${texts('notices:handOver', { names: listed(texts, withoutGroup) })}`,
      unreached.length > 0 && `\n${texts('notices:handToPeople', { names: listed(texts, unreached) })}`,
    ),
    buttons: [[{ text: texts('notices:followButton'), data: 'menu:tinhhinh' }]],
  }
}

/** Names in a row; of many the first, and how many more. */
export function listed(texts: Texts, names: readonly string[]): string {
  const more = names.length - shownNames
  const shown = names.slice(0, shownNames).join(', ')
  return more > 0 ? texts('notices:andMore', { names: shown, count: more }) : shown
}

function branchLine(texts: Texts, { name, levels: given }: BranchPreview, index: number): string {
  const counts = levels.flatMap((level) => {
    const count = given.filter((one) => one === level).length
    return count > 0 ? [texts('notices:levelCount', { count, level: texts(`notices:shortLevels.${level}`) })] : []
  })
  return lines(
    texts('notices:branchCount', { index: index + 1, branch: name, count: given.length }),
    `   ${counts.join(', ')}`,
  )
}

function wayLine(texts: Texts, { from, to, names }: EvaluationPreview['moved'][number]): string {
  const shown = listed(texts, names)
  return to === null
    ? texts('notices:previewLeft', { from, names: shown })
    : texts('notices:previewWay', { from, to, names: shown })
}

function overriddenLine(
  texts: Texts,
  { name, score, ground }: EvaluationPreview['overridden'][number],
  index: number,
): string {
  const line = { index: index + 1, name, ground }
  return score === null
    ? texts('notices:overridden', line)
    : texts('notices:overriddenScore', { ...line, score: formatNumber(score) })
}

function correctionLine(texts: Texts, { name, number, before, after }: Correction, index: number): string {
  const said = ({ level, score }: ShownResult) => {
    const words = texts(`notices:shortLevels.${level}`)
    return score === null ? words : texts('notices:levelWithScore', { level: words, score: formatNumber(score) })
  }
  const [from, to] = [said(before), said(after)]
  const line = { index: index + 1, name, number, from, to }
  return from === to ? texts('notices:remarkCorrected', line) : texts('notices:resultCorrected', line)
}

function capLine(texts: Texts, { excellent, allowed, percent, basis, of, outstanding }: CapWarning): string {
  const sum = { excellent, allowed, percent, basis, over: excellent - allowed }
  return lines(
    texts(of === 'good' ? 'notices:capOfGood' : 'notices:capOfRated', sum),
    outstanding && texts('notices:capOutstanding', outstanding),
    texts('notices:capDecides'),
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
