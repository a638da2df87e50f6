import type { Api } from 'grammy'
import type { Message as TelegramMessage, Update } from 'grammy/types'
import type { Action } from '../domain/access.ts'
import type { Problem, Result } from '../domain/result.ts'
import { passing } from '../platform/checkpoints.ts'
import { type Context, createContext, type Services } from '../platform/context.ts'
import type { Message } from '../platform/messages.ts'
import { priority, writeDelivery } from '../platform/outbox.ts'
import type { FileKind } from '../platform/reading/limits.ts'
import { inTransaction } from '../platform/transaction.ts'
import { classify } from './failures.ts'
import { closeForm, findForm, type OpenForm, saveForm } from './forms.ts'
import type { Budget } from './pace.ts'
import { awaitBudget, patiently } from './patience.ts'
import type { FileToRead, SentFileRead, SentFiles } from './read-sent-file.ts'
import { editMessage, sendFile, sendMessage, sendPicture } from './send.ts'
import type { Speaker } from './speaker.ts'

export interface Chat {
  id: number
  kind: 'private' | 'group'
  title: string
  /** The branch this group is connected to. */
  branch: { id: number; wardId: number; name: string } | null
  /** The ward whose leaders' group this is. */
  ward: { id: number; name: string } | null
}

export interface Press {
  id: string
  data: string
  /** The message that carried the button. */
  messageId: number | null
}

export interface TurnInput {
  update: Update
  chat: Chat
  speaker: Speaker
  message: TelegramMessage | null
  press: Press | null
  args: string
  /** The files of this update, each read once however many look at it. */
  files: SentFiles
}

/**
 * One thing a person did in a chat, and the ways to answer it. What is answered here is a direct reply: it goes straight
 * to Telegram and becomes a delivery when Telegram refuses it. What must arrive is written by use-cases instead.
 */
export class Turn {
  readonly context: Context
  readonly chat: Chat
  readonly speaker: Speaker
  /** The message that was sent, or null for a press. */
  readonly message: TelegramMessage | null
  readonly press: Press | null
  /** What follows the command's name, the button's first colon or the deep link's word. */
  readonly args: string
  readonly updateId: number
  readonly #input: TurnInput
  readonly #source: string
  /** Shared by the turns made from this one: a press is answered once. */
  readonly #state: { answered: boolean }
  readonly #services: Services
  readonly #api: Api
  readonly #budget: Budget

  constructor(
    services: Services,
    api: Api,
    budget: Budget,
    input: TurnInput,
    source: string,
    state = { answered: false },
  ) {
    this.#services = services
    this.#api = api
    this.#budget = budget
    this.#input = input
    this.#source = source
    this.#state = state
    this.chat = input.chat
    this.speaker = input.speaker
    this.message = input.message
    this.press = input.press
    this.args = input.args
    this.updateId = input.update.update_id
    this.context = createContext(services, input.speaker.actor, source)
  }

  get texts() {
    return this.#services.texts
  }

  /** The same turn with other arguments: how a button runs a command. */
  with(args: string): Turn {
    const input = { ...this.#input, args }
    return new Turn(this.#services, this.#api, this.#budget, input, this.#source, this.#state)
  }

  async reply(message: Message): Promise<void> {
    await this.#sendOrKeep(message)
  }

  /** Answers in this person's private chat, wherever they acted; false where they have not opened it to the bot. */
  async replyPrivately(message: Message): Promise<boolean> {
    try {
      await this.#sendOrKeep(message, Number(this.speaker.accountId))
      return true
    } catch (error) {
      if (classify(error).kind === 'chatLost') return false
      throw error
    }
  }

  /**
   * Says what a person can mend, in one sentence with the remedy. A press is answered where the finger is, unless the remedy
   * is a command: in a window it cannot be tapped, and is gone before an old person has read it.
   */
  async refuse(problem: Problem): Promise<void> {
    const text = this.texts.problem(problem)
    const namesCommand = this.chat.kind === 'private' && /(^|\s)\/[a-z]/.test(text)
    if (this.press && text.length <= 200 && !namesCommand) return this.notify(text, true)
    await this.reply({ text })
  }

  /** Replaces the message whose button was pressed. */
  async edit(message: Message): Promise<void> {
    const messageId = this.press?.messageId
    // An edit is a call like any other; where none is left, a message of its own waits its turn.
    if (messageId == null || !(await awaitBudget(this.#budget, this.chat.id))) return this.reply(message)
    try {
      await patiently(this.#budget, this.chat.id, () => editMessage(this.#api, this.chat.id, messageId, message))
    } catch (error) {
      const failure = classify(error)
      if (failure.kind !== 'done') await this.reply(message)
    }
  }

  /** Answers a press where the finger is: at most 200 characters, in a window with `alert`. Typed, it is a reply. */
  async notify(text?: string, alert = false): Promise<void> {
    if (!this.press) {
      if (text !== undefined) await this.reply({ text })
      return
    }
    if (this.#state.answered) return
    this.#state.answered = true
    try {
      passing('press.answering')
      await this.#api.answerCallbackQuery(this.press.id, text === undefined ? {} : { text, show_alert: alert })
      passing('press.answered')
    } catch (error) {
      // Too late or already answered: the press itself has had its effect.
      this.#services.log.debug({ err: error }, 'press not answered')
    }
  }

  /** Opens the chat behind a t.me address from a press in a group. */
  async openLink(url: string): Promise<void> {
    if (!this.press || this.#state.answered) return
    this.#state.answered = true
    try {
      await this.#api.answerCallbackQuery(this.press.id, { url })
    } catch (error) {
      this.#services.log.debug({ err: error }, 'press not answered')
    }
  }

  /**
   * Asks for the next message of this person here. In a group only a reply passes, so the reply box is opened for them; in
   * private a button to stop stands under the question, so that nobody needs to know `/huy`.
   */
  async ask(kind: string, data: Record<string, unknown>, message: Message): Promise<void> {
    const promptMessageId = await this.#sendOrKeep(message.buttons || message.keys ? message : this.#question(message))
    await this.#await(kind, data, promptMessageId)
  }

  /** The same in place of the message whose button was pressed: a row of questions does not fill the chat. */
  async askHere(kind: string, data: Record<string, unknown>, message: Message): Promise<void> {
    await this.edit(message)
    await this.#await(kind, data, this.press?.messageId ?? null)
  }

  async #await(kind: string, data: Record<string, unknown>, promptMessageId: number | null): Promise<void> {
    await saveForm(
      this.context.db,
      this.speaker.accountId,
      BigInt(this.chat.id),
      { kind, data, promptMessageId, source: this.#source },
      this.context.now(),
    )
  }

  #question(message: Message): Message {
    if (this.chat.kind === 'group') return { ...this.#addressed(message), asksReply: {} }
    return { ...message, buttons: [[{ text: this.texts('common:cancel'), data: 'cancel' }]] }
  }

  /** Telegram opens the reply box of whoever is replied to; after a press, which is no message, of whoever is named. */
  #addressed(message: Message): Message {
    if (this.message) return message
    const name = this.speaker.accountName
    const user = { id: Number(this.speaker.accountId), is_bot: false, first_name: name }
    const moved = (message.entities ?? []).map((entity) => ({ ...entity, offset: entity.offset + name.length + 2 }))
    return {
      ...message,
      text: `${name}: ${message.text}`,
      entities: [{ type: 'text_mention', offset: 0, length: name.length, user }, ...moved],
    }
  }

  async openForm(): Promise<OpenForm | null> {
    return findForm(this.context.db, this.speaker.accountId, BigInt(this.chat.id), this.context.now())
  }

  async closeForm(): Promise<void> {
    await closeForm(this.context.db, this.speaker.accountId, BigInt(this.chat.id))
  }

  async sendFile(file: { name: string; data: Uint8Array }, caption: string): Promise<void> {
    await awaitBudget(this.#budget, this.chat.id)
    await patiently(this.#budget, this.chat.id, () => sendFile(this.#api, this.chat.id, file, caption))
  }

  /** Shows a picture made here, a PNG; it may not be passed on. */
  async sendPicture(png: Uint8Array, caption: string): Promise<void> {
    await awaitBudget(this.#budget, this.chat.id)
    await patiently(this.#budget, this.chat.id, () => sendPicture(this.#api, this.chat.id, png, caption))
  }

  /** Reads a file that was sent, for an act that this person may do: `SentFiles.read` says what is asked and what can fail. */
  readSent<K extends FileKind>(kind: K, file: FileToRead, action: Action): Promise<Result<SentFileRead<K>>> {
    return this.#input.files.read(this.context.actor, kind, file, action)
  }

  /** Takes down the buttons of the pressed message, leaving its text. */
  async clearButtons(): Promise<void> {
    const messageId = this.press?.messageId
    if (messageId == null || !(await awaitBudget(this.#budget, this.chat.id))) return
    const clear = () => this.#api.editMessageReplyMarkup(this.chat.id, messageId)
    await patiently(this.#budget, this.chat.id, clear).catch((error) => classify(error))
  }

  get api(): Api {
    return this.#api
  }

  async #sendOrKeep(message: Message, chatId = this.chat.id): Promise<number | null> {
    const inGroup = this.chat.kind === 'group' && chatId === this.chat.id
    const addressed =
      inGroup && this.message && message.replyToMessageId === undefined
        ? { ...message, replyToMessageId: this.message.message_id }
        : message
    let mayHaveArrived = false
    if (this.#budget.take(chatId)) {
      try {
        passing('reply.sending')
        const messageId = await sendMessage(this.#api, chatId, addressed)
        passing('reply.sent')
        return messageId
      } catch (error) {
        const failure = classify(error)
        if (failure.kind === 'chatLost' || failure.kind === 'refused') throw error
        if (failure.kind === 'tooFast') this.#budget.refused(chatId, failure.seconds)
        mayHaveArrived = failure.kind === 'unknown'
      } finally {
        this.#budget.ended(chatId)
      }
    }
    passing('reply.keeping')
    const { database, clock } = this.#services
    await inTransaction(database, (tx) =>
      writeDelivery(
        tx,
        { chatId: BigInt(chatId), message: addressed, priority: priority.reply, mayHaveArrived },
        clock.now(),
      ),
    )
    this.#services.onCommit()
    return null
  }
}
