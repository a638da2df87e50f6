import type { Feature } from '../../telegram/feature.ts'
import { forgetForms } from '../../telegram/forms.ts'
import { forgetFailures } from './code-failures.ts'
import { followChats } from './follow-chats.ts'
import { checkGroups } from './follow-members.ts'
import { appointmentHandlers } from './handlers-appointments.ts'
import { codeHandlers } from './handlers-codes.ts'
import { groupHandlers } from './handlers-groups.ts'
import { ownDataHandlers } from './handlers-own.ts'
import { peopleHandlers } from './handlers-people.ts'
import { phoneHandlers } from './handlers-phone.ts'
import type { LinkingParts } from './parts.ts'
import { linkingData, linkingRetention } from './personal-data.ts'

export { acceptInvitation } from './accept-invitation.ts'
export { deliverToEach, officerChats, secretaryChats } from './addressees.ts'
export { type BranchGroup, groupsConnectedSince, groupsMovedBy } from './branch-groups.ts'
export { connectGroup } from './connect-group.ts'
export { consentVersion } from './consent.ts'
export { createInvitation } from './create-invitation.ts'
export { createRecoveryCode } from './create-recovery-code.ts'
export { createStartCode, hasOfficer } from './create-start-code.ts'
export { endGroupOfBranch } from './end-group-link.ts'
export { findCode } from './find-code.ts'
export {
  groupChatOf,
  groupChatsOf,
  linkedPeople,
  privateChatOf,
  privateChatsOf,
  wardGroupChatOf,
} from './find-links.ts'
export { foundWard } from './found-ward.ts'
export { type GroupTrust, groupTrust, groupTrusts, namesMayStand, readingGroup } from './group-trust.ts'
export type { LinkingParts } from './parts.ts'
export { seedLinks } from './seed-links.ts'

/** Which group stands for which branch, which account speaks for whom, who consented to what, who is appointed. */
export function linkingFeature(parts: LinkingParts): Feature {
  const codes = codeHandlers(parts)
  const appointments = appointmentHandlers(parts)
  const phones = phoneHandlers()
  const groups = groupHandlers(parts)
  const handlers = [groups, peopleHandlers(parts), appointments, ownDataHandlers(parts)]
  return {
    ...codes,
    name: 'linking',
    personalData: linkingData,
    retention: linkingRetention,
    title: 'linking:menuTitle',
    commands: handlers.flatMap(({ commands }) => [...(commands ?? [])]),
    buttons: Object.assign({}, codes.buttons, phones.buttons, ...handlers.map(({ buttons }) => buttons)),
    forms: { ...codes.forms, ...appointments.forms, ...phones.forms, ...groups.forms },
    settlesLinks: true,
    event: (ctx, event) => followChats(ctx, parts.members, event),
    due: async (ctx) => {
      await checkGroups(ctx, parts.members)
      await forgetFailures(ctx)
      await forgetForms(ctx.db, ctx.now())
    },
  }
}
