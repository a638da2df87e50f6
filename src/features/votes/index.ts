import type { Feature } from '../../telegram/feature.ts'
import { confirmForm, optionsForm, questionForm } from './draft.ts'
import { enterButtons, startEntering } from './enter-handlers.ts'
import { followGroup } from './follow-group.ts'
import { answerOptions, answerQuestion, openButtons, startVote } from './open-handlers.ts'
import { votesData } from './personal-data.ts'
import { showVotes, voteButtons } from './vote-handlers.ts'

export { openVotesOf, voidOpenVotes } from './open-votes.ts'

/** Open, named votes of a branch in its group. */
export const votesFeature: Feature = {
  name: 'votes',
  personalData: votesData,
  title: 'votes:menuTitle',
  commands: [
    {
      name: 'cacbieuquyet',
      chats: ['private'],
      audience: 'vote.view',
      label: 'votes:labelList',
      handle: showVotes,
    },
    {
      name: 'bieuquyet',
      chats: ['private', 'branchGroup'],
      audience: 'vote.open',
      label: 'votes:labelOpen',
      handle: startVote,
    },
    {
      name: 'bieuquyetthay',
      chats: ['private'],
      audience: 'vote.castOnBehalf',
      label: 'votes:labelEnter',
      handle: startEntering,
    },
  ],
  buttons: { ...openButtons, ...voteButtons, ...enterButtons },
  forms: {
    [questionForm]: { handle: answerQuestion },
    [optionsForm]: { handle: answerOptions },
    // A message while the preview stands changes the question.
    [confirmForm]: { handle: answerQuestion },
  },
  event: followGroup,
}
