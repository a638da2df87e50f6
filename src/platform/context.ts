import type { Actor } from '../domain/access.ts'
import { dayAt } from '../domain/dates.ts'
import type { Clock } from './clock.ts'
import type { Database, Transaction } from './database.ts'
import type { Log } from './log.ts'
import {
  cancelWaiting,
  type Outgoing,
  type Refresh,
  refreshDelivery,
  writeDeliveries,
  writeDelivery,
} from './outbox.ts'
import { Prisma } from './prisma/client.ts'
import type { Texts } from './texts.ts'
import { inTransaction } from './transaction.ts'

/** What the whole program shares. */
export interface Services {
  readonly database: Database
  readonly clock: Clock
  readonly log: Log
  readonly texts: Texts
  /** Called when a transaction has committed, so that what it wrote is sent without waiting for the next round. */
  onCommit(): void
  /** Called when something that fell due was no longer worth sending. */
  onSkipped?(what: string, count: number): void
}

/** Who acts, and through which account, as it stood when the act began. */
export interface ActingPerson extends Actor {
  accountId: bigint | null
  /** Printed under what they issue. */
  name: string | null
}

export type AuditSubject = Readonly<Record<string, string | number | null>>

/** What a use-case is given: the database, the time, who acts, and where the act came from. */
export interface Context {
  readonly db: Database
  readonly actor: ActingPerson
  /** The update, press or tick behind this act: the same source handled twice has one effect. */
  readonly source: string | null
  readonly texts: Texts
  readonly log: Log
  now(): Date
  today(): Temporal.PlainDate
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /** Records what was done, to each subject. Ids and codes only: a person's erasure must leave the record whole. */
  audit(
    tx: Transaction,
    action: string,
    subject: AuditSubject | readonly AuditSubject[],
    wardId?: number,
  ): Promise<void>
  /**
   * The same as an `INSERT … SELECT` that still wants its `FROM`, for an act that is one statement: it is recorded as often as
   * that has rows.
   */
  auditWith(action: string, subject: AuditSubject, wardId: number): Prisma.Sql
  /** Records that somebody read what is held about other people. */
  auditRead(action: string, subject: AuditSubject, wardId: number): Promise<void>
  /** Counts what fell due and is no longer worth sending: seen in the log and in the metrics, by the code of what it was. */
  skipped(what: string, count: number): void
  /** Writes a message that must arrive; answers with the delivery's id. */
  deliver(tx: Transaction, outgoing: Outgoing): Promise<number>
  /** The same for many messages at once, each under a key; answers with their ids in the same order. */
  deliverAll(tx: Transaction, outgoings: readonly (Outgoing & { key: string })[]): Promise<number[]>
  /** Puts aside what waits for a chat that no longer stands for whom it was written to. */
  cancelWaiting(tx: Transaction, chatId: bigint): Promise<void>
  /** Writes how a message reads now, in place of an edit of it that still waits. */
  refresh(tx: Transaction, refresh: Refresh): Promise<number>
}

/** The program itself, when no person is behind an act. */
export const nobody: ActingPerson = { personId: null, wardId: null, grants: [], accountId: null, name: null }

export function createContext(services: Services, actor: ActingPerson, source: string | null): Context {
  const now = () => services.clock.now()
  const audit: Context['audit'] = async (tx, action, subject, wardId) => {
    const subjects = [subject].flat()
    for (const value of subjects.flatMap((one) => Object.values(one))) refuseText(action, value)
    const shared = {
      at: now(),
      action,
      wardId: wardId ?? actor.wardId,
      actorPersonId: actor.personId,
      actorAccountId: actor.accountId,
    }
    await tx.auditEntry.createMany({ data: subjects.map((one) => ({ ...shared, subject: one })) })
  }
  return {
    db: services.database,
    actor,
    source,
    texts: services.texts,
    log: services.log,
    now,
    today: () => dayAt(now()),
    transaction: async (work) => {
      const result = await inTransaction(services.database, work)
      services.onCommit()
      return result
    },
    audit,
    auditWith: (action, subject, wardId) => {
      for (const value of Object.values(subject)) refuseText(action, value)
      return Prisma.sql`
        INSERT INTO "AuditEntry" ("at", "action", "wardId", "actorPersonId", "actorAccountId", "subject")
        SELECT ${now()}::timestamptz, ${action}, ${wardId}::int, ${actor.personId}::int, ${actor.accountId}::bigint,
          ${JSON.stringify(subject)}::jsonb`
    },
    auditRead: (action, subject, wardId) =>
      inTransaction(services.database, (tx) => audit(tx, action, subject, wardId)),
    skipped: (what, count) => {
      if (count === 0) return
      services.log.warn({ what, count }, 'too late to be sent')
      services.onSkipped?.(what, count)
    },
    deliver: (tx, outgoing) => writeDelivery(tx, outgoing, now()),
    deliverAll: (tx, outgoings) => writeDeliveries(tx, outgoings, now()),
    cancelWaiting: (tx, chatId) => cancelWaiting(tx, chatId, now()),
    refresh: (tx, refresh) => refreshDelivery(tx, refresh, now()),
  }
}

/** Names and sentences have spaces; ids, codes, periods and numbers of instruments have none. */
function refuseText(action: string, value: string | number | null): void {
  if (typeof value === 'string' && /\s|^$|.{80}/.test(value)) throw new Error(`the audit of ${action} was given a text`)
}
