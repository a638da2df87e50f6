import type { Feature } from '../../telegram/feature.ts'

export const registryFeature: Feature = { name: 'registry' }
