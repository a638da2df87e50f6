import type { IncomingMessage } from 'node:http'

/** What a request says of where it goes and where it comes from. */
export interface Asked {
  method: string
  host: string | undefined
  /** Browsers name the page that asks, on everything but plain reading; `null` stands for a page without an address. */
  origin: string | undefined
  /** `Sec-Fetch-Site`: how that page relates to this address. Programs do not send it. */
  fetchSite: string | undefined
  /** The address of this machine that was reached. */
  localAddress?: string | undefined
}

export interface OwnAddress {
  /** Names that lead here, beside those of this machine itself. */
  names?: readonly string[]
  /** Only a browser's own forms are taken, not what programs send. */
  onlyForms?: boolean
}

/** Names under which every machine knows itself, as {@link nameIn} writes them. */
const ownNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

/**
 * What is wrong with a request to something that lets everybody in who can reach it: a foreign name that was pointed here (DNS
 * rebinding: a page from anywhere then reads as if it came from here), or a page of another address that sends or reads across.
 */
export function strangeness(
  asked: Asked,
  { names = [], onlyForms = false }: OwnAddress = {},
): 'host' | 'origin' | null {
  const name = nameIn(asked.host)
  const reached = asked.localAddress === undefined ? [] : [literal(asked.localAddress)]
  const known = [...ownNames, ...[...names, ...reached].map(nameIn)]
  if (name === null || !known.includes(name)) return 'host'
  if (asked.origin !== undefined) return isOfHost(asked.origin, asked.host) ? null : 'origin'
  if (isReading(asked.method)) return onlyForms || !comesFromElsewhere(asked.fetchSite) ? null : 'origin'
  if (onlyForms) return asked.fetchSite === 'same-origin' ? null : 'origin'
  return comesFromElsewhere(asked.fetchSite) ? 'origin' : null
}

/** The same of a request as Node has it. */
export function strangenessOf(
  { method, headers, socket }: IncomingMessage,
  own: OwnAddress = {},
): 'host' | 'origin' | null {
  const fetchSite = headers['sec-fetch-site']
  return strangeness(
    {
      method: method ?? '',
      host: headers.host,
      origin: headers.origin,
      fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
      localAddress: socket.localAddress,
    },
    own,
  )
}

/**
 * The host of a `Host` header, without its port: in small letters, a number of the internet in its usual spelling, without the dot at
 * the end that names may have. Null for what is none.
 */
export function nameIn(host: string | undefined): string | null {
  const url = parsed(host)
  if (url === null) return null
  const name = url.hostname.replace(/\.$/, '')
  const mapped = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(name)
  if (!mapped) return name
  const [high = 0, low = 0] = mapped.slice(1).map((part) => Number.parseInt(part, 16))
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** A host and perhaps a port, and nothing else that an address can hold. */
const hostShape = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

function parsed(host: string | undefined): URL | null {
  return host !== undefined && hostShape.test(host) ? URL.parse(`http://${host}`) : null
}

/** An address of the system as it stands in a URL. */
function literal(address: string): string {
  return address.includes(':') ? `[${address.replace(/%.*$/, '')}]` : address
}

/** A page of the host that was asked, with or without TLS in front of it. */
function isOfHost(origin: string, host: string | undefined): boolean {
  const [from, to] = [URL.parse(origin), parsed(host)]
  if (from === null || to === null || !/^https?:\/\/[^/]+$/i.test(origin)) return false
  return nameIn(from.host) === nameIn(to.host) && portOf(from, from.protocol) === portOf(to, from.protocol)
}

function portOf({ port }: URL, protocol: string): string {
  return port || (protocol === 'https:' ? '443' : '80')
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function comesFromElsewhere(fetchSite: string | undefined): boolean {
  return fetchSite === 'cross-site' || fetchSite === 'same-site'
}
