import { dependencyProblems } from './dependencies.ts'
import { textProblems } from './texts.ts'

/** The checks that no tool knows: which part may import which, and whether texts and their users agree. */
const problems = [...dependencyProblems(), ...textProblems()]
for (const problem of problems) console.error(problem)
console.log(problems.length === 0 ? 'dependencies and texts: in order' : `${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
