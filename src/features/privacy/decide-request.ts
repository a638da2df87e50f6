import { may } from '../../domain/access.ts'
import { toUtcMidnight } from '../../domain/dates.ts'
import { packFor } from '../../domain/packs/index.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Feature } from '../../telegram/feature.ts'
import { privateChatOf } from '../linking/index.ts'
import { findRequest, openRequests, type RequestView } from './requests.ts'
import { type Decision, decisionNote } from './screens-requests.ts'

const longestOutcome = 1000

/** The ward's open requests, the most urgent first; that they were read is recorded. */
export async function listRequests(ctx: Context): Promise<Result<RequestView[]>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'privacy.decide', { wardId })
  if (!leave.ok) return leave
  const requests = await openRequests(ctx.db, wardId)
  await ctx.auditRead('privacy.requestsListed', { count: requests.length }, wardId)
  return ok(requests)
}

/** One request with its text; that it was read is recorded. */
export async function viewRequest(ctx: Context, { requestId }: { requestId: number }): Promise<Result<RequestView>> {
  const request = await findRequest(ctx.db, requestId)
  const leave = may(ctx.actor, 'privacy.decide', { wardId: request?.wardId ?? 0 })
  if (!leave.ok) return leave
  if (request?.state !== 'open') return fail('privacy.noRequest')
  await ctx.auditRead('privacy.requestViewed', { request: requestId, person: request.personId }, request.wardId)
  return ok(request)
}

/**
 * What an officer decides about a request: that it was received and is worked on (`answer`), that it takes longer (`extend`,
 * once), that it is done, or that it is refused, with a reason. The person is told. An erasure that is done erases, in the same
 * transaction, what every capability holds by consent alone. Fails with `privacy.noRequest`, `privacy.extendedOnce`,
 * `privacy.outcomeLength`.
 */
export async function decideRequest(
  ctx: Context,
  input: { requestId: number; decision: Decision; outcome: string },
  features: readonly Feature[],
): Promise<Result<RequestView>> {
  const request = await findRequest(ctx.db, input.requestId)
  const leave = may(ctx.actor, 'privacy.decide', { wardId: request?.wardId ?? 0 })
  if (!leave.ok) return leave
  if (request?.state !== 'open') return fail('privacy.noRequest')
  const outcome = input.outcome.normalize('NFC').trim()
  const needsWords = input.decision !== 'answer'
  if ((needsWords && outcome === '') || outcome.length > longestOutcome) {
    return fail('privacy.outcomeLength', { most: longestOutcome })
  }
  if (input.decision === 'extend' && request.isExtended) return fail('privacy.extendedOnce')
  const pack = packFor('privacy', ctx.today())
  if (!pack.ok) return pack
  const doneDueOn = request.doneDueOn.add({ days: input.decision === 'extend' ? pack.value.extensionDays : 0 })
  return ctx.transaction(async (tx) => {
    const chatId = await privateChatOf(tx, request.personId)
    const { count } = await tx.dataRequest.updateMany({
      where: { id: request.id, state: 'open', ...(input.decision === 'extend' ? { extendedAt: null } : {}) },
      data: changes(ctx, input.decision, { outcome, doneDueOn, isAnswered: request.isAnswered }),
    })
    if (count === 0) return fail('privacy.noRequest')
    if (input.decision === 'done' && request.kind === 'erasure') await erase(ctx, tx, request, features)
    await ctx.audit(tx, `privacy.${input.decision}`, { request: request.id, person: request.personId }, request.wardId)
    if (chatId !== null) {
      const message = decisionNote(ctx.texts, { ...request, doneDueOn }, input.decision, outcome)
      await ctx.deliver(tx, { chatId, message, key: `privacy:${request.id}:${input.decision}` })
    }
    return ok({ ...request, doneDueOn })
  })
}

function changes(
  ctx: Context,
  decision: Decision,
  { outcome, doneDueOn, isAnswered }: { outcome: string; doneDueOn: Temporal.PlainDate; isAnswered: boolean },
) {
  const answered = isAnswered ? {} : { answeredAt: ctx.now() }
  switch (decision) {
    case 'answer':
      return answered
    case 'extend':
      return { ...answered, extendedAt: ctx.now(), doneDueOn: toUtcMidnight(doneDueOn), outcome }
    case 'done':
    case 'refused':
      return { ...answered, state: decision, finishedAt: ctx.now(), outcome }
  }
}

async function erase(ctx: Context, tx: Transaction, request: RequestView, features: readonly Feature[]): Promise<void> {
  for (const { personalData } of features) await personalData?.erase?.(ctx, tx, request.personId)
}
