/** Addresses of the web chat. The seat is part of them, so two tabs can be two people. */
export const paths = {
  seats: (query: { chat?: number } = {}) => (query.chat === undefined ? '/' : `/?chat=${query.chat}`),
  seat: (person: number) => `/p/${person}`,
  tools: (person: number) => `/p/${person}/tools`,
  month: '/month',
  chat: (person: number, chat: number) => `/p/${person}/c/${chat}`,
  info: (person: number, chat: number) => `/p/${person}/c/${chat}/info`,
  messages: (person: number, chat: number) => `/p/${person}/c/${chat}/messages`,
  open: (person: number, url: string) => `/p/${person}/open?url=${encodeURIComponent(url)}`,
}

/** An address inside the web chat to go back to; anything else leads to the first page. */
export function safeReturn(given: unknown): string {
  return typeof given === 'string' && /^\/(?![/\\])/.test(given) ? given : '/'
}
