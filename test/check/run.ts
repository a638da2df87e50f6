import { dependencyProblems } from './dependencies.ts'
import { lockFileProblems } from './lock-file.ts'
import { textProblems } from './texts.ts'

/** The checks that no tool knows: which part may import which, whether texts and their users agree,
 * and whether a clean install can work. */
const problems = [...dependencyProblems(), ...textProblems(), ...lockFileProblems()]
for (const problem of problems) console.error(problem)
console.log(problems.length === 0 ? 'dependencies, texts, lock file: in order' : `${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
