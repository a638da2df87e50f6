import type { Feature } from '../../telegram/feature.ts'

export const linkingFeature: Feature = { name: 'linking' }
