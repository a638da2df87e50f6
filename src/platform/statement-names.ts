const mostKept = 500

/**
 * Names for statements, by which each connection keeps them parsed and planned: most updates ask the same few. Only so many
 * are kept, those asked first; the others, lists of ever other lengths among them, stay unnamed (an empty name).
 */
export function nameStatements(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= mostKept) return ''
    const name = `s${names.size + 1}`
    names.set(sql, name)
    return name
  }
}
