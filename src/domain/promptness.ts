const hours = 72

/** How many of those who are asked had answered within 72 hours. */
export interface Promptness {
  readonly prompt: number
  readonly of: number
}

/** Counts who had confirmed, or been handed the paper, within 72 hours of the issue; `doneAt` is null for who has not. */
export function promptness(issuedAt: Date, asked: readonly { readonly doneAt: Date | null }[]): Promptness {
  const until = issuedAt.getTime() + hours * 3_600_000
  const prompt = asked.filter(({ doneAt }) => doneAt !== null && doneAt.getTime() <= until)
  return { prompt: prompt.length, of: asked.length }
}
