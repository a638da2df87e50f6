import type { Api } from 'grammy'
import type { Message as TelegramMessage } from 'grammy/types'
import { passing } from '../platform/checkpoints.ts'
import type { Message } from '../platform/messages.ts'
import { type Answers, markOf } from './answers.ts'
import { classify } from './failures.ts'
import type { KeptAnswers } from './kept-answers.ts'
import type { Budget } from './pace.ts'
import { awaitBudget, patiently } from './patience.ts'
import { editMessage, sendFile, sendMessage, sendPicture } from './send.ts'

export interface ReplyParts {
  api: Api
  budget: Budget
  kept: KeptAnswers
}

/** What is answered: who did it where, under which number, and what the update was answered with before. */
export interface Answered {
  chat: { id: number; kind: 'private' | 'group' }
  accountId: bigint
  source: string
  message: TelegramMessage | null
  /** The pressed message, and whether it is one of words, whose edit can wait. */
  pressed: { messageId: number; hasText: boolean } | null
  answers: Answers
}

/** The direct answers to one update: each goes straight to Telegram, once, and becomes a delivery where the limits say to wait. */
export class Replies {
  readonly #parts: ReplyParts
  readonly #to: Answered

  constructor(parts: ReplyParts, to: Answered) {
    this.#parts = parts
    this.#to = to
  }

  /** Answers with the message's number; null where it waits. Throws where Telegram will never take it. */
  async send(message: Message, chatId = this.#to.chat.id): Promise<number | null> {
    const { answers, chat } = this.#to
    const mark = markOf(chatId, message)
    const nth = answers.nth(mark)
    const before = answers.again(mark)
    if (before) return before.messageId
    const inGroup = chat.kind === 'group' && chatId === chat.id
    const addressed =
      inGroup && this.#to.message && message.replyToMessageId === undefined
        ? { ...message, replyToMessageId: this.#to.message.message_id }
        : message
    const messageId = await this.#sendOrKeep(addressed, chatId, `${this.#to.source}:${mark}:${nth}`)
    answers.note(mark, messageId)
    return messageId
  }

  async #sendOrKeep(message: Message, chatId: number, name: string): Promise<number | null> {
    const { api, budget, kept } = this.#parts
    let mayHaveArrived = false
    if (budget.take(chatId)) {
      try {
        passing('reply.sending')
        const messageId = await sendMessage(api, chatId, message)
        passing('reply.sent')
        return messageId
      } catch (error) {
        const failure = classify(error)
        if (failure.kind === 'chatLost' || failure.kind === 'refused') throw error
        if (failure.kind === 'tooFast') budget.refused(chatId, failure.seconds)
        mayHaveArrived = failure.kind === 'unknown'
      } finally {
        budget.ended(chatId)
      }
    }
    passing('reply.keeping')
    await kept.keep({ accountId: this.#to.accountId, chatId }, name, message, mayHaveArrived)
    return null
  }

  /**
   * Replaces the pressed message. Where the limits leave no room the edit waits as a delivery and nobody for it, and of several
   * that wait for one message the newest is made. What cannot be edited is sent.
   */
  async edit(message: Message): Promise<void> {
    const { pressed, chat } = this.#to
    const { budget, kept } = this.#parts
    if (pressed === null) return void (await this.send(message))
    if (pressed.hasText && !message.file) return this.#editOrKeep(pressed.messageId, message)
    if (await kept.keepEdit(chat.id, pressed.messageId, message, true)) return
    if (!(await awaitBudget(budget, chat.id))) return void (await this.send(message))
    try {
      await patiently(budget, chat.id, () => editMessage(this.#parts.api, chat.id, pressed.messageId, message))
    } catch (error) {
      if (classify(error).kind !== 'done') await this.send(message)
    }
  }

  async #editOrKeep(messageId: number, message: Message): Promise<void> {
    const { api, budget, kept } = this.#parts
    const chatId = this.#to.chat.id
    if (await kept.keepEdit(chatId, messageId, message, true)) return
    if (!budget.take(chatId)) return void (await kept.keepEdit(chatId, messageId, message))
    try {
      await editMessage(api, chatId, messageId, message)
    } catch (error) {
      const failure = classify(error)
      if (failure.kind === 'done') return
      if (failure.kind === 'tooFast') budget.refused(chatId, failure.seconds)
      const isForGood = failure.kind === 'refused' || failure.kind === 'chatLost' || failure.kind === 'moved'
      if (isForGood) await this.send(message)
      else await kept.keepEdit(chatId, messageId, message)
    } finally {
      budget.ended(chatId)
    }
  }

  /** Takes down the buttons of the pressed message, leaving its text. */
  async clearButtons(): Promise<void> {
    const { pressed, chat } = this.#to
    const { api, budget } = this.#parts
    if (pressed === null || !(await awaitBudget(budget, chat.id))) return
    const clear = () => api.editMessageReplyMarkup(chat.id, pressed.messageId)
    await patiently(budget, chat.id, clear).catch((error) => classify(error))
  }

  sendFile(file: { name: string; data: Uint8Array }, caption: string): Promise<void> {
    return this.#upload(['file', file.name, caption], (chatId) => sendFile(this.#parts.api, chatId, file, caption))
  }

  sendPicture(png: Uint8Array, caption: string): Promise<void> {
    return this.#upload(['picture', caption], (chatId) => sendPicture(this.#parts.api, chatId, png, caption))
  }

  /** The courier cannot carry a file made here, so the call waits for the budget. */
  async #upload(content: string[], call: (chatId: number) => Promise<void>): Promise<void> {
    const { answers, chat } = this.#to
    const mark = markOf(chat.id, content)
    if (answers.again(mark)) return
    await awaitBudget(this.#parts.budget, chat.id)
    await patiently(this.#parts.budget, chat.id, () => call(chat.id))
    answers.note(mark, null)
  }
}
