import { dayAt } from '../../domain/dates.ts'
import { formatDate, formatDateTime } from '../../domain/formats.ts'
import type { Message } from '../../platform/messages.ts'
import type { ButtonHandler, Command } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { numbersIn, replyInParts } from './answers.ts'
import { confirmForMember } from './confirm-as-member.ts'
import { confirmPersonal, openPersonal } from './confirm-personal.ts'
import { isToConfirm, listInbox, viewPlain } from './inbox.ts'
import { printedNumber } from './issue-number.ts'
import { markSeen } from './mark-seen.ts'
import { noticeMessages } from './notice-messages.ts'
import { readersMessage } from './people-status-screens.ts'
import { personalMessages } from './personal-messages.ts'
import { levelsMessage } from './private-messages.ts'
import { subjectOf } from './status-screens.ts'
import { viewLevels } from './view-levels.ts'
import { viewReaders } from './view-readers.ts'
import { viewStatus } from './view-status.ts'

/** `/thongbaocuatoi`: what one's branch or oneself was told, to read again in private and to confirm. */
export const inboxCommand: Command = {
  name: 'thongbaocuatoi',
  chats: ['private'],
  audience: 'notice.readOwn',
  label: 'notices:labelInbox',
  handle: async (turn) => {
    const inbox = await listInbox(turn.context)
    if (!inbox.ok) return turn.refuse(inbox.problem)
    await showPickList(turn, {
      title: turn.texts('notices:inboxTitle'),
      items: inbox.value.map((item) => ({
        label: turn.texts('notices:inboxLine', {
          number: printedNumber(turn.texts, item.number),
          date: formatDate(dayAt(item.issuedAt)),
          subject: subjectOf(turn.texts, item),
          state: turn.texts(`notices:inboxState.${item.state}`),
        }),
        data: item.kind === 'branch' ? `nopen:${item.id}` : `npopen:${item.id}`,
      })),
    })
  },
}

export const inboxButtons: Record<string, ButtonHandler> = {
  nopen: { handle: (turn) => openNotice(turn, numbersIn(turn.args)[0]) },
  npopen: {
    handle: async (turn) => {
      const opened = await openPersonal(turn.context, { personalId: numbersIn(turn.args)[0] })
      if (!opened.ok) return turn.refuse(opened.problem)
      for (const message of personalMessages(turn.texts, opened.value)) await turn.reply(message)
    },
  },
  npack: {
    handle: async (turn) => {
      const done = await confirmPersonal(turn.context, { personalId: numbersIn(turn.args)[0] })
      if (!done.ok) return turn.refuse(done.problem)
      await turn.notify(turn.texts('notices:youConfirmed', { at: formatDateTime(done.value.at) }))
      await turn.clearButtons()
    },
  },
  nallreaders: {
    handle: async (turn) => {
      const [issueId, page] = numbersIn(turn.args)
      const status = await viewStatus(turn.context, { issueId })
      if (!status.ok) return turn.refuse(status.problem)
      await showPickList(turn, {
        title: turn.texts('notices:readersTitle', { number: printedNumber(turn.texts, status.value.number) }),
        items: status.value.branches.flatMap(({ noticeId, branchName, members }) =>
          members
            ? [
                {
                  label: turn.texts('notices:copyLine', {
                    name: branchName,
                    reason: turn.texts('notices:membersLine', members),
                  }),
                  data: `nreaders:${noticeId}`,
                },
              ]
            : [],
        ),
        page,
        pageData: (next) => `nallreaders:${issueId}:${next}`,
      })
    },
  },
  nreaders: { handle: (turn) => showReaders(turn, numbersIn(turn.args)[0]) },
  nenter: {
    handle: async (turn) => {
      const readers = await viewReaders(turn.context, { noticeId: numbersIn(turn.args)[0] })
      if (!readers.ok) return turn.refuse(readers.problem)
      const { noticeId } = readers.value
      const without = readers.value.readers.filter(({ confirmedAt, hasAccount }) => confirmedAt === null && !hasAccount)
      if (without.length === 0) return turn.refuse({ code: 'notices.confirmsThemself' })
      await showPickList(turn, {
        title: turn.texts('notices:whoConfirmed'),
        items: without.map(({ personId, fullName }) => ({ label: fullName, data: `nfor:${noticeId}:${personId}` })),
      })
    },
  },
  nfor: {
    handle: async (turn) => {
      const [noticeId, personId] = numbersIn(turn.args)
      const done = await confirmForMember(turn.context, { noticeId, personId })
      if (!done.ok) return turn.refuse(done.problem)
      await turn.closeForm()
      await showReaders(turn, noticeId)
    },
  },
}

async function showReaders(turn: Turn, noticeId: number): Promise<void> {
  const readers = await viewReaders(turn.context, { noticeId })
  if (!readers.ok) return turn.refuse(readers.problem)
  await replyInParts(turn, readersMessage(turn.texts, readers.value))
}

/** Shows a branch's notice in private, with the button where it is still to be confirmed; then it has been seen. */
async function openNotice(turn: Turn, noticeId: number): Promise<void> {
  const messages = await writtenOut(turn, noticeId)
  if (!messages) return
  for (const message of messages) await replyInParts(turn, message)
  await markSeen(turn.context, { noticeId })
}

async function writtenOut(turn: Turn, noticeId: number): Promise<Message[] | null> {
  const { context, texts } = turn
  const buttons = (await isToConfirm(context, { noticeId }))
    ? [[{ text: texts('notices:acknowledgeButton'), data: `nack:${noticeId}` }]]
    : []
  const plain = await viewPlain(context, { noticeId })
  if (plain.ok) return noticeMessages(texts, plain.value, '', buttons)
  if (plain.problem.code !== 'notices.noticeGone') {
    await turn.refuse(plain.problem)
    return null
  }
  const levels = await viewLevels(context, { noticeId })
  if (!levels.ok) {
    await turn.refuse(levels.problem)
    return null
  }
  const message = levelsMessage(texts, levels.value.view, levels.value.months)
  return [{ ...message, ...(buttons.length > 0 ? { buttons } : {}) }]
}
