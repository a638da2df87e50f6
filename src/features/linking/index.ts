import type { Feature } from '../../telegram/feature.ts'

export { type ConnectedGroup, type ConnectGroup, connectGroup } from './connect-group.ts'
export { consentVersion } from './consent.ts'
export { createInvitation } from './create-invitation.ts'
export { createStartCode, hasOfficer } from './create-start-code.ts'
export { groupChatOf, linkedPeople, privateChatOf } from './find-links.ts'

export const linkingFeature: Feature = { name: 'linking' }
