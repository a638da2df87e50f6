import { chatReadProblems, chatReads } from './chat-reads.ts'
import { clockProblems } from './clocks.ts'
import { dependencyProblems } from './dependencies.ts'
import { lockFileProblems } from './lock-file.ts'
import { migrationProblems } from './migrations.ts'
import { permissionsPageProblems } from './permissions-page.ts'
import { sourceFiles } from './source-files.ts'
import { textProblems } from './texts.ts'
import { readUseCases, useCaseProblems } from './use-cases.ts'

/** The checks that no tool knows: which part may import which, whether texts and their users agree, whether every use-case
 * asks leave and the page of permissions says so, whether what talks with a chat leaves reading to those that ask, whether
 * a clean install can work, whether each migration is one transaction, and who reads the wall clock. */
const problems = [
  ...dependencyProblems(),
  ...textProblems(),
  ...useCaseProblems(readUseCases()),
  ...chatReadProblems(chatReads(sourceFiles())),
  ...permissionsPageProblems(),
  ...lockFileProblems(),
  ...migrationProblems(),
  ...clockProblems(),
]
for (const problem of problems) console.error(problem)
console.log(
  problems.length === 0
    ? 'dependencies, texts, permissions, lock file, migrations, clocks: in order'
    : `${problems.length} problems`,
)
process.exitCode = problems.length === 0 ? 0 : 1
