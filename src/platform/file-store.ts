import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AwsClient } from 'aws4fetch'

/** Where copies of what people sent lie, by a key made from their content. */
export interface FileStore {
  /** Keeps the bytes under the key; a second time changes nothing. */
  put(key: string, data: Uint8Array): Promise<void>
  /** The bytes under the key, or null where there are none. */
  get(key: string): Promise<Uint8Array | null>
  /** Takes it out; what is not there stays so. */
  remove(key: string): Promise<void>
}

/** Storage that speaks S3: `url` is the bucket's address, `https://host/bucket`. */
export interface ObjectStorage {
  url: string
  accessKey: string
  secretKey: string
  region: string
}

/** The key under which this content lies: the same content lies there once. */
export function keyOf(data: Uint8Array): { key: string; sha256: string } {
  const sha256 = createHash('sha256').update(data).digest('hex')
  return { key: `${sha256.slice(0, 2)}/${sha256}`, sha256 }
}

/** A folder on this machine, for this user alone. A file is there whole or not at all. */
export function folderStore(folder: string): FileStore {
  return {
    remove: (key) => rm(join(folder, key), { force: true }),
    put: async (key, data) => {
      const path = join(folder, key)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const unfinished = `${path}.${randomUUID()}`
      await writeFile(unfinished, data, { mode: 0o600 })
      await rename(unfinished, path)
    },
    get: async (key) => {
      try {
        return new Uint8Array(await readFile(join(folder, key)))
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
    },
  }
}

/** Gone with the process: for a demo in memory. */
export function memoryStore(): FileStore {
  const files = new Map<string, Uint8Array>()
  return {
    put: async (key, data) => {
      files.set(key, data)
    },
    get: async (key) => files.get(key) ?? null,
    remove: async (key) => {
      files.delete(key)
    },
  }
}

/** Storage that speaks S3, of a provider or of one's own. */
export function objectStore({ url, accessKey, secretKey, region }: ObjectStorage): FileStore {
  const client = new AwsClient({
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    region,
    service: 's3',
    retries: 2,
  })
  const address = (key: string) => `${url.replace(/\/+$/, '')}/${key}`
  return {
    put: async (key, data) => {
      const response = await client.fetch(address(key), { method: 'PUT', body: new Uint8Array(data) })
      if (!response.ok) throw new Error(`a file could not be stored: ${response.status}`)
    },
    remove: async (key) => {
      const response = await client.fetch(address(key), { method: 'DELETE' })
      if (!response.ok && response.status !== 404)
        throw new Error(`a stored file could not be removed: ${response.status}`)
    },
    get: async (key) => {
      const response = await client.fetch(address(key))
      if (response.status === 404) return null
      if (!response.ok) throw new Error(`a stored file could not be read: ${response.status}`)
      return new Uint8Array(await response.arrayBuffer())
    },
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'
}
