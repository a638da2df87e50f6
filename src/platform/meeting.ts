import { setTimeout as delay } from 'node:timers/promises'
import type { OpenDatabase } from './database.ts'
import { createLease, type Lease } from './lease.ts'
import { createKeyPair, seal, unseal } from './sealing.ts'

/**
 * Brings secrets of several people together in the memory of one process, without writing them anywhere. The process to which
 * the first comes holds the meeting by a lease; another that gets one later passes it on, sealed to a key that exists only in
 * the holder's memory. What is passed on (NOTIFY) stands in no table and in no write-ahead log.
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
  /** A secret has come to this process, which holds the meeting. */
  arrived(topic: string, secret: Uint8Array): void
}

const channel = 'lienchi_meeting'
/** Meetings are few and short, and whoever brings a secret to another process waits until its holder has shown a sign of life. */
const renewMilliseconds = 500
const lookAgainMilliseconds = 250

export function createMeeting({ database, arrived }: MeetingParts): Meeting {
  const own = createKeyPair()
  const name = Buffer.from(own.publicKey).toString('base64url')
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
    const sealed = Buffer.from(seal(secret, Buffer.from(holder.holder, 'base64url'))).toString('base64url')
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

function leaseName(topic: string): string {
  return `meeting:${topic}`
}
