import type { Message as TelegramMessage } from 'grammy/types'
import type { Result } from '../../domain/result.ts'
import { keyOfPosted } from '../../platform/posted.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { sentFileOf } from '../../telegram/sent-file.ts'
import type { Turn } from '../../telegram/turn.ts'
import type { ActivityView } from './activity-view.ts'
import { asOrganiser } from './as-organiser.ts'
import { attendByCode, attendWithPhoto, markPresent } from './attend.ts'
import { peopleTyped } from './typed-numbers.ts'

export const codeForm = 'activityCode'
export const rollForm = 'activityRoll'

/** `/diemdanh`, with or without the code: a member says that they are at the spot. */
export async function startAttendance(turn: Turn): Promise<void> {
  if (turn.args.trim() !== '') return attend(turn, turn.args)
  await turn.ask(codeForm, {}, { text: turn.texts('activities:askCode') })
}

export const presenceButtons = {
  aroll: {
    handle: (turn: Turn) =>
      asOrganiser(turn, async (activity) => {
        await turn.context.auditRead('activity.callsViewed', { activity: activity.id }, activity.wardId)
        const items = activity.calls.map(({ personId, name, attended }) => ({
          label: attended ? turn.texts('activities:presentName', { name }) : name,
          data: `arolp:${activity.id}.${personId}`,
        }))
        const text = [
          turn.texts('activities:rollTitle', { title: activity.title }),
          ...items.map(({ label }, index) => `${index + 1}. ${label}`),
          '',
          turn.texts('activities:rollHint'),
        ].join('\n')
        await turn.ask(rollForm, { activityId: activity.id, items: items.map(({ data }) => data) }, { text })
      }),
  },
}

/** The code that is shown at the spot, as typed. */
export const answerCode: FormHandler['handle'] = (turn) => attend(turn, turn.message?.text ?? '')

/** The numbers of those who were there: `1, 3, 5`, `1-8`, or everybody. */
export const answerRoll: FormHandler['handle'] = async (turn, data) => {
  const text = turn.message?.text?.normalize('NFC').trim()
  if (typeof data.activityId !== 'number' || !text) return false
  const personIds = peopleTyped(text, data)
  if (!personIds.ok) return turn.refuse(personIds.problem)
  const done = await markPresent(turn.context, { activityId: data.activityId, personIds: personIds.value })
  if (!done.ok) return turn.refuse(done.problem)
  await turn.closeForm()
  const count = done.value.calls.filter(({ attended }) => attended).length
  await turn.reply({ text: turn.texts('activities:rollTaken', { count }) })
}

/** A photo in answer to the activity's message in the group: its sender is there. */
export async function attendByReply(turn: Turn, message: TelegramMessage): Promise<boolean> {
  const answered = message.reply_to_message?.message_id
  if (answered === undefined) return false
  const about = { chatId: BigInt(turn.chat.id), messageId: answered, startsWith: 'activity:' }
  const key = await keyOfPosted(turn.context.db, about)
  const activityId = Number(/^activity:(\d+):group\b/.exec(key ?? '')?.[1] ?? -1)
  if (activityId === -1) return false
  const photo = message.photo && sentFileOf(message)
  if (!photo) {
    await turn.refuse({ code: 'activities.photoNeeded' })
    return true
  }
  const done = await attendWithPhoto(turn.context, { activityId, photo })
  await sayPresent(turn, done)
  return true
}

async function attend(turn: Turn, code: string): Promise<void> {
  const done = await attendByCode(turn.context, code)
  // A wrong code can be typed anew.
  if (!done.ok) return turn.ask(codeForm, {}, { text: turn.texts.problem(done.problem) })
  await turn.closeForm()
  await sayPresent(turn, done)
}

async function sayPresent(turn: Turn, done: Result<ActivityView>): Promise<void> {
  if (!done.ok) return turn.refuse(done.problem)
  await turn.reply({ text: turn.texts('activities:presentNow', { title: done.value.title }) })
}
