import type { DeliveryState } from './branch-status.ts'

/** Why a branch is handed its notice on paper. */
export type PaperReason = 'noGroup' | 'deadLink' | 'noSecretary'

/** A group that was never reached, or nobody who could confirm: then paper goes, whatever the group may have read. */
export function paperReason({
  delivery,
  hasSecretary,
}: {
  delivery: DeliveryState
  hasSecretary: boolean
}): PaperReason | null {
  if (delivery === 'paper') return 'noGroup'
  if (delivery === 'failed') return 'deadLink'
  return hasSecretary ? null : 'noSecretary'
}
