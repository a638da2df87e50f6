import type { CallbackQuery } from 'grammy/types'

/**
 * The numbers in a button's data, between points or colons: `vc:12.0` carries 12 and 0. What is no number of ours (buttons
 * can be forged) is -1, which nothing has.
 */
export function numbersIn(args: string): number[] {
  return args.split(/[.:]/).map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : -1))
}

/** The one number a button's data is. */
export function numberIn(args: string): number {
  return numbersIn(args)[0] ?? -1
}

/** Whether a message, as it stood when it was pressed, carries a button with that data. */
export function isUnder(message: NonNullable<CallbackQuery['message']>, data: string | undefined): boolean {
  const rows = 'reply_markup' in message ? (message.reply_markup?.inline_keyboard ?? []) : []
  return rows.flat().some((button) => 'callback_data' in button && button.callback_data === data)
}
