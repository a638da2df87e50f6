/** Addresses of the web chat. The seat is part of them, so two tabs can be two people. */
export function createPaths(base: string) {
  const seat = (person: number) => `${base}/p/${person}`
  const chat = (person: number, address: number) => `${seat(person)}/c/${address}`
  const home = base === '' ? '/' : base
  return {
    home,
    base,
    seats: (query: { chat?: number } = {}) => (query.chat === undefined ? home : `${home}?chat=${query.chat}`),
    foundSeats: `${base}/seats`,
    people: `${base}/people`,
    clock: `${base}/clock`,
    faults: `${base}/faults`,
    live: `${base}/live`,
    month: `${base}/month`,
    asset: (name: string) => `${base}/assets/${name}`,
    seat,
    tools: (person: number) => `${seat(person)}/tools`,
    groups: (person: number) => `${seat(person)}/groups`,
    open: (person: number, url: string) => `${seat(person)}/open?url=${encodeURIComponent(url)}`,
    chat,
    info: (person: number, address: number) => `${chat(person, address)}/info`,
    messages: (person: number, address: number) => `${chat(person, address)}/messages`,
  }
}

export type Paths = ReturnType<typeof createPaths>

/** An address of these pages to go back to; anything else leads to the first page. */
export function safeReturn(given: unknown): string {
  return typeof given === 'string' && /^\/(?![/\\])/.test(given) ? given : '/'
}
