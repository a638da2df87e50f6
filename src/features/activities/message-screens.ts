import { type AttachedFile, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { ActivityView } from './activity-view.ts'
import { answerButtons, countLine, presentLine, resultLines, timeLine } from './screens.ts'

/** The activity in the branch's group: how many join, never who. */
export function groupMessage(texts: Texts, activity: ActivityView): Message {
  const { state } = activity
  const isOpen = state === 'planned'
  return {
    ...titled(
      timeLine(texts, activity.startsAt),
      texts(`activities:kinds.${activity.kind}`),
      activity.title,
      texts('activities:at', { place: activity.place }),
      activity.theme !== null && texts('activities:themeLine', { theme: activity.theme }),
      '',
      countLine(texts, activity),
      state === 'planned' ? texts('activities:howToAnswer') : texts(`activities:states.${state}`),
    ),
    buttons: isOpen ? [answerButtons(texts, activity.id)] : [],
  }
}

/** What came of it, in the group: the photos as an album with the words under the first. */
export function resultMessage(texts: Texts, activity: ActivityView, photos: readonly AttachedFile[]): Message {
  const message = titled(
    texts('activities:resultTitle', { title: activity.title }),
    presentLine(texts, activity),
    ...resultLines(texts, activity),
  )
  const [only, other] = photos
  // Words under a picture may be shorter than a message; the counts stand first.
  const caption = message.text.slice(0, 800)
  if (other) return { text: caption, album: [...photos] }
  return only ? { text: caption, file: only } : message
}

/** The day before, to one who is called. */
export function calledReminder(texts: Texts, activity: ActivityView, joins: boolean | null): Message {
  return {
    ...titled(
      timeLine(texts, activity.startsAt),
      activity.title,
      texts('activities:at', { place: activity.place }),
      '',
      texts(joins === null ? 'activities:youHaveNotAnswered' : 'activities:seeYouThere'),
    ),
    ...(joins === null ? { buttons: [answerButtons(texts, activity.id)] } : {}),
  }
}

/** The same to the organiser, of members whom the bot cannot reach. */
export function unreachedReminder(texts: Texts, activity: ActivityView, names: readonly string[]): Message {
  return {
    ...titled(
      timeLine(texts, activity.startsAt),
      activity.title,
      '',
      texts('activities:tellByVoice'),
      ...names.map((name, index) => `${index + 1}. ${name}`),
    ),
    buttons: [[{ text: texts('activities:answerFor'), data: `afor:${activity.id}` }]],
  }
}

export function cancelledMessage(texts: Texts, activity: ActivityView): Message {
  return titled(
    texts('activities:cancelledTitle', { title: activity.title }),
    timeLine(texts, activity.startsAt),
    texts('activities:reason', { reason: activity.reason ?? '' }),
  )
}
