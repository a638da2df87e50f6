export * from '../../src/demo/people.ts'
