import type { Feature } from '../../telegram/feature.ts'
import { groupsConnectedSince, groupsMovedBy } from '../linking/index.ts'
import { ballotButtons } from './ballots/ballot-handlers.ts'
import { countButtons, countForms } from './ballots/count-handlers.ts'
import { startBallot, wizardButtons, wizardForms } from './ballots/wizard-handlers.ts'
import { confirmForm, optionsForm, questionForm } from './draft.ts'
import { enterButtons, startEntering } from './enter-handlers.ts'
import { followGroups } from './follow-groups.ts'
import { neededByVotes } from './needs-deliveries.ts'
import { answerOptions, answerQuestion, openButtons, startVote } from './open-handlers.ts'
import { owedVotes } from './owed-votes.ts'
import { electionForms, paperButtons } from './papers/paper-handlers.ts'
import { votesData } from './personal-data.ts'
import { sealedBallots } from './sealed/index.ts'
import type { SealedParts } from './sealed/sealed-parts.ts'
import { showStanding, standingButtons, standingForms } from './standing-handlers.ts'
import { createTurnouts, showStaleTurnouts } from './turnout.ts'
import { showVotes, voteButtons } from './vote-handlers.ts'

export { openVotesOf, voidOpenVotes } from './open-votes.ts'
export { voidRestored } from './sealed/void-restored.ts'

/** Everything but what secret ballots need of the process they run in. */
const votes: Feature = {
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
      name: 'bophieu',
      chats: ['private'],
      audience: 'vote.open',
      label: 'votes:labelBallot',
      handle: startBallot,
    },
    {
      name: 'phieuchinhthuc',
      chats: ['private'],
      audience: 'vote.standing',
      label: 'votes:labelStanding',
      handle: showStanding,
    },
    {
      name: 'bieuquyetthay',
      chats: ['private'],
      audience: 'vote.castOnBehalf',
      label: 'votes:labelEnter',
      handle: startEntering,
    },
  ],
  buttons: {
    ...openButtons,
    ...enterButtons,
    ...wizardButtons,
    ...ballotButtons,
    ...countButtons,
    ...paperButtons,
    ...standingButtons,
  },
  forms: {
    [questionForm]: { handle: answerQuestion },
    [optionsForm]: { handle: answerOptions },
    // A message while the preview stands changes the question.
    [confirmForm]: { handle: answerQuestion },
    ...wizardForms,
    ...countForms,
    ...electionForms,
    ...standingForms,
  },
  event: async (ctx, event) => followGroups(ctx, await groupsMovedBy(ctx, event)),
  needsDeliveries: neededByVotes,
  owed: owedVotes,
}

export type VotesParts = SealedParts

/** Votes of a branch: by name in its group, by hands or on slips, sealed in private chat. */
export function votesFeature(parts: SealedParts): Feature {
  const sealed = sealedBallots(parts)
  const turnouts = createTurnouts(parts.services)
  return {
    ...votes,
    ...sealed,
    buttons: { ...votes.buttons, ...voteButtons(turnouts), ...sealed.buttons },
    due: async (ctx, { since }) => {
      await sealed.due(ctx)
      await followGroups(ctx, await groupsConnectedSince(ctx, since))
      await showStaleTurnouts(ctx)
    },
    idle: async () => {
      await turnouts.idle()
      await sealed.idle()
    },
    stop: async () => {
      await turnouts.idle()
      await sealed.stop()
    },
  }
}
