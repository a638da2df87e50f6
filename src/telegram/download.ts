import { Agent, get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import type { Api } from 'grammy'

/** What Telegram lets a bot download (Bot API, getFile). */
export const largestDownload = 20_000_000

const timeoutMilliseconds = 60_000

/** A file that has more bytes than were asked for, whatever it was said to have. */
export class FileTooLarge extends Error {}

/**
 * Fetches a file that somebody sent, through the same server and proxy as every call. Throws `FileTooLarge` as soon as more
 * than `mostBytes` of it have come.
 */
export async function downloadFile(api: Api, fileId: string, mostBytes = largestDownload): Promise<Uint8Array> {
  const { file_path: path, file_size: size = 0 } = await api.getFile(fileId)
  if (size > mostBytes) throw new FileTooLarge()
  if (path === undefined) throw new Error('the Bot API server gave no path for a file')
  const root = api.options?.apiRoot ?? 'https://api.telegram.org'
  return read(`${root}/file/bot${api.token}/${path}`, agentOf(api), mostBytes)
}

function agentOf(api: Api): Agent | undefined {
  const config: object = api.options?.baseFetchConfig ?? {}
  return 'agent' in config && config.agent instanceof Agent ? config.agent : undefined
}

function read(url: string, agent: Agent | undefined, mostBytes: number): Promise<Uint8Array> {
  const get = url.startsWith('https:') ? getHttps : getHttp
  return new Promise((resolve, reject) => {
    const request = get(url, { timeout: timeoutMilliseconds, ...(agent ? { agent } : {}) }, (response) => {
      const parts: Buffer[] = []
      let bytes = 0
      response.on('data', (part: Buffer) => {
        bytes += part.length
        parts.push(part)
        if (bytes <= mostBytes) return
        reject(new FileTooLarge())
        request.destroy()
      })
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === 200) resolve(new Uint8Array(Buffer.concat(parts)))
        else reject(new Error(`a file could not be fetched: ${response.statusCode}`))
      })
    })
    // The address holds the token, so errors must not carry it into the log.
    request.on('error', () => reject(new Error('a file could not be fetched: connection broken')))
    request.on('timeout', () => request.destroy(new Error('timeout')))
  })
}
