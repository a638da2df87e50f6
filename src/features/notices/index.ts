import type { Feature } from '../../telegram/feature.ts'

export const noticesFeature: Feature = { name: 'notices' }
