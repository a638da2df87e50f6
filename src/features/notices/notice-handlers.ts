import { may } from '../../domain/access.ts'
import { formatDateTime } from '../../domain/formats.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { inParts } from '../../platform/long-text.ts'
import type { Message } from '../../platform/messages.ts'
import type { ButtonHandler, Command } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { acknowledgeNotice } from './acknowledge-notice.ts'
import { numbersIn, replyInParts } from './answers.ts'
import { findPeriod } from './find-period.ts'
import { printedNumber } from './issue-number.ts'
import { markSeen } from './mark-seen.ts'
import { detailMessage, levelsMessage } from './private-messages.ts'
import { statusScope } from './status-scope.ts'
import { branchStatusMessage, missingMessage, overviewMessage, subjectOf, wardStatusMessage } from './status-screens.ts'
import { viewDetail } from './view-detail.ts'
import { viewLevels } from './view-levels.ts'
import { viewMissing, viewRecent, viewStatus, type WhichIssue } from './view-status.ts'

const ownShown = 5
const recentShown = 10

/** `/tinhhinh`, also with a notice's number or its month: who has confirmed it and who has not. */
export const statusCommand: Command = {
  name: 'tinhhinh',
  chats: ['private', 'wardGroup'],
  audience: 'notice.viewStatus',
  label: 'notices:labelStatus',
  handle: async (turn) => {
    const scope = statusScope(turn.context)
    if (!scope.ok) return turn.refuse(scope.problem)
    const isOfGroup = scope.value.branchIds === null && scope.value.wardId === turn.chat.ward?.id
    if (turn.chat.kind === 'group' && !isOfGroup) return showElsewhere(turn, scope.value.branchIds === null)
    if (turn.args !== '') {
      const which = whichIssue(turn)
      if (!which) return turn.refuse({ code: 'notices.noSuchNotice', params: { value: turn.args.slice(0, 60) } })
      return showStatus(turn, which)
    }
    return scope.value.branchIds === null ? showStatus(turn, {}) : showOwn(turn)
  },
}

export const noticeButtons: Record<string, ButtonHandler> = {
  nack: {
    handle: async (turn) => {
      const [noticeId] = numbersIn(turn.args)
      const done = await acknowledgeNotice(turn.context, { noticeId })
      if (!done.ok) return turn.refuse(done.problem)
      const { by, again } = done.value
      const said = { name: by.name, title: by.title, at: formatDateTime(by.at) }
      await turn.notify(turn.texts(again ? 'notices:confirmedBefore' : 'notices:confirmedNow', said))
      if (turn.chat.kind !== 'private') return
      if (statusScope(turn.context).ok) await showOwn(turn)
      else await turn.clearButtons()
    },
  },
  ndetail: { handle: async (turn) => showDetail(turn, numbersIn(turn.args)[0]) },
  nlevels: { handle: async (turn) => showLevels(turn, numbersIn(turn.args)[0]) },
  nmissing: {
    handle: async (turn) => {
      const [issueId] = numbersIn(turn.args)
      const missing = await viewMissing(turn.context, { issueId })
      if (!missing.ok) return turn.refuse(missing.problem)
      await replyInParts(turn, missingMessage(turn.texts, missing.value.status, missing.value.branches))
    },
  },
  nstatus: { handle: async (turn) => showStatus(turn, { issueId: numbersIn(turn.args)[0] }) },
  nrecent: {
    handle: async (turn) => {
      const recent = await viewRecent(turn.context, recentShown)
      if (!recent.ok) return turn.refuse(recent.problem)
      await showPickList(turn, {
        title: turn.texts('notices:recentTitle'),
        items: recent.value.map((issue) => ({
          label: turn.texts('notices:recentLine', {
            number: printedNumber(turn.texts, issue.number),
            subject: subjectOf(turn.texts, issue),
            at: formatDateTime(issue.issuedAt),
          }),
          data: `nstatus:${issue.issueId}`,
        })),
      })
    },
  },
}

/**
 * Sends score and remark to the private chat of whoever may see them. Where the bot may not write there, the press opens
 * that chat, and starting it there asks again.
 */
export async function showDetail(turn: Turn, noticeId: number): Promise<void> {
  const detail = await viewDetail(turn.context, { noticeId })
  if (!detail.ok) return turn.refuse(detail.problem)
  const { view, results, months } = detail.value
  const sent = await sendPrivately(turn, detailMessage(turn.texts, view, results, months), `ndetail_${noticeId}`)
  if (sent) await markSeen(turn.context, { noticeId })
}

/** Sends names and levels to the private chat of a member, in the same way. */
export async function showLevels(turn: Turn, noticeId: number): Promise<void> {
  const levels = await viewLevels(turn.context, { noticeId })
  if (!levels.ok) return turn.refuse(levels.problem)
  const { view, months } = levels.value
  const sent = await sendPrivately(turn, levelsMessage(turn.texts, view, months), `nlevels_${noticeId}`)
  if (sent) await markSeen(turn.context, { noticeId })
}

/** Whether it arrived there: only then has it been read in private. */
async function sendPrivately(turn: Turn, message: Message, payload: string): Promise<boolean> {
  for (const part of inParts(message)) {
    if (await turn.replyPrivately(part)) continue
    const { username } = await turn.api.getMe()
    await turn.openLink(`https://t.me/${username}?start=${payload}`)
    return false
  }
  if (turn.chat.kind === 'group') await turn.notify(turn.texts('notices:sentPrivately'))
  return true
}

async function showStatus(turn: Turn, which: WhichIssue): Promise<void> {
  const status = await viewStatus(turn.context, which)
  if (!status.ok) return turn.refuse(status.problem)
  const scope = statusScope(turn.context)
  const whole = scope.ok && scope.value.branchIds === null
  if (turn.chat.kind === 'group') {
    // What went to people alone is not for a group.
    if (status.value.branches.length === 0) return showElsewhere(turn, whole, which)
    return replyInParts(turn, overviewMessage(turn.texts, status.value))
  }
  await replyInParts(turn, whole ? wardMessage(turn, status.value) : ownMessage(turn, [status.value]))
}

/** What somebody may see of one branch, or of another ward, is not for this group: it goes to their private chat. */
async function showElsewhere(turn: Turn, whole: boolean, which: WhichIssue = {}): Promise<void> {
  const seen = whole ? await wholeStatus(turn, which) : await ownStatus(turn)
  if (!seen.ok) return turn.refuse(seen.problem)
  const message = seen.value
  for (const part of inParts(message)) {
    if (!(await turn.replyPrivately(part))) return turn.refuse({ code: 'telegram.onlyPrivate' })
  }
  await turn.reply({ text: turn.texts('notices:sentPrivately') })
}

async function wholeStatus(turn: Turn, which: WhichIssue): Promise<Result<Message>> {
  const status = await viewStatus(turn.context, which)
  return status.ok ? ok(wardMessage(turn, status.value)) : status
}

async function ownStatus(turn: Turn): Promise<Result<Message>> {
  const recent = await viewRecent(turn.context, ownShown)
  if (!recent.ok) return recent
  return recent.value.length === 0 ? fail('notices.noneIssued') : ok(ownMessage(turn, recent.value))
}

async function showOwn(turn: Turn): Promise<void> {
  const own = await ownStatus(turn)
  if (!own.ok) return turn.refuse(own.problem)
  await replyInParts(turn, own.value)
}

function wardMessage(turn: Turn, status: Parameters<typeof wardStatusMessage>[1]) {
  const { actor } = turn.context
  const ward = { wardId: actor.wardId ?? 0 }
  return wardStatusMessage(turn.texts, status, {
    mayCorrect: may(actor, 'notice.plain.issue', ward).ok,
    mayHandOver: may(actor, 'notice.handOver', ward).ok,
  })
}

function ownMessage(turn: Turn, issues: Parameters<typeof branchStatusMessage>[1]) {
  const { actor } = turn.context
  const mayAcknowledge = (branchId: number) =>
    may(actor, 'notice.acknowledge', { wardId: actor.wardId ?? 0, branchId }).ok
  return branchStatusMessage(turn.texts, issues, mayAcknowledge)
}

/** Which notice somebody means by what follows the command. */
function whichIssue(turn: Turn): WhichIssue | null {
  const period = findPeriod(turn.args, turn.context.today())
  if (period?.ok) return { period: period.value }
  const number = /^(?:số\s*)?(\d{1,4})(?:\s*-?\s*TB.*)?$/i.exec(turn.args)?.[1]
  return number ? { number: Number(number) } : null
}
