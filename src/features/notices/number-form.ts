import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { nextNumber, printedNumber } from './issue-number.ts'

const longest = 30
/** Where the number stands: three dots, a line to write on, or a number as an example. */
const place = /…|\.{3,}|_{2,}|\d+/u

/** How a ward's numbers are printed, and how the next one would be. */
export interface NumberForm {
  readonly form: string | null
  readonly next: string
}

/**
 * Reads a form as people write it: `Số …-TB/ĐU`, `...-TB/ĐUP`, `07/TB-ĐU`. Kept with `…` where the number stands. Fails with
 * `notices.numberFormUnreadable`.
 */
export function readNumberForm(text: string): Result<string> {
  const words = text
    .normalize('NFC')
    .trim()
    .replace(/^số\s*:?\s*/i, '')
  const form = words.replace(place, '…')
  const parts = form.split('…')
  const isForm = parts.length === 2 && /^[\p{L}\d./-]*$/u.test(parts.join('')) && /\p{L}{2}/u.test(parts[1] ?? '')
  return isForm && form.length <= longest ? ok(form) : fail('notices.numberFormUnreadable', { longest })
}

/** The ward's form, or with `form` how the next number would look in that one. Changes nothing. */
export async function viewNumberForm(ctx: Context, asked: { form?: string } = {}): Promise<Result<NumberForm>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.settings', { wardId })
  if (!leave.ok) return leave
  return ctx.transaction(async (tx) => {
    const { number, numberForm } = await nextNumber(tx, wardId, ctx.now())
    const form = asked.form ?? numberForm
    return ok({ form, next: printedNumber(ctx.texts, { count: number, form }) })
  })
}

/** Has numbers printed so from now on; what is issued keeps its own. Idempotent. Fails as {@link readNumberForm} does. */
export async function changeNumberForm(ctx: Context, { form: written }: { form: string }): Promise<Result<NumberForm>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.settings', { wardId })
  if (!leave.ok) return leave
  const read = readNumberForm(written)
  if (!read.ok) return read
  const numberForm = read.value
  const before = await viewNumberForm(ctx)
  if (!before.ok || before.value.form === numberForm) return before
  await ctx.transaction(async (tx) => {
    await tx.noticeSettings.upsert({
      where: { wardId },
      create: { wardId, chosen: {}, numberForm },
      update: { numberForm },
    })
    await ctx.audit(tx, 'notice.numberFormChanged', { form: numberForm }, wardId)
  })
  return viewNumberForm(ctx)
}
