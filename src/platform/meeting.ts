import { createHmac, timingSafeEqual } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { OpenDatabase } from './database.ts'
import { createLease, type Lease } from './lease.ts'
import { createKeyPair, seal, unseal } from './sealing.ts'

/**
 * Brings secrets of several people together in the memory of one process, without writing them anywhere. The process to which
 * the first comes holds the meeting by a lease; another that gets one later passes it on, sealed to a key that exists only in
 * the holder's memory. What is passed on (NOTIFY) stands in no table and in no write-ahead log. A holder proves that it is a
 * process of the program: whoever can only write into the database names a key of their own in vain.
 */
export interface Meeting {
  /** `here`: it was given to {@link MeetingParts.arrived} in this process. `passedOn`: to the process that holds the meeting. */
  bring(topic: string, secret: Uint8Array): Promise<'here' | 'passedOn'>
  /** The meeting is over. */
  end(topic: string): Promise<void>
  stop(): Promise<void>
}

export interface MeetingParts {
  database: OpenDatabase
  /** What every process of the program knows and the database does not. */
  programSecret: string
  /** A secret has come to this process, which holds the meeting. */
  arrived(topic: string, secret: Uint8Array): void
}

const channel = 'lienchi_meeting'
/** Meetings are few and short, and whoever brings a secret to another process waits until its holder has shown a sign of life. */
const renewMilliseconds = 500
const lookAgainMilliseconds = 250

export function createMeeting({ database, programSecret, arrived }: MeetingParts): Meeting {
  const own = createKeyPair()
  const name = nameOf(own.publicKey, programSecret)
  const held = new Map<string, { lease: Lease; renewal: NodeJS.Timeout }>()
  /** Leases that another process held when this one asked. */
  const asked = new Map<string, Lease>()

  const listening = database.listen?.(channel, (words) => {
    const [to, topic = '', sealed = ''] = words.split(' ')
    if (to !== name) return
    const secret = unseal(Buffer.from(sealed, 'base64url'), own)
    if (secret) arrived(topic, secret)
  })

  /** False where another process, which lives, holds the meeting. One that has died is known after some seconds. */
  const hold = async (topic: string): Promise<boolean> => {
    // Without other processes there is nobody to hold it against.
    if (!listening || held.has(topic)) return true
    const lease = asked.get(topic) ?? createLease(database.prisma, leaseName(topic), name)
    asked.set(topic, lease)
    while ((await lease.hold()) === null) {
      if (lease.isHolderAlive()) return false
      await delay(lookAgainMilliseconds)
    }
    asked.delete(topic)
    if (held.has(topic)) return true
    held.set(topic, { lease, renewal: setInterval(() => void lease.hold().catch(() => {}), renewMilliseconds) })
    return true
  }

  const passOn = async (topic: string, secret: Uint8Array) => {
    const holder = await database.prisma.courierLease.findUniqueOrThrow({ where: { name: leaseName(topic) } })
    const key = keyOf(holder.holder, programSecret)
    if (!key) throw new Error(`the holder of ${leaseName(topic)} is no process of this program: nothing was passed on`)
    const sealed = Buffer.from(seal(secret, key)).toString('base64url')
    await database.prisma.$executeRaw`SELECT pg_notify(${channel}, ${`${holder.holder} ${topic} ${sealed}`})`
  }

  const end = async (topic: string) => {
    asked.delete(topic)
    const meeting = held.get(topic)
    if (!meeting) return
    held.delete(topic)
    clearInterval(meeting.renewal)
    await meeting.lease.release()
  }

  return {
    bring: async (topic, secret) => {
      if (await hold(topic)) {
        arrived(topic, secret)
        return 'here'
      }
      await passOn(topic, secret)
      return 'passedOn'
    },
    end,
    stop: async () => {
      await Promise.all([...held.keys()].map(end))
      await listening?.stop()
    },
  }
}

/** The public half of a process's key and its proof: `<key>.<proof>`, without a blank. */
function nameOf(publicKey: Uint8Array, programSecret: string): string {
  return [publicKey, proofOf(publicKey, programSecret)].map((part) => Buffer.from(part).toString('base64url')).join('.')
}

/** The key in such a name; null where its proof is not one of this program. */
function keyOf(name: string, programSecret: string): Uint8Array | null {
  const [key, proof] = name.split('.').map((part) => new Uint8Array(Buffer.from(part, 'base64url')))
  if (!key || !proof) return null
  const expected = proofOf(key, programSecret)
  return proof.length === expected.length && timingSafeEqual(proof, expected) ? key : null
}

function proofOf(publicKey: Uint8Array, programSecret: string): Uint8Array {
  return createHmac('sha256', programSecret).update('meeting').update(publicKey).digest()
}

function leaseName(topic: string): string {
  return `meeting:${topic}`
}
