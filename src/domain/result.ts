/** What a person can mend: a stable code (the text key under `errors`) and the values its sentence names. */
export interface Problem {
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** The outcome of a rule or a use-case. What nobody can mend by typing something else is thrown instead. */
export type Result<T, E extends Problem = Problem> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: E }

/** Wraps a good outcome. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

/** Wraps a problem by its code; `params` are the values the sentence shown for it names. */
export function fail(
  code: string,
  params?: Readonly<Record<string, string | number>>,
): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: params ? { code, params } : { code } }
}
