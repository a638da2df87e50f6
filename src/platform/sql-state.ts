/** The five characters by which PostgreSQL, and PGlite with it, names an error; null where it is none of theirs. */
export function sqlStateOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null
}

/**
 * Whether what was to be written is to blame, so that it fails every time: it cannot be data (class 22), is beyond a limit of the
 * program (54), or cannot even be made into JSON. Everything else (no connection, no space, read only) may pass.
 */
export function isDataError(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state !== null) return state.startsWith('22') || state.startsWith('54')
  return error instanceof RangeError || error instanceof SyntaxError
}
