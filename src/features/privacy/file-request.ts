import { may } from '../../domain/access.ts'
import { type RequestKind, requestDays } from '../../domain/data-requests.ts'
import { toUtcMidnight } from '../../domain/dates.ts'
import { packFor, packHash } from '../../domain/packs/index.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { daysOffOf } from '../calendar/index.ts'
import { officerChats } from '../linking/index.ts'
import { memberOf } from '../registry/index.ts'
import { findRequest, type RequestView } from './requests.ts'
import { officerNote } from './screens-requests.ts'

const longestText = 1000

/**
 * Files what a person asks about their own data, as a task of the ward's officers with the days of the law. Idempotent by
 * source. Fails with `privacy.requestLength`, `privacy.requestOpen` where one of the kind is under way.
 */
export async function fileRequest(
  ctx: Context,
  input: { kind: RequestKind; text: string; personId: number },
): Promise<Result<RequestView>> {
  const person = await ctx.db.person.findUnique({ where: { id: input.personId } })
  const member = await memberOf(ctx.db, input.personId, ctx.today())
  const place = member ? { branchId: member.branchId } : {}
  const leave = may(ctx.actor, 'privacy.request', {
    wardId: person?.wardId ?? 0,
    personId: input.personId,
    ...place,
  })
  if (!leave.ok) return leave
  const text = input.text.normalize('NFC').trim()
  if (text === '' || text.length > longestText) return fail('privacy.requestLength', { most: longestText })
  const pack = packFor('privacy', ctx.today())
  if (!pack.ok) return pack
  const { kind, personId } = input
  const wardId = person?.wardId ?? 0
  const earlier = await ctx.db.dataRequest.findFirst({ where: { personId, kind, state: 'open' } })
  if (earlier) {
    if (earlier.source === ctx.source && ctx.source !== null) return again(ctx, earlier.id)
    return fail('privacy.requestOpen', { number: earlier.id })
  }
  const days = requestDays(pack.value, kind, ctx.today(), await daysOffOf(ctx.db, wardId, ctx.today()))
  try {
    return await ctx.transaction(async (tx) => {
      const { id } = await tx.dataRequest.create({
        data: {
          wardId,
          personId,
          kind,
          text,
          receivedAt: ctx.now(),
          enteredById: ctx.actor.personId === personId ? null : ctx.actor.accountId,
          packId: pack.value.id,
          packHash: packHash(pack.value),
          answerDueOn: toUtcMidnight(days.answerDueOn),
          doneDueOn: toUtcMidnight(days.doneDueOn),
          source: ctx.source,
        },
      })
      await ctx.audit(tx, `privacy.requested.${kind}`, { request: id, person: personId }, wardId)
      for (const chatId of await officerChats(tx, wardId)) {
        const message = officerNote(ctx.texts, { id, kind, ...days })
        await ctx.deliver(tx, { chatId, message, key: `privacy:${id}:received:${chatId}` })
      }
      const view = await findRequest(tx, id)
      if (!view) throw new Error('a request that was just written is gone')
      return ok(view)
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    // The same update a second time, or two people for the same one at once.
    const other = await ctx.db.dataRequest.findFirstOrThrow({ where: { personId, kind, state: 'open' } })
    return other.source === ctx.source ? again(ctx, other.id) : fail('privacy.requestOpen', { number: other.id })
  }
}

async function again(ctx: Context, id: number): Promise<Result<RequestView>> {
  const view = await findRequest(ctx.db, id)
  return view ? ok(view) : fail('privacy.noRequest')
}
