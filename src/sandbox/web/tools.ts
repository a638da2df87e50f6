import type { LoggedCall } from '../calls.ts'
import type { Faults } from '../faults.ts'
import { icon } from './icons.ts'
import { type Html, html, nothing } from './markup.ts'
import { outOfBand } from './parts.ts'
import type { Room } from './room.ts'
import { texts } from './texts.ts'
import { exactTime, fullTime, timeOfDay } from './time.ts'

const t = texts.tools
const f = texts.faults

/** Calls shown at once; older ones fall off. */
export const SHOWN_CALLS = 80
/** Characters of a call's parameters or result. */
const LONGEST = 1_500

/** Clock, faults and the log of calls. `back` is where forms lead without script. */
export async function toolsPanel(room: Room, back: string): Promise<Html> {
  const calls = shownCalls(room.state.calls.after(0)).slice(-SHOWN_CALLS)
  return html`${room.month ? html`<a class="button month-link" href="${room.paths.month}">${icon('play')}${texts.month.title}</a>` : nothing}
<section aria-labelledby="clock-title"><h2 id="clock-title">${t.clock}</h2>
${clockFace(room)}
<form class="clock" method="post" action="${room.paths.clock}" hx-post="${room.paths.clock}" hx-swap="none">
<input type="hidden" name="back" value="${back}">
<button name="move" value="PT1H">${t.hour}</button><button name="move" value="P1D">${t.day}</button>
${room.options.nextDue ? html`<button name="move" value="due">${t.due}</button>` : nothing}
</form>
${room.options.nextDue ? await dueLine(room) : nothing}
<p class="hint">${t.clockHint}</p></section>
<section aria-labelledby="faults-title"><h2 id="faults-title">${t.faults}</h2>
<details class="faults"><summary>${faultsLine(room.state.faults)}</summary>
<form method="post" action="${room.paths.faults}" hx-post="${room.paths.faults}" hx-swap="none"><input type="hidden" name="back" value="${back}">${faultKeys(room.state.faults)}</form></details></section>
<section class="log" aria-labelledby="calls-title"><h2 id="calls-title">${t.calls}</h2><p class="hint">${t.callsHint}</p>
<ol id="calls" tabindex="0" aria-labelledby="calls-title">${calls.length > 0 ? calls.reverse().map(callView) : html`<li class="none">${t.noCalls}</li>`}</ol></section>`
}

export function clockFace(room: Room, live = false): Html {
  const now = room.state.clock.now()
  return html`<p id="clock"${outOfBand(live)}><time datetime="${now.toISOString().slice(0, 16)}Z"><strong>${timeOfDay(now)}</strong> ${fullTime(now).slice(6)}</time></p>`
}

export async function dueLine(room: Room, live = false): Promise<Html> {
  const due = await room.options.nextDue?.()
  return html`<p id="due" class="hint"${outOfBand(live)}>${due ? t.dueAt(fullTime(due)) : t.nothingDue}</p>`
}

export function faultsLine(faults: Faults, live = false): Html {
  const quiet = faults.isQuiet && faults.duplicateUpdates + faults.reorderUpdates + faults.doublePresses === 0
  return html`<span id="faults-line" class="${quiet ? 'quiet' : 'loud'}"${outOfBand(live)}>${quiet ? t.faultsQuiet : t.faultsOn}</span>`
}

export function faultKeys(faults: Faults, live = false): Html {
  const planned = faults.planned.reduce((sum, { times }) => sum + times, 0)
  return html`<div id="faults"${outOfBand(live)}>
${switchKey('outage', faults.outage, f.outage)}
${switchKey('floodLimits', faults.flood.enabled, f.floodLimits)}
${switchKey('latency', faults.latency > 0, f.latency)}
${(['fail429', 'fail500', 'dropBefore', 'dropAfter'] as const).map((name) => onceKey(name, 0))}
${onceKey('duplicateUpdates', faults.duplicateUpdates)}
${onceKey('reorderUpdates', faults.reorderUpdates)}
${onceKey('doublePresses', faults.doublePresses)}
${planned > 0 ? html`<p>${f.planned(planned)}</p>` : nothing}
<button id="fault-clear" class="plain" name="clear" value="1">${f.clear}</button></div>`
}

function switchKey(name: 'outage' | 'floodLimits' | 'latency', on: boolean, words: string): Html {
  return html`<button id="fault-${name}" class="switch" name="${name}" value="${on ? 'off' : 'on'}" aria-pressed="${on}">${words}</button>`
}

type Once = 'fail429' | 'fail500' | 'dropBefore' | 'dropAfter' | 'duplicateUpdates' | 'reorderUpdates' | 'doublePresses'

function onceKey(name: Once, waiting: number): Html {
  return html`<button id="fault-${name}" name="once" value="${name}">${f[name]}${waiting > 0 ? ` (${waiting})` : ''}</button>`
}

/** Long polls that brought nothing say nothing. */
export function shownCalls(calls: readonly LoggedCall[]): LoggedCall[] {
  return calls.filter(
    ({ method, ok, result }) =>
      !(ok && method.toLowerCase() === 'getupdates' && Array.isArray(result) && result.length === 0),
  )
}

export function callView(call: LoggedCall): Html {
  const answer = call.ok ? call.result : call.error
  const kind = call.ok ? (call.method.toLowerCase() === 'getupdates' ? 'waited' : 'good') : 'bad'
  return html`<li class="${kind}"><details><summary><time>${exactTime(new Date(call.at))}</time> <b>${call.method}</b> <small>${call.ok ? nothing : html`<em>${call.code}</em> `}${t.ms(Math.round(call.ms))}</small></summary>
<h3>${t.params}</h3><pre>${json(call.params)}</pre>
${call.unknown ? html`<h3>${t.unread}</h3><pre>${call.unknown.join(', ')}</pre>` : nothing}
<h3>${t.result}</h3><pre>${typeof answer === 'string' ? answer : json(answer)}</pre></details></li>`
}

function json(value: unknown): string {
  const text = JSON.stringify(value, null, 1) ?? ''
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
