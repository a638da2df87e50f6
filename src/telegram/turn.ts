import type { Api } from 'grammy'
import type { Message as TelegramMessage, Update } from 'grammy/types'
import type { Action } from '../domain/access.ts'
import type { Problem, Result } from '../domain/result.ts'
import { passing } from '../platform/checkpoints.ts'
import { type Context, createContext, type Services } from '../platform/context.ts'
import type { Message } from '../platform/messages.ts'
import type { FileKind } from '../platform/reading/limits.ts'
import { type Answers, markOf, windowMark } from './answers.ts'
import { asQuestion } from './asking.ts'
import { classify } from './failures.ts'
import { closeForm, findForm, type OpenForm, saveForm } from './forms.ts'
import type { PressWindow } from './press-windows.ts'
import type { FileToRead, SentFileRead, SentFiles } from './read-sent-file.ts'
import { Replies, type ReplyParts } from './replies.ts'
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
  /** The message no longer carried the button when it was pressed, or never did. */
  isGone: boolean
}

export interface TurnInput {
  update: Update
  chat: Chat
  speaker: Speaker
  message: TelegramMessage | null
  press: Press | null
  args: string
  /** The number of the update, of which each effect is had once. */
  source: string
  /** What it was answered with before, where it is handled once more. */
  answers: Answers
  /** The files of this update, each read once however many look at it. */
  files: SentFiles
}

export interface TurnParts extends ReplyParts {
  services: Services
}

interface PressState {
  answered: boolean
  window: PressWindow
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
  /** Shared by the turns made from this one: a press is answered once. */
  readonly #state: PressState
  readonly #parts: TurnParts
  readonly #replies: Replies

  constructor(parts: TurnParts, input: TurnInput, state: PressState = { answered: false, window: {} }) {
    this.#parts = parts
    this.#input = input
    this.#state = state
    this.#replies = new Replies(parts, {
      chat: input.chat,
      accountId: input.speaker.accountId,
      source: input.source,
      message: input.message,
      pressed: pressedOf(input),
      answers: input.answers,
    })
    this.chat = input.chat
    this.speaker = input.speaker
    this.message = input.message
    this.press = input.press
    this.args = input.args
    this.updateId = input.update.update_id
    this.context = createContext(parts.services, input.speaker.actor, input.source)
  }

  get texts() {
    return this.#parts.services.texts
  }

  get api(): Api {
    return this.#parts.api
  }

  /** The same turn with other arguments: how a button runs a command. */
  with(args: string): Turn {
    return new Turn(this.#parts, { ...this.#input, args }, this.#state)
  }

  /** How the press was answered in its window. */
  get window() {
    return this.#state.window
  }

  async reply(message: Message): Promise<void> {
    await this.#replies.send(message)
  }

  /** Answers in this person's private chat, wherever they acted; false where they have not opened it to the bot. */
  async replyPrivately(message: Message): Promise<boolean> {
    try {
      await this.#replies.send(message, Number(this.speaker.accountId))
      return true
    } catch (error) {
      if (classify(error).kind === 'chatLost') return false
      throw error
    }
  }

  /** Says what a person can mend, in one sentence with the remedy. */
  async refuse(problem: Problem): Promise<void> {
    await this.tell(this.texts.problem(problem))
  }

  /**
   * Says what changes nothing, such as "there is none yet". A press is answered where the finger is, unless the sentence names a
   * command: in a window it cannot be tapped, and is gone before an old person has read it.
   */
  async tell(text: string): Promise<void> {
    const namesCommand = this.chat.kind === 'private' && /(^|\s)\/[a-z]/.test(text)
    if (this.press && text.length <= 200 && !namesCommand) return this.notify(text, true)
    await this.reply({ text })
  }

  /** Replaces the message whose button was pressed. */
  edit(message: Message): Promise<void> {
    return this.#replies.edit(message)
  }

  /** Answers a press where the finger is: at most 200 characters, in a window with `alert`. Typed, it is a reply. */
  async notify(text?: string, alert = false): Promise<void> {
    if (!this.press) {
      if (text !== undefined) await this.reply({ text })
      return
    }
    if (this.#state.answered) return
    this.#state.answered = true
    if (text !== undefined) this.#state.window = { text, alert }
    const { answers } = this.#input
    const mark = markOf(this.chat.id, [windowMark, text ?? null])
    if (answers.again(mark)) return
    // An earlier try, or its apology, has used the window up.
    if (answers.all().some((one) => one.mark === windowMark)) return alert && text ? this.reply({ text }) : undefined
    passing('press.answering')
    await this.#answerPress(text === undefined ? {} : { text, show_alert: alert })
    passing('press.answered')
    for (const one of [mark, windowMark]) answers.note(one, null)
  }

  /** Opens the chat behind a t.me address from a press in a group. */
  async openLink(url: string): Promise<void> {
    if (!this.press || this.#state.answered) return
    Object.assign(this.#state, { answered: true, window: { url } })
    await this.#answerPress({ url })
  }

  async #answerPress(said: Parameters<Api['answerCallbackQuery']>[1]): Promise<void> {
    if (!this.press) return
    try {
      await this.api.answerCallbackQuery(this.press.id, said)
    } catch (error) {
      // Too late or already answered: the press itself has had its effect.
      this.#parts.services.log.debug({ err: error }, 'press not answered')
    }
  }

  /**
   * Asks for the next message of this person here. In a group only a reply passes, so the reply box is opened for them; in
   * private a button to stop stands under the question, so that nobody needs to know `/huy`.
   */
  async ask(kind: string, data: Record<string, unknown>, message: Message): Promise<void> {
    const promptMessageId = await this.#replies.send(
      message.buttons || message.keys ? message : asQuestion(this, message),
    )
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
      { kind, data, promptMessageId, source: this.#input.source },
      this.context.now(),
    )
  }

  async openForm(): Promise<OpenForm | null> {
    return findForm(this.context.db, this.speaker.accountId, BigInt(this.chat.id), this.context.now())
  }

  async closeForm(): Promise<void> {
    await closeForm(this.context.db, this.speaker.accountId, BigInt(this.chat.id))
  }

  sendFile(file: { name: string; data: Uint8Array }, caption: string): Promise<void> {
    return this.#replies.sendFile(file, caption)
  }

  /** Shows a picture made here, a PNG; it may not be passed on. */
  sendPicture(png: Uint8Array, caption: string): Promise<void> {
    return this.#replies.sendPicture(png, caption)
  }

  /** Reads a file that was sent, for an act that this person may do: `SentFiles.read` says what is asked and what can fail. */
  readSent<K extends FileKind>(kind: K, file: FileToRead, action: Action): Promise<Result<SentFileRead<K>>> {
    return this.#input.files.read(this.context.actor, kind, file, action)
  }

  /** Takes down the buttons of the pressed message, leaving its text. */
  clearButtons(): Promise<void> {
    return this.#replies.clearButtons()
  }
}

function pressedOf({ update, press }: TurnInput) {
  if (press?.messageId == null) return null
  const pressed = update.callback_query?.message
  return { messageId: press.messageId, hasText: pressed !== undefined && 'text' in pressed }
}
