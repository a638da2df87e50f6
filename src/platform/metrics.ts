export type Labels = Readonly<Record<string, string>>

export interface Sample {
  labels?: Labels
  value: number
}

export interface Counter {
  add(labels?: Labels, by?: number): void
}

export interface Histogram {
  observe(seconds: number, labels?: Labels): void
}

/**
 * What a running program counts, as the text that Prometheus reads. Labels are words of the code: never names, contents or
 * numbers of chats and people.
 */
export class Metrics {
  readonly #writers: (() => Promise<string[]> | string[])[] = []

  counter(name: string, help: string): Counter {
    const values = new Map<string, number>()
    this.#writers.push(() => [
      ...heading(name, help, 'counter'),
      ...[...values].map(([labels, value]) => line(name, labels, value)),
    ])
    return { add: (labels = {}, by = 1) => increase(values, written(labels), by) }
  }

  /** Counts durations into buckets of at most so many seconds each. */
  histogram(name: string, help: string, bounds: readonly number[]): Histogram {
    const series = new Map<string, { labels: Labels; counts: number[]; sum: number; count: number }>()
    this.#writers.push(() => [
      ...heading(name, help, 'histogram'),
      ...[...series.values()].flatMap(({ labels, counts, sum, count }) => [
        ...bounds.map((le, index) => line(`${name}_bucket`, written({ ...labels, le: `${le}` }), counts[index] ?? 0)),
        line(`${name}_bucket`, written({ ...labels, le: '+Inf' }), count),
        line(`${name}_sum`, written(labels), sum),
        line(`${name}_count`, written(labels), count),
      ]),
    ])
    return {
      observe: (seconds, labels = {}) => {
        const key = written(labels)
        const one = series.get(key) ?? { labels, counts: bounds.map(() => 0), sum: 0, count: 0 }
        series.set(key, one)
        one.counts = one.counts.map((count, index) => (seconds <= (bounds[index] ?? 0) ? count + 1 : count))
        one.sum += seconds
        one.count += 1
      },
    }
  }

  /** A value that is looked up when somebody asks. Where that fails the others are told all the same. */
  gauge(name: string, help: string, read: () => Promise<Sample[]> | Sample[]): void {
    this.#writers.push(async () => {
      const samples = await Promise.resolve()
        .then(read)
        .catch((): Sample[] => [])
      return [
        ...heading(name, help, 'gauge'),
        ...samples.map(({ labels = {}, value }) => line(name, written(labels), value)),
      ]
    })
  }

  /** Everything, in the text format 0.0.4. */
  async text(): Promise<string> {
    const parts: string[] = []
    for (const write of this.#writers) parts.push(...(await write()))
    return `${parts.join('\n')}\n`
  }
}

function heading(name: string, help: string, type: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}

function line(name: string, labels: string, value: number): string {
  return `${name}${labels} ${value}`
}

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, '_')}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function increase(values: Map<string, number>, key: string, by: number): void {
  values.set(key, (values.get(key) ?? 0) + by)
}
