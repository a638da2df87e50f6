import { raw } from 'hono/html'

/** Line drawings of 24 units; the words beside them say what they mean. */
const drawings = {
  back: 'M15 5l-7 7 7 7',
  send: 'M4 12l16-8-6 16-3-6z',
  clip: 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8L9.5 17a1.7 1.7 0 0 1-2.4-2.4L14.500 7.200',
  slash: 'M14 5l-4 14',
  tools: 'M4 7h10m4 0h2M4 17h2m4 0h10M14 4v6M8 14v6',
  info: 'M12 11v6M12 7v.5M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18',
  reply: 'M9 6l-5 5 5 5M4 11h9a7 7 0 0 1 7 7',
  edit: 'M4 20h4L19 9l-4-4L4 16z',
  remove: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13',
  close: 'M6 6l12 12M18 6L6 18',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  eye: 'M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
  link: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  seat: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-4 3.600-6 8-6s8 2 8 6',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l5 5',
  play: 'M7 4l12 8-12 8z',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3 3',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  down: 'M6 9l6 6 6-6',
} as const

export type Icon = keyof typeof drawings

/** A picture beside words that say the same; screen readers pass over it. */
export function icon(name: Icon) {
  return raw(
    `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${drawings[name]}"/></svg>`,
  )
}
