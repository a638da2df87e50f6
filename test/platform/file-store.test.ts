import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FileStore, folderStore, keyOf, memoryStore, objectStore } from '../../src/platform/file-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'lien-chi-store-'))
let server: Server
let url: string
/** What the storage was asked, and with which signature. */
const asked: { method: string; path: string; authorization: string }[] = []
let answer: number | null = null

beforeAll(async () => {
  const objects = new Map<string, Buffer>()
  server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request
    asked.push({ method, path, authorization: headers.authorization ?? '' })
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    if (answer !== null) return response.writeHead(answer).end()
    if (method === 'PUT') objects.set(path, Buffer.concat(parts))
    if (method === 'DELETE') {
      objects.delete(path)
      return response.writeHead(204).end()
    }
    const found = objects.get(path)
    return found ? response.writeHead(200).end(method === 'GET' ? found : '') : response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/evidence`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const stores: [string, () => FileStore][] = [
  ['a folder', () => folderStore(folder)],
  ['memory', memoryStore],
  ['S3 storage', () => objectStore({ url, accessKey: 'key', secretKey: 'secret', region: 'hanoi' })],
]

describe.each(stores)('%s', (_, open) => {
  it('gives back what was put in, the same content once, and null for what is not there', async () => {
    const store = open()
    const data = new Uint8Array([1, 2, 3, 255])
    const { key } = keyOf(data)
    expect(await store.get(key)).toBeNull()
    await store.put(key, data)
    await store.put(key, data)
    expect(await store.get(key)).toEqual(data)
    await store.remove(key)
    await store.remove(key)
    expect(await store.get(key)).toBeNull()
  })
})

describe('a folder', () => {
  it('holds nothing half written', async () => {
    const { key } = keyOf(new Uint8Array([9]))
    await folderStore(folder).put(key, new Uint8Array([9]))
    expect(readdirSync(join(folder, key.slice(0, 2)))).toEqual([key.slice(3)])
  })
})

describe('S3 storage', () => {
  it('is asked under its bucket with a signature made from the secret, which is never sent', async () => {
    const store = objectStore({ url, accessKey: 'the-key', secretKey: 'the-secret', region: 'hanoi' })
    await store.put('ab/cd', new Uint8Array([1]))
    const last = asked.at(-1)
    expect(last).toMatchObject({ method: 'PUT', path: '/evidence/ab/cd' })
    expect(last?.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=the-key\/\d{8}\/hanoi\/s3\/aws4_request/)
    expect(JSON.stringify(asked)).not.toContain('the-secret')
  })
  it('that refuses is an error, not a file that is gone', async () => {
    const store = objectStore({ url, accessKey: 'key', secretKey: 'secret', region: 'hanoi' })
    answer = 403
    await expect(store.get('ab/ef')).rejects.toThrow('403')
    await expect(store.put('ab/ef', new Uint8Array([1]))).rejects.toThrow('403')
    answer = null
  })
})
