import type { Message as TelegramMessage } from 'grammy/types'
import type { Action } from '../domain/access.ts'
import type { Context } from '../platform/context.ts'
import type { Database, Transaction } from '../platform/database.ts'
import type { OldDelivery } from '../platform/old-deliveries.ts'
import type { TextKey } from '../platform/text-keys.ts'
import type { DoorButton } from './at-the-door.ts'
import type { Turn } from './turn.ts'

/** In which chats a command stands: a private chat, a group that is connected to a branch, that of the ward's leaders, any group. */
export type ChatKind = 'private' | 'branchGroup' | 'wardGroup' | 'group'

/** Who sees a command: anybody, anybody linked to a person, or whoever has a role that may do this. */
export type Audience = 'everyone' | 'linked' | Action

/** A slash command. Its menu button runs the same handler without arguments, so it must never end in a usage line. */
export interface Command {
  /** Latin, without the slash. */
  name: string
  chats: readonly ChatKind[]
  audience: Audience
  /** At most 40 characters: the entry in Telegram's list and the menu's button. */
  label: TextKey
  handle(turn: Turn): Promise<void>
}

export interface ButtonHandler {
  /** Works without a link to a person (codes, consent). */
  open?: boolean
  /** `turn.args` holds what follows the first colon of the button's data. */
  handle(turn: Turn): Promise<void>
}

/**
 * A message that answers an open form; `data` is its draft as stored. The handler closes the form or asks on through the
 * turn; `false` says that the message was not meant for the form, which stays open.
 */
export interface FormHandler {
  open?: boolean
  handle(turn: Turn, data: Record<string, unknown>): Promise<unknown>
}

/** Something that happened to a chat. Every feature is told. */
export type ChatEvent =
  | { kind: 'botAdded' | 'botRemoved' | 'botPromoted' | 'botDemoted'; chatId: bigint; title: string; by: bigint }
  | { kind: 'titleChanged'; chatId: bigint; title: string }
  | { kind: 'migrated'; chatId: bigint; newChatId: bigint }
  /** Somebody acted in a group, came into it, or left it. A bot has no name of ours to compare and joins like anybody. */
  | { kind: 'memberActed' | 'memberLeft'; chatId: bigint; accountId: bigint }
  | { kind: 'memberJoined'; chatId: bigint; accountId: bigint; standing: 'administrator' | 'member' }
  | { kind: 'accountBlocked' | 'accountReturned'; accountId: bigint }
  | { kind: 'chatLost'; chatId: bigint; reason: string }

/** Something that a person still has to do, in a line, with the button that does it. */
export interface OwedItem {
  label: string
  data: string
  dueOn: Temporal.PlainDate | null
}

/** Something that is held about a person: what it is, since when, and its content in words. */
export interface HeldRecord {
  what: TextKey
  at: Date | null
  text: string
}

/** Whose data is meant: the person, and the accounts that speak or spoke for them. */
export interface DataSubject {
  personId: number | null
  accountIds: readonly bigint[]
}

/** What a feature holds about people. Every table with a number of a person or an account stands in one of the two lists. */
export interface PersonalData {
  /** Tables whose rows {@link collect} gives out. */
  covers: readonly string[]
  /** Tables whose rows are not given out, each with the reason. */
  exempt?: Readonly<Record<string, string>>
  collect(context: Context, who: DataSubject): Promise<HeldRecord[]>
  /** Erases what rests on the person's consent alone; what is kept by duty stays. */
  erase?(context: Context, tx: Transaction, personId: number): Promise<void>
}

/** Rows of one kind that go when their time is over (the rule pack says after how many months). */
export interface Retained {
  kind: string
  name: TextKey
  count(db: Database, wardId: number, before: Date): Promise<number>
  /** Deletes or empties them; answers with how many. */
  remove(tx: Transaction, wardId: number, before: Date): Promise<number>
}

export interface Feature {
  readonly name: string
  /** What its commands are about, at most 40 characters: the button under which a long menu keeps them. */
  readonly title?: TextKey
  readonly commands?: readonly Command[]
  /** By the word before the first colon of a button's data. */
  readonly buttons?: Readonly<Record<string, ButtonHandler>>
  /** Buttons whose presses are not stored as they come, by the same word; what they store instead is handled by `buttons`. */
  readonly atTheDoor?: Readonly<Record<string, DoorButton>>
  /** By the form's kind. */
  readonly forms?: Readonly<Record<string, FormHandler>>
  /** Deep links `/start <word>_<rest>` by that word; `turn.args` holds the rest. They work without a link to a person. */
  readonly starts?: Readonly<Record<string, (turn: Turn) => Promise<void>>>
  /** A text sent in private that no form awaits, from strangers too; answers whether it was this feature's (a code). */
  readonly text?: (turn: Turn, text: string) => Promise<boolean>
  /** A reply to a message of the bot that no form awaits; answers whether it was this feature's. */
  readonly reply?: (turn: Turn, message: TelegramMessage) => Promise<boolean>
  /** A file sent in private that no form awaits; answers whether it was this feature's. */
  readonly file?: (turn: Turn, message: TelegramMessage) => Promise<boolean>
  readonly personalData?: PersonalData
  readonly retention?: readonly Retained[]
  /**
   * Of deliveries that came to an end long ago, the ids of those that this feature still needs: it edits their message, or knows
   * an answer by its number. The others are deleted.
   */
  readonly needsDeliveries?: (tx: Transaction, deliveries: readonly OldDelivery[]) => Promise<readonly number[]>
  readonly event?: (context: Context, event: ChatEvent) => Promise<void>
  /** Its {@link event} says what a chat stands for from now on: it is told before the others, which read that. */
  readonly settlesLinks?: true
  /**
   * What fell due after `since` and up to `until`. Idempotent: the same span may be asked twice. `signal` says that the program
   * ends: what works in pieces leaves the rest.
   */
  readonly due?: (context: Context, span: { since: Date; until: Date }, signal?: AbortSignal) => Promise<void>
  /** Resolves when nothing runs that the feature began beside the queue. */
  readonly idle?: () => Promise<void>
  /** The program ends. */
  readonly stop?: () => Promise<void>
  /**
   * All that this person still owes here: what is missing is never done, what stands here is not done yet. Where it is the
   * acting person, also what they owe by an office.
   */
  readonly owed?: (context: Context, personId: number) => Promise<OwedItem[]>
  /** When something that people notice falls due next; for whoever moves the clock by hand. */
  readonly nextDue?: (context: Context) => Promise<Date | null>
}
