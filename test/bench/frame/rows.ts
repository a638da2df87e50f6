/** One figure. `who` is whose it is: ours, or a bot that does the same with nothing but its library and Prisma. */
export interface Row {
  name: string
  who: 'Liên Chi' | 'grammY' | 'Telegraf'
  unit: string
  value: number
  aim?: { atLeast: number } | { atMost: number }
}

/** What a benchmark file exports as its default: it measures and answers with its figures. */
export type Benchmark = () => Promise<Row[]>

export function isReached({ value, aim }: Row): boolean | null {
  if (!aim) return null
  return 'atLeast' in aim ? value >= aim.atLeast : value <= aim.atMost
}

/** The rows as lines of equal columns. */
export function asTable(rows: readonly Row[]): string {
  const cells = [
    ['what', 'who', 'value', 'unit', 'aim', ''],
    ...rows.map((row) => [row.name, row.who, asFigure(row.value), row.unit, asAim(row), mark(row)]),
  ]
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0))) ?? []
  return cells
    .map((line) => line.map((cell, column) => pad(cell, widths[column] ?? 0, column === 2)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}

function asAim({ aim }: Row): string {
  if (!aim) return ''
  return 'atLeast' in aim ? `≥ ${asFigure(aim.atLeast)}` : `≤ ${asFigure(aim.atMost)}`
}

function mark(row: Row): string {
  const reached = isReached(row)
  return reached === null ? '' : reached ? 'reached' : 'MISSED'
}

function asFigure(value: number): string {
  return value.toFixed(value >= 100 || Number.isInteger(value) ? 0 : 2)
}

function pad(cell: string, width: number, toTheRight: boolean): string {
  return toTheRight ? cell.padStart(width) : cell.padEnd(width)
}
