import { type Action, rolesAllowed } from '../domain/access.ts'
import type { ChatKind, Command, Feature } from './feature.ts'
import type { Speaker } from './speaker.ts'

/** Whether one of the speaker's roles may do this at all; the use-case asks again about the very target. */
export function hasRoleFor(speaker: Speaker, action: Action): boolean {
  const allowed = rolesAllowed(action)
  return speaker.actor.grants.some((grant) => allowed.includes(grant.role))
}

export function isAllowedCommand(command: Command, speaker: Speaker): boolean {
  if (command.audience === 'everyone') return true
  if (command.audience === 'linked') return speaker.actor.grants.length > 0
  return hasRoleFor(speaker, command.audience)
}

/** The commands a speaker may use in such a chat, in the order of the features. */
export function commandsFor(features: readonly Feature[], speaker: Speaker, chat: ChatKind): Command[] {
  return features
    .flatMap((feature) => [...(feature.commands ?? [])])
    .filter((command) => command.chats.includes(chat) && isAllowedCommand(command, speaker))
}
