import { inParts } from '../../platform/long-text.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { sentFileOf } from '../../telegram/sent-file.ts'
import type { Turn } from '../../telegram/turn.ts'
import { beginPreparation } from '../tasks/index.ts'
import { addAlbumPhoto } from './add-album-photo.ts'
import { asOrganiser } from './as-organiser.ts'
import { cancelActivity } from './cancel-activity.ts'
import { closeActivity, readResult } from './close-activity.ts'
import { whoJoins } from './screens.ts'

export const resultForm = 'activityResult'
export const cancelForm = 'activityCancel'
export const photoForm = 'activityPhoto'

/** What the organiser prepares, calls off, or tells of in the end. */
export const organiserButtons = {
  awho: {
    handle: (turn: Turn) =>
      asOrganiser(turn, async (activity) => {
        await turn.context.auditRead('activity.callsViewed', { activity: activity.id }, activity.wardId)
        for (const part of inParts(whoJoins(turn.texts, activity))) await turn.reply(part)
      }),
  },
  aprep: {
    handle: (turn: Turn) => asOrganiser(turn, (activity) => beginPreparation(turn, activity)),
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

async function askWhyCancel(turn: Turn, series: boolean): Promise<void> {
  await asOrganiser(turn, (activity) =>
    turn.ask(cancelForm, { activityId: activity.id, series }, { text: turn.texts('activities:askWhyCancel') }),
  )
}
