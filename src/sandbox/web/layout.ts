import type { Flash } from './flashes.ts'
import { type Html, html, nothing } from './markup.ts'
import type { Room } from './room.ts'
import { texts } from './texts.ts'

/** Nothing is evaluated and no style is put in by script, so that the content rule of the pages can forbid both. */
const htmxSettings = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  historyEnabled: false,
  // Refusals come as a few words to show, so they are put in as answers are.
  responseHandling: [
    { code: '204', swap: false },
    { code: '...', swap: true },
  ],
})

export interface Page {
  room: Room
  title: string
  /** Names the page for the style sheet. */
  kind: 'seats' | 'chats' | 'chat' | 'tools' | 'info' | 'month'
  body: Html
  flash: Flash | null
  /** Address of the stream of changes. */
  live?: string
  /** Names the place that the second skip link leads to. */
  writing?: boolean
}

export function layout({ room, title, kind, body, flash, live, writing }: Page): Html {
  return html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>${title} · ${room.options.title ?? texts.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="htmx-config" content="${htmxSettings}">
<link rel="icon" href="${room.paths.asset('icon.svg')}" type="image/svg+xml">
<link rel="stylesheet" href="${room.paths.asset('chat.css')}">
<script src="${room.paths.asset('htmx.js')}" defer></script>
<script src="${room.paths.asset('sse.js')}" defer></script>
<script src="${room.paths.asset('chat.js')}" defer></script>
</head>
<body class="page-${kind}" hx-ext="sse">
<nav class="skip">
<a href="#content">${texts.skipToChat}</a>
${writing ? html`<a href="#text">${texts.skipToWriting}</a>` : nothing}
</nav>
<div class="frame">${body}</div>
<div id="toasts" role="status" aria-live="polite">${flash ? said(flash) : nothing}</div>
<p id="lost" role="status" hidden>${texts.connectionLost}</p>
${live ? html`<div sse-connect="${live}" hidden><div sse-swap="news" hx-swap="none"></div></div>` : nothing}
</body>
</html>`
}

/** What is said once: a passing line, or a box to put away. */
export function said({ text, alert }: Flash): Html {
  if (!alert) return html`<p class="toast">${text}</p>`
  return html`<dialog open class="alert" aria-label="${text}">
<p>${text}</p>
<form method="dialog"><button class="primary" autofocus>${texts.close}</button></form>
</dialog>`
}

/** What is said once, on a page that is open already. */
export function saidLive(flash: Flash): Html {
  return html`<div hx-swap-oob="beforeend:#toasts">${said(flash)}</div>`
}
