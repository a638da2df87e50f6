import type { Config } from './config.ts'
import { proofOf } from './web/tools.ts'

/**
 * Asks the program that runs on this machine, with the proof that the asker knows its token. The response is null where nobody
 * answers at that address.
 */
export async function askProgram(
  { host, port }: Pick<Config, 'host' | 'port'>,
  token: string,
  path: string,
  ward = '',
): Promise<{ url: string; response: Response | null }> {
  const url = `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`
  const moment = Date.now()
  const headers = { 'x-moment': String(moment), 'x-ward': ward, 'x-proof': proofOf(token, path, moment, ward) }
  return { url, response: await fetch(url + path, { method: 'POST', headers }).catch(() => null) }
}
