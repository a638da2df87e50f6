import { assignTask, reportTask } from './do-task.ts'
import { issueResults } from './issue-results.ts'
import { keepRegistry } from './keep-registry.ts'
import { connectNewGroup, linkNewcomer } from './link-people.ts'
import type { Scene } from './scene.ts'
import { tellBranches } from './tell-branches.ts'
import { openAndCloseVote } from './vote-openly.ts'

/** The month, scene by scene, and how long after the one before each of them is played. */
export const month: readonly { after: string | null; play: Scene }[] = [
  { after: null, play: keepRegistry },
  { after: 'PT2H', play: linkNewcomer },
  { after: 'PT24H', play: connectNewGroup },
  { after: 'PT24H', play: assignTask },
  { after: 'PT480H', play: tellBranches },
  { after: 'PT24H', play: issueResults },
  { after: 'PT72H', play: reportTask },
  { after: 'PT24H', play: openAndCloseVote },
]

/** When the month begins: Monday 02/11/2026, 08:00 in Viet Nam. */
export const monthBegins = new Date('2026-11-02T01:00:00Z')
