import type { Feature } from '../../telegram/feature.ts'

export const tasksFeature: Feature = { name: 'tasks' }
