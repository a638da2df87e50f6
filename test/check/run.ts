import { clockProblems } from './clocks.ts'
import { dependencyProblems } from './dependencies.ts'
import { lockFileProblems } from './lock-file.ts'
import { permissionsPageProblems } from './permissions-page.ts'
import { textProblems } from './texts.ts'
import { readUseCases, useCaseProblems } from './use-cases.ts'

/** The checks that no tool knows: which part may import which, whether texts and their users agree, whether every use-case
 * asks leave and the page of permissions says so, whether a clean install can work, and who reads the wall clock. */
const problems = [
  ...dependencyProblems(),
  ...textProblems(),
  ...useCaseProblems(readUseCases()),
  ...permissionsPageProblems(),
  ...lockFileProblems(),
  ...clockProblems(),
]
for (const problem of problems) console.error(problem)
console.log(
  problems.length === 0
    ? 'dependencies, texts, permissions, lock file, clocks: in order'
    : `${problems.length} problems`,
)
process.exitCode = problems.length === 0 ? 0 : 1
