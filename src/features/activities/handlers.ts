import type { Message as TelegramMessage } from 'grammy/types'
import { branchesWhereMay, may } from '../../domain/access.ts'
import { formatDateTime } from '../../domain/formats.ts'
import { formatPeriod, monthOf, type Period, previous } from '../../domain/period.ts'
import type { Result } from '../../domain/result.ts'
import { inParts } from '../../platform/long-text.ts'
import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { pickedData, showPickList } from '../../telegram/pick-list.ts'
import { sentFileOf } from '../../telegram/sent-file.ts'
import type { Turn } from '../../telegram/turn.ts'
import { branchesOf } from '../registry/index.ts'
import { beginPreparation } from '../tasks/index.ts'
import { type ActivityView, findActivities, findActivity } from './activity-view.ts'
import { addAlbumPhoto } from './add-album-photo.ts'
import { answerCall } from './answer-call.ts'
import { attendByCode, attendWithPhoto, markPresent } from './attend.ts'
import { cancelActivity } from './cancel-activity.ts'
import { closeActivity, readResult } from './close-activity.ts'
import { activityCard, standingMessage } from './screens.ts'
import { standingOf } from './standing.ts'

export const codeForm = 'activityCode'
export const rollForm = 'activityRoll'
export const resultForm = 'activityResult'
export const cancelForm = 'activityCancel'
export const photoForm = 'activityPhoto'

const shownPast = 5
/** So long after its time an activity without a result still stands in the list, for its result. */
const unfinishedDays = 14

/** `/hoatdong`: what is planned, and the last that were held. */
export async function showActivities(turn: Turn): Promise<void> {
  const { context, texts } = turn
  const branchIds = branchesWhereMay(context.actor, 'activity.view')
  const since = new Date(context.now().getTime() - unfinishedDays * 86_400_000)
  const planned = await findActivities(context.db, {
    branchId: { in: branchIds },
    state: 'planned',
    startsAt: { gte: since },
  })
  const held = await findActivities(context.db, { branchId: { in: branchIds }, state: 'held' }, true)
  const shown = [...planned, ...held.slice(0, shownPast)]
  const isLeader = context.actor.grants.some(({ role }) => role === 'leader')
  const month = (period: Period) => [
    { text: texts('activities:monthButton', { period: formatPeriod(period) }), data: `amon:${period}` },
  ]
  const now = monthOf(context.today())
  await showPickList(turn, {
    title: texts(shown.length > 0 ? 'activities:listTitle' : 'activities:none'),
    items: shown.map(({ id, title, startsAt, state }) => ({
      label: texts(state === 'held' ? 'activities:heldLine' : 'activities:listLine', {
        time: formatDateTime(startsAt),
        title,
      }),
      data: `aview:${id}`,
    })),
    more: branchIds.length > 0 || isLeader ? [month(now), month(previous(now))] : [],
  })
}

/** `/diemdanh`, with or without the code: a member says that they are at the spot. */
export async function startAttendance(turn: Turn): Promise<void> {
  if (turn.args.trim() !== '') return attend(turn, turn.args)
  await turn.ask(codeForm, {}, { text: turn.texts('activities:askCode') })
}

export const activityButtons = {
  aview: { handle: (turn: Turn) => showCard(turn, numberIn(turn.args)) },
  aj: { handle: (turn: Turn) => answerOwn(turn, true) },
  an: { handle: (turn: Turn) => answerOwn(turn, false) },
  afor: {
    handle: (turn: Turn) =>
      asOrganiser(turn, async (activity) => {
        const open = activity.calls.filter(({ called, joins }) => called && joins === null)
        if (open.length === 0) return turn.notify(turn.texts('activities:allAnswered'), true)
        await showPickList(turn, {
          title: turn.texts('activities:askAnswerFor'),
          items: open.map(({ personId, name }) => ({ label: name, data: `aforp:${activity.id}.${personId}` })),
        })
      }),
  },
  aforp: {
    handle: (turn: Turn) =>
      asOrganiser(turn, async (activity, personId) => {
        const name = activity.calls.find((call) => call.personId === personId)?.name
        if (name === undefined) return turn.notify(turn.texts('telegram:oldButton'), true)
        await turn.reply({
          text: turn.texts('activities:doesJoin', { name }),
          buttons: [
            [
              { text: turn.texts('activities:join'), data: `afora:${activity.id}.${personId}.1` },
              { text: turn.texts('activities:decline'), data: `afora:${activity.id}.${personId}.0` },
            ],
          ],
        })
      }),
  },
  afora: {
    handle: async (turn: Turn) => {
      const [activityId = -1, personId = -1, joins] = numbersIn(turn.args)
      const done = await answerCall(turn.context, { activityId, personId, joins: joins === 1 })
      if (!done.ok) return turn.refuse(done.problem)
      await turn.edit({ text: turn.texts('activities:answeredFor') })
    },
  },
  aroll: {
    handle: (turn: Turn) =>
      asOrganiser(turn, async (activity) => {
        const items = activity.calls.map(({ personId, name, attended }) => ({
          label: attended ? turn.texts('activities:presentName', { name }) : name,
          data: `arolp:${activity.id}.${personId}`,
        }))
        const text = [
          turn.texts('activities:rollTitle', { title: activity.title }),
          ...items.map(({ label }, index) => `${index + 1}. ${label}`),
          '',
          turn.texts(turn.chat.kind === 'group' ? 'activities:rollHintInGroup' : 'activities:rollHint'),
        ].join('\n')
        await turn.ask(rollForm, { activityId: activity.id, items: items.map(({ data }) => data) }, { text })
      }),
  },
  aprep: {
    handle: (turn: Turn) => asOrganiser(turn, (activity) => beginPreparation(turn, activity.branchId, activity.title)),
  },
  apho: {
    handle: (turn: Turn) =>
      asOrganiser(turn, (activity) =>
        turn.ask(photoForm, { activityId: activity.id }, { text: turn.texts('activities:askPhotos') }),
      ),
  },
  aend: {
    handle: (turn: Turn) =>
      asOrganiser(turn, (activity) =>
        turn.ask(resultForm, { activityId: activity.id }, { text: turn.texts('activities:askResult') }),
      ),
  },
  acan: { handle: (turn: Turn) => askWhyCancel(turn, false) },
  aser: { handle: (turn: Turn) => askWhyCancel(turn, true) },
  amon: {
    handle: async (turn: Turn) => {
      const { context, texts } = turn
      const now = monthOf(context.today())
      const period = turn.args === previous(now) ? previous(now) : now
      const wardId = context.actor.wardId ?? 0
      const seen = (await branchesOf(context.db, wardId, context.today())).filter(
        ({ id }) => may(context.actor, 'activity.view', { wardId, branchId: id }).ok,
      )
      for (const { id, name } of seen) {
        const standing = await standingOf(context, id, period)
        const isOrganiser = may(context.actor, 'activity.organise', { wardId, branchId: id }).ok
        if (isOrganiser) await context.auditRead('activity.standingViewed', { branch: id }, wardId)
        const own = standing.people.find(({ personId }) => personId === context.actor.personId)
        const message = standingMessage(texts, `${name}, ${formatPeriod(period)}`, standing, isOrganiser)
        const ownLine = own ? `\n${texts('activities:ownStanding', { ...own })}` : ''
        for (const part of inParts({ ...message, text: message.text + ownLine })) await turn.reply(part)
      }
    },
  },
}

/** The code that is shown at the spot, as typed. */
export const answerCode: FormHandler['handle'] = (turn) => attend(turn, turn.message?.text ?? '')

/** The numbers of those who were there: `1, 3, 5`, `1-8`, or everybody. */
export const answerRoll: FormHandler['handle'] = async (turn, data) => {
  const text = turn.message?.text?.normalize('NFC').trim()
  if (typeof data.activityId !== 'number' || !text || !Array.isArray(data.items)) return false
  const numbers = /^(?:tất cả|đủ|có mặt đủ)$/iu.test(text)
    ? data.items.map((_, index) => index + 1)
    : text.split(/[\s,;]+/).flatMap(rangeOf)
  const personIds: number[] = []
  for (const number of numbers) {
    const picked = pickedData(String(number), data)
    if (!picked?.ok) return turn.refuse(picked?.problem ?? { code: 'activities.rollUnreadable' })
    personIds.push(Number(picked.value.slice(picked.value.lastIndexOf('.') + 1)))
  }
  const done = await markPresent(turn.context, { activityId: data.activityId, personIds })
  if (!done.ok) return turn.refuse(done.problem)
  await turn.closeForm()
  const count = done.value.calls.filter(({ attended }) => attended).length
  await turn.reply({ text: turn.texts('activities:rollTaken', { count }) })
}

/** What came of it, in words with numbers. */
export const answerResult: FormHandler['handle'] = async (turn, { activityId }) => {
  if (typeof activityId !== 'number' || !turn.message?.text) return false
  const result = readResult(turn.message.text)
  if (!result.ok) return turn.refuse(result.problem)
  const done = await closeActivity(turn.context, activityId, result.value)
  if (!done.ok) return turn.refuse(done.problem)
  await turn.closeForm()
  await turn.reply({ text: turn.texts('activities:resultTaken') })
}

/** Why it is called off. */
export const answerCancel: FormHandler['handle'] = async (turn, { activityId, series }) => {
  const reason = turn.message?.text
  if (typeof activityId !== 'number' || !reason) return false
  const done = await cancelActivity(turn.context, { activityId, reason, series: series === true })
  if (!done.ok) return turn.refuse(done.problem)
  await turn.closeForm()
  await turn.reply({ text: turn.texts('activities:cancelled') })
}

/** Photos for the album, one or several. */
export const answerPhoto: FormHandler['handle'] = async (turn, { activityId }) => {
  const photo = turn.message?.photo && sentFileOf(turn.message)
  if (typeof activityId !== 'number') return false
  if (!photo) return turn.refuse({ code: 'activities.photoNeeded' })
  const done = await addAlbumPhoto(turn.context, { activityId, photo })
  if (!done.ok) return turn.refuse(done.problem)
  const isAlbum = turn.message?.media_group_id !== undefined
  if (!isAlbum) await turn.reply({ text: turn.texts('activities:photoTaken', { count: done.value.photoCount }) })
}

/** A photo in answer to the activity's message in the group: its sender is there. */
export async function attendByReply(turn: Turn, message: TelegramMessage): Promise<boolean> {
  const answered = message.reply_to_message?.message_id
  if (answered === undefined) return false
  const delivery = await turn.context.db.delivery.findFirst({
    where: { chatId: BigInt(turn.chat.id), messageId: answered, key: { startsWith: 'activity:' } },
    select: { key: true },
  })
  const activityId = Number(/^activity:(\d+):group$/.exec(delivery?.key ?? '')?.[1] ?? -1)
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

async function answerOwn(turn: Turn, joins: boolean): Promise<void> {
  const personId = turn.context.actor.personId ?? -1
  const done = await answerCall(turn.context, { activityId: numberIn(turn.args), personId, joins })
  if (!done.ok) return turn.refuse(done.problem)
  await turn.notify(turn.texts(joins ? 'activities:youJoin' : 'activities:youDecline'))
  if (turn.chat.kind === 'private') await turn.edit(cardOf(turn, done.value))
}

async function showCard(turn: Turn, activityId: number): Promise<void> {
  const activity = await findActivity(turn.context.db, activityId)
  const leave = activity && may(turn.context.actor, 'activity.view', activity)
  if (!activity || !leave) return turn.refuse({ code: 'activities.notThere' })
  if (!leave.ok) return turn.refuse(leave.problem)
  await turn.reply(cardOf(turn, activity))
}

function cardOf({ context, texts, chat }: Turn, activity: ActivityView) {
  return activityCard(texts, activity, {
    personId: context.actor.personId,
    mayOrganise: chat.kind === 'private' && may(context.actor, 'activity.organise', activity).ok,
    hasBegun: activity.startsAt <= context.now(),
  })
}

async function askWhyCancel(turn: Turn, series: boolean): Promise<void> {
  await asOrganiser(turn, (activity) =>
    turn.ask(cancelForm, { activityId: activity.id, series }, { text: turn.texts('activities:askWhyCancel') }),
  )
}

/** Runs with the activity of the pressed button where this person may organise it; the second number follows. */
async function asOrganiser(turn: Turn, work: (activity: ActivityView, second: number) => Promise<void>): Promise<void> {
  const [activityId = -1, second = -1] = numbersIn(turn.args)
  const activity = await findActivity(turn.context.db, activityId)
  if (!activity) return turn.notify(turn.texts('telegram:oldButton'), true)
  const leave = may(turn.context.actor, 'activity.organise', activity)
  if (!leave.ok) return turn.refuse(leave.problem)
  await work(activity, second)
}

function rangeOf(part: string): number[] {
  const [, first, last] = /^(\d{1,3})-(\d{1,3})$/.exec(part) ?? []
  if (first === undefined || last === undefined) return [Number(part)]
  const [from, to] = [Number(first), Number(last)]
  return from <= to ? Array.from({ length: to - from + 1 }, (_, index) => from + index) : [Number.NaN]
}
