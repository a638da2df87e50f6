import type { Poll } from '@grammyjs/types'
import type { PollRecord } from '../model.ts'

/** The poll as a bot sees it. Quiz solutions are shown once it is closed, or to the bot that sent it. */
export function renderPoll(poll: PollRecord, viewer: number): Poll {
  const counts = poll.options.map(() => 0)
  for (const chosen of poll.votes.values()) {
    for (const index of chosen) counts[index] = (counts[index] ?? 0) + 1
  }
  const out: Poll = {
    id: poll.id,
    question: poll.question,
    options: poll.options.map((option, index) => ({
      persistent_id: option.id,
      text: option.text,
      voter_count: counts[index] ?? 0,
      ...(option.entities.length > 0 ? { text_entities: option.entities } : {}),
    })),
    total_voter_count: poll.votes.size,
    is_closed: poll.closed,
    is_anonymous: poll.anonymous,
    type: poll.type,
    allows_multiple_answers: poll.multiple,
    allows_revoting: poll.revoting,
    members_only: false,
  }
  if (poll.questionEntities.length > 0) out.question_entities = poll.questionEntities
  if (poll.openPeriod !== undefined) out.open_period = poll.openPeriod
  if (poll.closeDate !== undefined) out.close_date = poll.closeDate
  if (poll.description !== undefined) out.description = poll.description
  if (poll.type === 'quiz' && (poll.closed || poll.botId === viewer)) {
    out.correct_option_ids = poll.correct
    if (poll.explanation) out.explanation = poll.explanation
    if (poll.explanationEntities.length > 0) out.explanation_entities = poll.explanationEntities
  }
  return out
}
