import { formatDate } from '../../domain/formats.ts'
import type { Problem } from '../../domain/result.ts'
import { transferKinds } from '../../domain/transfers.ts'
import { lines } from '../../platform/messages.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { ButtonHandler, FormHandler } from '../../telegram/feature.ts'
import { pickedData, pickMessage } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { findToPropose, personToPropose } from './find-people.ts'
import { receivingBranches } from './list-transfers.ts'
import { emptyOne, type OneDraft, oneDraft, oneForm } from './one-form.ts'
import { readDay } from './plan-form.ts'
import { proposeTransfer } from './propose-transfer.ts'
import { showCard } from './transfer-handlers.ts'

export const oneButtons: Record<string, ButtonHandler> = {
  /** `self`, or somebody who is asked for. */
  xone: {
    handle: async (turn) => {
      const key = turn.context.source ?? String(turn.updateId)
      const own = turn.args === 'self' ? turn.context.actor.personId : null
      await ask(turn, emptyOne(key, own))
    },
  },
  xwho: { handle: (turn) => onDraft(turn, (draft, value) => ask(turn, { ...draft, personId: numberIn(value) })) },
  xkind: {
    handle: (turn) =>
      onDraft(turn, (draft, value) => {
        const kind = transferKinds.find((one) => one === value) ?? null
        return ask(turn, { ...draft, kind })
      }),
  },
  xplace: { handle: (turn) => onDraft(turn, (draft, value) => ask(turn, { ...draft, toId: numberIn(value) })) },
  xstudy: { handle: (turn) => onDraft(turn, (draft, value) => ask(turn, { ...draft, study: value === 'yes' })) },
  xopenone: { handle: (turn) => onDraft(turn, (draft) => confirm(turn, draft)) },
}

/** A typed answer to whatever the draft lacks. */
export const answerOne: FormHandler['handle'] = async (turn, data) => {
  const parsed = oneDraft.safeParse(data.draft)
  const text = turn.message?.text?.normalize('NFC').trim()
  if (!parsed.success || !text) return false
  const draft = parsed.data
  const picked = pickedData(text, data)
  const value = picked?.ok ? picked.value.slice(picked.value.lastIndexOf('.') + 1) : null
  if (draft.personId === null) {
    return value === null ? findPerson(turn, draft, text) : ask(turn, { ...draft, personId: numberIn(value) })
  }
  if (draft.kind === null) {
    const kind = transferKinds.find((one) => one === value) ?? null
    return ask(turn, { ...draft, kind }, picked?.ok === false ? picked.problem : undefined)
  }
  if (draft.toId === null && draft.toName === null) {
    if (value !== null) return ask(turn, { ...draft, toId: numberIn(value) })
    const isOutside = draft.kind !== 'internal' && picked === null
    if (isOutside) return ask(turn, { ...draft, toName: text })
    return ask(turn, draft, picked?.ok === false ? picked.problem : { code: 'transfers.noPlace' })
  }
  if (draft.kind === 'temporary' && draft.until === null) {
    const day = readDay(text, turn.context.today())
    return day.ok ? ask(turn, { ...draft, until: day.value.toString() }) : ask(turn, draft, day.problem)
  }
  return ask(turn, draft)
}

async function findPerson(turn: Turn, draft: OneDraft, query: string): Promise<void> {
  const { context, texts } = turn
  const found = await findToPropose(context, query)
  if (!found.ok) return turn.refuse(found.problem)
  const [only, ...more] = found.value
  const problem: Problem = { code: 'transfers.nobodyFound', params: { query: query.slice(0, 40) } }
  if (!only) return ask(turn, draft, problem)
  if (more.length === 0) return ask(turn, { ...draft, personId: only.id })
  const list = {
    title: texts('transfers:askPerson'),
    items: found.value.slice(0, 20).map(({ id, fullName, birthYear, branchName }) => ({
      label: texts('transfers:personTo', {
        person: birthYear === null ? fullName : texts('transfers:person', { name: fullName, year: birthYear }),
        branch: branchName,
      }),
      data: `xwho:${draft.key}.${id}`,
    })),
  }
  await turn.ask(oneForm, { draft, items: list.items.map(({ data }) => data) }, pickMessage(texts, list))
}

/** Asks for what the draft lacks, or shows the whole to confirm. A problem with the last answer stands above. */
async function ask(turn: Turn, draft: OneDraft, problem?: Problem): Promise<void> {
  const { texts, context } = turn
  const say = (text: string, buttons?: { text: string; data: string }[][]) => {
    const asked = lines(problem && `${texts.problem(problem)}\n`, text)
    return turn.ask(oneForm, { draft }, buttons ? { text: asked, buttons } : { text: asked })
  }
  if (draft.personId === null) return say(lines(texts('transfers:askPerson'), texts('transfers:askPersonHint')))
  const found = await personToPropose(context, { personId: draft.personId, isNew: draft.kind === null })
  if (!found.ok) return turn.refuse(found.problem)
  const member = found.value
  const pick = async (title: string, items: { label: string; data: string; button?: string }[]) => {
    const message = pickMessage(texts, { title, items, linesPerPage: 90 })
    const text = problem ? `${texts.problem(problem)}\n\n${message.text}` : message.text
    const plain = { text, ...(message.buttons ? { buttons: message.buttons } : {}) }
    await turn.ask(oneForm, { draft, items: items.map(({ data }) => data) }, plain)
  }
  if (draft.kind === null) {
    return pick(
      texts('transfers:askKind', { name: member.fullName }),
      transferKinds.map((kind) => {
        const label = texts(`transfers:kinds.${kind}`)
        return { label, button: label, data: `xkind:${draft.key}.${kind}` }
      }),
    )
  }
  if (draft.toId === null && draft.toName === null) {
    if (draft.kind === 'official') return say(lines(texts('transfers:askPlace'), texts('transfers:askPlaceHint')))
    const branches = await receivingBranches(context, member.branchId)
    return pick(
      texts(draft.kind === 'internal' ? 'transfers:askBranchTo' : 'transfers:askBranchOrPlace'),
      branches.map(({ id, name }) => ({ label: name, data: `xplace:${draft.key}.${id}` })),
    )
  }
  if (draft.kind === 'temporary' && draft.until === null) {
    return say(lines(texts('transfers:askUntil'), texts('transfers:askDayHint')))
  }
  if (draft.kind === 'temporary' && draft.study === null) {
    return say(texts('transfers:askStudy'), [
      [{ text: texts('transfers:yesStudy'), data: `xstudy:${draft.key}.yes` }],
      [{ text: texts('transfers:noStudy'), data: `xstudy:${draft.key}.no` }],
    ])
  }
  await say(await previewText(turn, draft, { name: member.fullName, branch: member.branchName }), [
    [{ text: texts('transfers:oneConfirm'), data: `xopenone:${draft.key}.` }],
    [{ text: texts('common:cancel'), data: 'cancel' }],
  ])
}

async function previewText(turn: Turn, draft: OneDraft, member: { name: string; branch: string }): Promise<string> {
  const { texts, context } = turn
  const branches = await receivingBranches(context, -1)
  const place = draft.toName ?? branches.find(({ id }) => id === draft.toId)?.name ?? ''
  return lines(
    texts('transfers:onePreview'),
    '',
    member.name,
    draft.kind && texts(`transfers:kinds.${draft.kind}`),
    texts('transfers:card.from', { value: member.branch }),
    texts('transfers:card.to', { value: place }),
    draft.until !== null && texts('transfers:card.until', { value: formatDate(Temporal.PlainDate.from(draft.until)) }),
    '',
    texts('transfers:official'),
  )
}

async function confirm(turn: Turn, draft: OneDraft): Promise<void> {
  const { key, personId, kind, toId, toName, until, study } = draft
  if (personId === null || kind === null) return ask(turn, draft)
  const proposed = await proposeTransfer(turn.context, {
    key,
    personId,
    kind,
    to: toId === null ? { name: toName ?? '' } : { branchId: toId },
    stay: until === null ? null : { until: Temporal.PlainDate.from(until), study: study === true },
  })
  if (!proposed.ok) return turn.refuse(proposed.problem)
  await turn.closeForm()
  await turn.edit({ text: turn.texts('transfers:oneDone', { name: proposed.value.person.name }) })
  await showCard(turn, proposed.value.id)
}

/** Runs with the draft that the pressed button names, if it is this person's open one; what follows its key is the answer. */
async function onDraft(turn: Turn, work: (draft: OneDraft, value: string) => Promise<void>): Promise<void> {
  const cut = turn.args.lastIndexOf('.')
  const form = await turn.openForm()
  const parsed = oneDraft.safeParse(form?.kind === oneForm ? form.data.draft : null)
  if (!parsed.success || parsed.data.key !== turn.args.slice(0, cut)) {
    return turn.notify(turn.texts('telegram:oldButton'), true)
  }
  await turn.clearButtons()
  await work(parsed.data, turn.args.slice(cut + 1))
}
