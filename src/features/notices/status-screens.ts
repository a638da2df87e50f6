import { dayAt } from '../../domain/dates.ts'
import { formatDate, formatDateTime, formatPercent } from '../../domain/formats.ts'
import { formatPeriod } from '../../domain/period.ts'
import { cutText } from '../../platform/long-text.ts'
import { type Button, lines, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { type BranchStatus, isOpen } from './branch-status.ts'
import type { Handed } from './handed.ts'
import { printedNumber } from './issue-number.ts'
import { peopleLines, seenSay } from './people-status-screens.ts'
import { needsHand } from './view-people-status.ts'
import type { IssueStatus } from './view-status.ts'

const longestSubject = 40

/** Who has confirmed an issue and who has not, in the whole ward; what the acting person may do about it beneath. */
export function wardStatusMessage(
  texts: Texts,
  status: IssueStatus,
  { mayCorrect = false, mayHandOver = false } = {},
): Message {
  const { issueId, branches } = status
  const { confirmed, handed, replaced, paper, waiting } = sortedBranches(branches)
  const lost = paper.length + status.people.filter(needsHand).length
  let index = 0
  const section = (title: string, members: readonly BranchStatus[], say: (branch: BranchStatus) => string) =>
    members.length > 0 && lines('', title, ...members.map((branch) => `${++index}. ${say(branch)}`))
  const open = waiting.length + paper.length
  const button = (text: string, data: string): Button[][] => [[{ text, data }]]
  return {
    ...titled(
      texts('notices:statusTitle', { number: printedNumber(texts, status.number) }),
      texts('notices:statusSubject', { subject: subjectOf(texts, status), at: formatDateTime(status.issuedAt) }),
      status.dueOn && texts('notices:dueLine', { date: formatDate(status.dueOn) }),
      branches.length > 0 &&
        texts('notices:confirmedCount', { count: confirmed.length, of: branches.length - replaced.length }),
      promptnessLine(texts, status),
      status.period !== null && texts('notices:ownResultCount', status.ownResults),
      section(texts('notices:openTitle', { count: waiting.length }), waiting, (branch) => openLine(texts, branch)),
      section(texts('notices:paperTitle', { count: paper.length }), paper, (branch) => paperLine(texts, branch)),
      section(texts('notices:handedTitle', { count: handed.length }), handed, (branch) =>
        handedLine(texts, branch.branchName, branch.handed),
      ),
      section(texts('notices:confirmedTitle', { count: confirmed.length }), confirmed, (branch) =>
        confirmedLine(texts, branch),
      ),
      section(texts('notices:replacedTitle', { count: replaced.length }), replaced, ({ branchName }) => branchName),
      ...peopleLines(texts, status.people, index),
    ),
    buttons: [
      ...(open > 0 ? button(texts('notices:missingButton'), `nmissing:${issueId}`) : []),
      ...(branches.some(({ members }) => members)
        ? button(texts('notices:allReadersButton'), `nallreaders:${issueId}`)
        : []),
      ...(lost > 0 && mayHandOver ? button(texts('notices:paperButton'), `npaperof:${issueId}`) : []),
      ...(mayCorrect && status.period === null ? button(texts('notices:correctButton'), `nfix:${issueId}`) : []),
      ...button(texts('notices:othersButton'), 'nrecent:'),
    ],
  }
}

/** Every branch in exactly one of five places. */
export function sortedBranches(branches: readonly BranchStatus[]) {
  const open = branches.filter(isOpen)
  const rest = branches.filter(({ acknowledged }) => acknowledged === null)
  return {
    confirmed: branches.filter(({ acknowledged }) => acknowledged !== null),
    handed: rest.filter(({ handed }) => handed !== null),
    replaced: rest.filter(({ handed, replaced }) => handed === null && replaced),
    paper: open.filter(({ paper }) => paper !== null),
    waiting: open.filter(({ paper }) => paper === null),
  }
}

/** To the group of the ward's leaders: how many branches have confirmed and which have not, without anybody's name. */
export function overviewMessage(texts: Texts, status: IssueStatus): Message {
  const { branches } = status
  const { confirmed, replaced, paper, waiting } = sortedBranches(branches)
  const open = branches.filter((branch) => paper.includes(branch) || waiting.includes(branch))
  return titled(
    texts('notices:statusTitle', { number: printedNumber(texts, status.number) }),
    texts('notices:statusSubject', { subject: subjectOf(texts, status), at: formatDateTime(status.issuedAt) }),
    texts('notices:confirmedCount', { count: confirmed.length, of: branches.length - replaced.length }),
    ...(open.length > 0
      ? [
          '',
          texts('notices:overviewOpen', { count: open.length }),
          ...open.map(({ branchName }, at) => `${at + 1}. ${branchName}`),
        ]
      : []),
  )
}

/** The latest notices of somebody's own branches, each to be confirmed here where it has not been in the group. */
export function branchStatusMessage(
  texts: Texts,
  recent: readonly IssueStatus[],
  mayAcknowledge: (branchId: number) => boolean,
): Message {
  const buttons: Button[][] = []
  const shown = recent.flatMap((issue, index) => {
    const number = printedNumber(texts, issue.number)
    const head = texts('notices:ownNoticeLine', {
      index: index + 1,
      number,
      date: formatDate(dayAt(issue.issuedAt)),
      subject: subjectOf(texts, issue),
    })
    return [
      '',
      head,
      ...issue.branches.map((branch) => {
        if (branch.members) {
          const { noticeId } = branch
          buttons.push([{ text: texts('notices:readersButton', { number }), data: `nreaders:${noticeId}` }])
        }
        if (branch.acknowledged) return `   ${confirmedLine(texts, branch)}`
        if (branch.replaced) return `   ${texts('notices:replacedLine', { branch: branch.branchName })}`
        if (mayAcknowledge(branch.branchId)) {
          buttons.push([{ text: texts('notices:acknowledgeNumber', { number }), data: `nack:${branch.noticeId}` }])
        }
        if (branch.handed) return `   ${handedLine(texts, branch.branchName, branch.handed)}`
        return `   ${openLine(texts, branch)}, ${texts('notices:notConfirmed')}`
      }),
    ]
  })
  return { ...titled(texts('notices:ownStatusTitle'), ...shown), ...(buttons.length > 0 ? { buttons } : {}) }
}

/** Whom to ask in the branches that have not confirmed. */
export function missingMessage(
  texts: Texts,
  status: IssueStatus,
  branches: readonly { name: string; leaders: readonly { post: string; name: string }[] }[],
): Message {
  const shown = branches.flatMap(({ name, leaders }, index) => [
    `${index + 1}. ${name}`,
    ...(leaders.length === 0
      ? [`   ${texts('notices:noLeaders')}`]
      : leaders.map((leader) => `   ${texts('notices:leaderLine', leader)}`)),
  ])
  const title = texts('notices:missingTitle', { number: printedNumber(texts, status.number) })
  return titled(title, '', ...(shown.length > 0 ? shown : [texts('notices:noneMissing')]))
}

/** What an issue is about, for lists. */
export function subjectOf(texts: Texts, { period, text }: Pick<IssueStatus, 'period' | 'text'>): string {
  if (period !== null) return texts('notices:evaluationSubject', { period: formatPeriod(period) })
  const [first = ''] = text.split('\n')
  if (first === '') return texts('notices:plainSubject')
  return texts('notices:plainSubjectWith', {
    words: first.length > longestSubject ? `${cutText(first, longestSubject)[0]}…` : first,
  })
}

function confirmedLine(texts: Texts, branch: BranchStatus): string {
  const { branchName, acknowledged } = branch
  if (!acknowledged) return branchName
  const { name, title, at } = acknowledged
  return (
    texts('notices:confirmedLine', { branch: branchName, name, title, at: formatDateTime(at) }) +
    membersSay(texts, branch)
  )
}

/** Where it is, and whether anybody who could confirm has opened it. */
function openLine(texts: Texts, branch: BranchStatus): string {
  return `${deliveryLine(texts, branch)}, ${seenSay(texts, branch.seenAt)}${membersSay(texts, branch)}`
}

function paperLine(texts: Texts, branch: BranchStatus): string {
  if (branch.paper !== 'noSecretary') return deliveryLine(texts, branch)
  return texts('notices:copyLine', { name: branch.branchName, reason: texts('notices:paperReason.noSecretary') })
}

function handedLine(texts: Texts, name: string, handed: Handed | null): string {
  if (!handed) return name
  const { toName, byName, at } = handed
  return texts('notices:handedLine', { name, to: toName, by: byName, at: formatDateTime(at) })
}

function membersSay(texts: Texts, { members }: BranchStatus): string {
  return members ? `; ${texts('notices:membersLine', members)}` : ''
}

function promptnessLine(texts: Texts, { promptness: { prompt, of } }: IssueStatus): string | false {
  return of > 0 && texts('notices:promptness', { count: prompt, of, share: formatPercent(prompt / of) })
}

function deliveryLine(texts: Texts, { branchName, delivery, error }: BranchStatus): string {
  const line = texts(`notices:delivery.${delivery}`, { branch: branchName })
  return delivery === 'failed' ? texts('notices:because', { line, reason: reasonOf(texts, error ?? '') }) : line
}

/** Telegram's reason in words that say what to mend; one we do not know stands as it is. */
function reasonOf(texts: Texts, error: string): string {
  if (/kicked|not a member|removed/i.test(error)) return texts('notices:failure.kicked')
  if (/chat not found|deleted|deactivated/i.test(error)) return texts('notices:failure.gone')
  if (/not enough rights|have no rights|restricted/i.test(error)) return texts('notices:failure.rights')
  return error === '' ? texts('notices:failure.unknown') : error
}
