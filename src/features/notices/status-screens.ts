import { dayAt } from '../../domain/dates.ts'
import { formatDate, formatDateTime } from '../../domain/formats.ts'
import { formatPeriod } from '../../domain/period.ts'
import { cutText } from '../../platform/long-text.ts'
import { type Button, lines, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { printedNumber } from './issue-number.ts'
import { type BranchStatus, type IssueStatus, isOpen } from './view-status.ts'

const longestSubject = 40

/** Who has confirmed an issue and who has not, in the whole ward. */
export function wardStatusMessage(texts: Texts, status: IssueStatus): Message {
  const { branches } = status
  const confirmed = branches.filter(({ acknowledged }) => acknowledged !== null)
  const open = branches.filter(isOpen)
  const replaced = branches.filter((branch) => branch.replaced && branch.acknowledged === null)
  const paper = open.filter(({ delivery }) => delivery === 'paper')
  const waiting = open.filter(({ delivery }) => delivery !== 'paper')
  let index = 0
  const section = (title: string, members: readonly BranchStatus[], say: (branch: BranchStatus) => string) =>
    members.length > 0 && lines('', title, ...members.map((branch) => `${++index}. ${say(branch)}`))
  const missing = { text: texts('notices:missingButton'), data: `nmissing:${status.issueId}` }
  const others = { text: texts('notices:othersButton'), data: 'nrecent:' }
  return {
    ...titled(
      texts('notices:statusTitle', { number: printedNumber(texts, status.number) }),
      texts('notices:statusSubject', { subject: subjectOf(texts, status), at: formatDateTime(status.issuedAt) }),
      texts('notices:confirmedCount', { count: confirmed.length, of: branches.length - replaced.length }),
      status.period !== null && texts('notices:ownResultCount', status.ownResults),
      section(texts('notices:openTitle', { count: waiting.length }), waiting, (branch) => deliveryLine(texts, branch)),
      section(texts('notices:paperTitle', { count: paper.length }), paper, ({ branchName }) => branchName),
      section(texts('notices:confirmedTitle', { count: confirmed.length }), confirmed, (branch) =>
        confirmedLine(texts, branch),
      ),
      section(texts('notices:replacedTitle', { count: replaced.length }), replaced, ({ branchName }) => branchName),
    ),
    buttons: [...(open.length > 0 ? [[missing]] : []), [others]],
  }
}

/** To the group of the ward's leaders: how many branches have confirmed and which have not, without anybody's name. */
export function overviewMessage(texts: Texts, status: IssueStatus): Message {
  const { branches } = status
  const confirmed = branches.filter(({ acknowledged }) => acknowledged !== null)
  const open = branches.filter(isOpen)
  const replaced = branches.length - confirmed.length - open.length
  return titled(
    texts('notices:statusTitle', { number: printedNumber(texts, status.number) }),
    texts('notices:statusSubject', { subject: subjectOf(texts, status), at: formatDateTime(status.issuedAt) }),
    texts('notices:confirmedCount', { count: confirmed.length, of: branches.length - replaced }),
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
        if (branch.acknowledged) return `   ${confirmedLine(texts, branch)}`
        if (branch.replaced) return `   ${texts('notices:replacedLine', { branch: branch.branchName })}`
        if (mayAcknowledge(branch.branchId)) {
          buttons.push([{ text: texts('notices:acknowledgeNumber', { number }), data: `nack:${branch.noticeId}` }])
        }
        return `   ${deliveryLine(texts, branch)}, ${texts('notices:notConfirmed')}`
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

function confirmedLine(texts: Texts, { branchName, acknowledged }: BranchStatus): string {
  if (!acknowledged) return branchName
  const { name, title, at } = acknowledged
  return texts('notices:confirmedLine', { branch: branchName, name, title, at: formatDateTime(at) })
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
