/** What came of a load: how long each answer took, in milliseconds, and how many never came. */
export interface Answers {
  milliseconds: number[]
  unanswered: number
}

/** Does one thing and answers whether it was answered. */
export type Act = (nth: number) => Promise<boolean>

/**
 * An open load: so many acts a second by schedule, whether or not earlier ones have been answered. Each is timed from the
 * moment at which it was to happen, so that a program that stands still is charged for all who come meanwhile.
 */
export async function openLoad(perSecond: number, seconds: number, act: Act): Promise<Answers> {
  const count = perSecond * seconds
  const startedAt = performance.now()
  const answers: Answers = { milliseconds: [], unanswered: 0 }
  const running: Promise<void>[] = []
  const begin = async (nth: number) => {
    const scheduledAt = startedAt + (nth * 1000) / perSecond
    if (await act(nth)) answers.milliseconds.push(performance.now() - scheduledAt)
    else answers.unanswered += 1
  }
  for (let nth = 0; nth < count; ) {
    const due = Math.min(count, Math.floor(((performance.now() - startedAt) * perSecond) / 1000) + 1)
    while (nth < due) running.push(begin(nth++))
    await pause(2)
  }
  await Promise.all(running)
  return answers
}

/** A closed load: so many people who each act again as soon as they were answered. Answers with acts per second. */
export async function closedLoad(people: number, seconds: number, act: Act): Promise<number> {
  const startedAt = performance.now()
  const endsAt = startedAt + seconds * 1000
  let next = 0
  let answered = 0
  const live = async () => {
    while (performance.now() < endsAt) if (await act(next++)) answered += 1
  }
  await Promise.all(Array.from({ length: people }, live))
  return answered / ((performance.now() - startedAt) / 1000)
}

/** The value below which that share of all lies, the nearest rank. Those that were never answered count as endless. */
export function percentile({ milliseconds, unanswered }: Answers, share: number): number {
  const sorted = milliseconds.toSorted((a, b) => a - b)
  const rank = Math.ceil((sorted.length + unanswered) * share) - 1
  return sorted[Math.max(0, rank)] ?? 9_999_999
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
