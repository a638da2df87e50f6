import type { Config } from './config.ts'
import { pageUrl } from './page-door.ts'
import { leavePath, proofOf } from './web/tools.ts'

/**
 * Asks the program that runs on this machine, with the proof that the asker knows its token: it gets a leave first, which is good for
 * this one question. The response is null where nobody answers at that address.
 */
export async function askProgram(
  { host, port }: Pick<Config, 'host' | 'port'>,
  token: string,
  path: string,
  ward = '',
): Promise<{ url: string; response: Response | null }> {
  const url = pageUrl(host, port)
  const post = (to: string, headers: Record<string, string>) =>
    fetch(url + to, { method: 'POST', headers }).catch(() => null)
  const given = await post(leavePath, {})
  if (!given?.ok) return { url, response: given }
  const leave = await given.text()
  const response = await post(path, { 'x-leave': leave, 'x-ward': ward, 'x-proof': proofOf(token, path, leave, ward) })
  return { url, response }
}
