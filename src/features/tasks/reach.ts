import { type Action, type Actor, may } from '../../domain/access.ts'

/** The branches in which one of the actor's roles may do this. */
export function branchesWhereMay(actor: Actor, action: Action): number[] {
  const reached = actor.grants.flatMap(({ wardId, branchId }) =>
    branchId !== null && may(actor, action, { wardId, branchId }).ok ? [branchId] : [],
  )
  return [...new Set(reached)]
}
