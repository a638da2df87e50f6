import type { Problem } from '../../domain/result.ts'

/** Ends the reading of a file, from however deep in it, with what its sender can mend. */
export class Refusal extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}

/** More than a file that people work with ever holds. */
export function tooHeavy(): Refusal {
  return new Refusal({ code: 'common.file.tooHeavy' })
}

/** Not what it says it is, or broken. */
export function notExcel(): Refusal {
  return new Refusal({ code: 'common.workbook.notExcel' })
}
