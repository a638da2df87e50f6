import type { Feature } from '../../telegram/feature.ts'

export const votesFeature: Feature = { name: 'votes' }
