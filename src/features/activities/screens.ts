import { toZoned } from '../../domain/dates.ts'
import { formatDate, formatDateTime, formatNumber } from '../../domain/formats.ts'
import { type Button, type Message, titled } from '../../platform/messages.ts'
import { weekdayName } from '../../platform/recurrence-text.ts'
import type { Texts } from '../../platform/texts.ts'
import type { TaskView } from '../tasks/index.ts'
import type { ActivityView } from './activity-view.ts'
import type { Standing } from './standing.ts'

const mostPeople = 60

/** When it begins: `07:00 28/11/2026, thứ Bảy`. */
export function timeLine(texts: Texts, startsAt: Date): string {
  const weekday = weekdayName(texts, toZoned(startsAt).dayOfWeek)
  return texts('activities:time', { time: formatDateTime(startsAt), weekday })
}

export function answerButtons(texts: Texts, activityId: number): Button[] {
  return [
    { text: texts('activities:join'), data: `aj:${activityId}` },
    { text: texts('activities:decline'), data: `an:${activityId}` },
  ]
}

export function countLine(texts: Texts, { calls }: ActivityView): string {
  const called = calls.filter((call) => call.called)
  return texts('activities:counts', {
    joins: called.filter(({ joins }) => joins === true).length,
    declines: called.filter(({ joins }) => joins === false).length,
    open: called.filter(({ joins }) => joins === null).length,
  })
}

/** One activity for its reader, with what they may do about it. */
export function activityCard(
  texts: Texts,
  activity: ActivityView,
  reader: { personId: number | null; mayOrganise: boolean; hasBegun: boolean; preparation: readonly TaskView[] },
): Message {
  const own = activity.calls.find(({ personId }) => personId === reader.personId)
  const buttons: Button[][] = []
  if (activity.state === 'planned' && !reader.hasBegun && own?.called) buttons.push(answerButtons(texts, activity.id))
  if (reader.mayOrganise) buttons.push(...organiserButtons(texts, activity, reader.hasBegun))
  return {
    ...titled(
      timeLine(texts, activity.startsAt),
      texts(`activities:kinds.${activity.kind}`),
      activity.title,
      texts('activities:at', { place: activity.place }),
      activity.theme !== null && texts('activities:themeLine', { theme: activity.theme }),
      activity.state !== 'planned' && texts(`activities:states.${activity.state}`),
      activity.reason !== null && texts('activities:reason', { reason: activity.reason }),
      '',
      countLine(texts, activity),
      presentLine(texts, activity),
      ...resultLines(texts, activity),
      ...preparationLines(texts, reader),
      own?.called &&
        texts(
          own.joins === null
            ? 'activities:youHaveNotAnswered'
            : own.joins
              ? 'activities:youJoin'
              : 'activities:youDecline',
        ),
      own?.attended && texts('activities:youWereThere'),
      reader.mayOrganise &&
        activity.state === 'planned' &&
        `\n${texts('activities:codeLine', { code: activity.code })}`,
    ),
    buttons,
  }
}

function organiserButtons(texts: Texts, { id, state, seriesId }: ActivityView, hasBegun: boolean): Button[][] {
  if (state === 'cancelled') return []
  const row = (text: string, data: string) => [{ text, data }]
  const planned = state === 'planned'
  return [
    row(texts('activities:seeWho'), `awho:${id}`),
    ...(planned && !hasBegun ? [row(texts('activities:answerFor'), `afor:${id}`)] : []),
    row(texts('activities:takeRoll'), `aroll:${id}`),
    ...(planned ? [row(texts('activities:prepare'), `aprep:${id}`)] : []),
    row(texts('activities:addPhotos'), `apho:${id}`),
    row(texts(planned ? 'activities:enterResult' : 'activities:correctResult'), `aend:${id}`),
    ...(planned ? [row(texts('activities:cancel'), `acan:${id}`)] : []),
    ...(planned && seriesId !== null ? [row(texts('activities:endSeries'), `aser:${id}`)] : []),
  ]
}

/** Who prepares what until when, as the group has read it; how it stands is for whoever organises. */
function preparationLines(
  texts: Texts,
  reader: { preparation: readonly TaskView[]; mayOrganise: boolean },
): (string | false)[] {
  return [
    reader.preparation.length > 0 && `\n${texts('activities:preparation')}`,
    ...reader.preparation.map(({ title, dueOn, assignee, state }, index) => {
      const due = dueOn === null ? texts('tasks:noDueDate') : formatDate(dueOn)
      const line = texts('activities:preparationLine', { index: index + 1, title, name: assignee.name, due })
      return reader.mayOrganise ? `${line} (${texts(`tasks:states.${state}`)})` : line
    }),
  ]
}

/** Who joins, who does not, and who has not said, by name: for whoever organises. */
export function whoJoins(texts: Texts, { title, calls }: ActivityView): Message {
  const called = calls.filter((call) => call.called)
  const part = (key: 'whoJoin' | 'whoDecline' | 'whoOpen', joins: boolean | null) => {
    const named = called.filter((call) => call.joins === joins)
    if (named.length === 0) return []
    return [
      '',
      texts(`activities:${key}`, { count: named.length }),
      ...named.map(({ name }, at) => `${at + 1}. ${name}`),
    ]
  }
  return titled(title, ...part('whoJoin', true), ...part('whoDecline', false), ...part('whoOpen', null))
}

/** The month of a branch: sums for everybody, names for those who organise. */
export function standingMessage(texts: Texts, period: string, standing: Standing, withNames: boolean): Message {
  const { activityCount, metreCount, spotCount, guestCount, people } = standing
  return titled(
    texts('activities:standingTitle', { period }),
    texts('activities:standingCounts', {
      count: activityCount,
      metres: formatNumber(metreCount),
      spots: formatNumber(spotCount),
      guests: formatNumber(guestCount),
    }),
    ...(withNames
      ? people
          .slice(0, mostPeople)
          .map(({ name, attended, called }, index) =>
            texts('activities:standingLine', { index: index + 1, name, attended, called }),
          )
      : []),
  )
}

export function presentLine(texts: Texts, { calls, state }: ActivityView): string | false {
  const present = calls.filter(({ attended }) => attended).length
  return (present > 0 || state === 'held') && texts('activities:present', { count: present })
}

export function resultLines(texts: Texts, activity: ActivityView): (string | false)[] {
  const { guestCount, metreCount, spotCount, note, photoCount } = activity
  return [
    guestCount !== null && texts('activities:guests', { count: guestCount }),
    metreCount !== null && texts('activities:metres', { count: formatNumber(metreCount) }),
    spotCount !== null && texts('activities:spots', { count: spotCount }),
    note !== null && texts('activities:note', { note }),
    photoCount > 0 && texts('activities:photos', { count: photoCount }),
  ]
}
