import type { Api } from 'grammy'
import type { CallbackQuery, Update } from 'grammy/types'
import { type Context, createContext, type Services } from '../platform/context.ts'
import type { Message } from '../platform/messages.ts'
import { isUnder } from './button-data.ts'
import { createDoorEdits } from './door-edits.ts'
import type { Feature } from './feature.ts'
import type { Budget } from './pace.ts'
import { speakerOf } from './speaker.ts'
import { storedForm, withData } from './stored-form.ts'

/** A button whose presses are never stored as they come: what they say is for nobody's eyes but the presser's. */
export interface DoorButton {
  /**
   * The data under which the press is stored and runs through the queue like any other, or null where nothing of it is stored
   * and {@link handle} does it at once. Computation, and at most the reading of a key. Where it throws, the update comes again.
   */
  seal(args: string, services: Services): Promise<string | null>
  /** Has no durable effect: where it fails the person is told to press again, and the update counts as received all the same. */
  handle(press: DoorPress): Promise<void>
}

/** A press that is done at the door. Nothing said here becomes a delivery: what cannot be said at once is not said. */
export interface DoorPress {
  /** What follows the first colon of the button's data. */
  readonly args: string
  /** The pressed message, as it stands now, still carries this button: a second tap's does not. */
  readonly isCurrent: boolean
  readonly chatId: number
  readonly messageId: number
  /** Who presses, read anew for each press. */
  context(): Promise<Context>
  /** Replaces the pressed message. Where that takes long it goes on while the press is answered. */
  edit(message: Message): Promise<void>
  /** Answers where the finger is: at most 200 characters, in a window with `alert`. It costs no budget. */
  say(text: string, alert?: boolean): Promise<void>
}

export interface PressDoor {
  /** Whether it is a press that a feature wants handled before it is written. */
  takes(update: Update): boolean
  /** What is to be stored of an update; null for a press that is done at the door. */
  admit(update: Update): Promise<Update | null>
  /** Does what {@link admit} kept from being stored, each person's presses one after another. */
  handle(update: Update): void
  /** Resolves when everything under way is done. */
  idle(): Promise<void>
}

export interface PressDoorParts {
  services: Services
  api: Api
  budget: Budget
  features: readonly Feature[]
  botId: number
}

/** Stands between the intake and the queue for the presses that features want handled before anything is written. */
export function createPressDoor({ services, api, budget, features, botId }: PressDoorParts): PressDoor {
  const buttons = new Map(features.flatMap((one) => Object.entries(one.atTheDoor ?? {})))
  const underWay = new Map<number, Promise<void>>()
  const edits = createDoorEdits(api, budget, services.log)

  const find = (update: Update) => {
    const data = update.callback_query?.data ?? ''
    const separator = data.indexOf(':')
    const button = separator === -1 ? undefined : buttons.get(data.slice(0, separator))
    return button && { button, args: data.slice(separator + 1) }
  }

  const admit = async (update: Update) => {
    const found = find(update)
    if (!found) return storedForm(update)
    const data = await found.button.seal(found.args, services)
    return data === null ? null : withData(update, data)
  }

  const handle = async (update: Update) => {
    const found = find(update)
    const press = update.callback_query
    if (!found || !press) return
    let answered = false
    const say = async (text?: string, alert = false) => {
      answered = true
      await api.answerCallbackQuery(press.id, text === undefined ? {} : { text, show_alert: alert })
    }
    try {
      if (press.message) await found.button.handle(doorPress(update, press, press.message, found.args, say))
      if (!answered) await say()
    } catch (error) {
      services.log.warn({ err: error, update: update.update_id }, 'press at the door failed')
      if (!answered) await say(services.texts('telegram:pressAgain'), true).catch(() => {})
    }
  }

  const doorPress = (
    update: Update,
    press: CallbackQuery,
    message: NonNullable<CallbackQuery['message']>,
    args: string,
    say: DoorPress['say'],
  ): DoorPress => ({
    args,
    isCurrent: isUnder(message, press.data),
    chatId: message.chat.id,
    messageId: message.message_id,
    context: async () => {
      const name = [press.from.first_name, press.from.last_name].filter(Boolean).join(' ')
      const account = { id: BigInt(press.from.id), name }
      const { actor } = await speakerOf(services.database, account, services.clock.now())
      return createContext(services, actor, `${botId}:${update.update_id}`)
    },
    edit: (shown) => edits.show(message.chat.id, message.message_id, shown),
    say,
  })

  return {
    takes: (update) => find(update) !== undefined,
    admit,
    handle: (update) => {
      const person = update.callback_query?.from.id ?? 0
      const done = (underWay.get(person) ?? Promise.resolve())
        .then(() => handle(update))
        .finally(() => {
          if (underWay.get(person) === done) underWay.delete(person)
        })
      underWay.set(person, done)
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay.values())
      await edits.idle()
    },
  }
}
