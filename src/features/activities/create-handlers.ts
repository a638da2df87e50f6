import { type ActivityTime, parseActivityTime } from '../../domain/activity-times.ts'
import { formatDate } from '../../domain/formats.ts'
import type { Problem } from '../../domain/result.ts'
import { type Button, titled } from '../../platform/messages.ts'
import { recurrenceWords } from '../../platform/recurrence-text.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { namesMayStand } from '../linking/index.ts'
import { activityKinds } from './activity-view.ts'
import { createActivity, longestTitle } from './create-activity.ts'
import { type ActivityDraft, activityForm, draftIn } from './draft.ts'
import { branchesToOrganiseFor, branchToOrganiseFor, peopleToCall } from './organise-views.ts'
import { timeLine } from './screens.ts'
import { peopleTyped } from './typed-numbers.ts'

/** `/taohoatdong`: what, when, where, step by step. */
export async function startActivity(turn: Turn): Promise<void> {
  const branches = turn.chat.branch ? [turn.chat.branch] : await branchesToOrganiseFor(turn.context)
  const [first, second] = branches
  if (first && !second) return begin(turn, first.id)
  await showPickList(turn, {
    title: turn.texts('activities:askBranch'),
    items: branches.map(({ id, name }) => ({ label: name, data: `abra:${id}` })),
  })
}

export const createButtons = {
  abra: { handle: (turn: Turn) => begin(turn, numberIn(turn.args)) },
  akind: onDraft(async (turn, draft, rest) => {
    const kind = activityKinds.find((one) => one === rest) ?? null
    await turn.clearButtons()
    await goOn(turn, { ...draft, kind })
  }),
  awhat: onDraft(async (turn, draft) => {
    await turn.clearButtons()
    await goOn(turn, { ...draft, title: turn.texts(`activities:titles.${draft.kind ?? 'movement'}`) })
  }),
  atheme: onDraft(async (turn, draft) => {
    await turn.clearButtons()
    await goOn(turn, { ...draft, theme: '' })
  }),
  awhom: onDraft(askWhom),
  amake: onDraft(async (turn, draft) => {
    const { kind, title, place, theme } = draft
    const time = timeOf(turn, draft)
    if (!kind || !title || !place || !time) return goOn(turn, draft)
    const { key, branchId, calledIds } = draft
    const given = { key, branchId, kind, title, place, time, theme: theme || null, calledIds }
    const made = await createActivity(turn.context, given)
    if (!made.ok) return goOn(turn, { ...draft, time: null }, made.problem)
    await turn.closeForm()
    await turn.edit({
      text: turn.texts(made.value.deliveryId === null ? 'activities:madeWithoutGroup' : 'activities:made', {
        title: made.value.title,
        time: timeLine(turn.texts, made.value.startsAt),
      }),
      buttons: [[{ text: turn.texts('activities:view'), data: `aview:${made.value.id}` }]],
    })
  }),
}

/** A typed answer to whatever the draft lacks. */
export const answerActivity: FormHandler['handle'] = async (turn, data) => {
  const draft = draftIn(data)
  const text = turn.message?.text?.normalize('NFC').trim()
  if (!draft || !text) return false
  if (Array.isArray(data.items)) {
    const called = peopleTyped(text, data)
    return called.ok ? goOn(turn, { ...draft, calledIds: called.value }) : turn.refuse(called.problem)
  }
  if (draft.kind === null) return goOn(turn, { ...draft, kind: activityKinds[Number(text) - 1] ?? null })
  if (draft.time !== null || draft.title === null) {
    const problem =
      text.length > longestTitle ? { code: 'activities.tooLong', params: { longest: longestTitle } } : null
    if (problem) return goOn(turn, draft, problem)
  }
  if (draft.title === null) return goOn(turn, { ...draft, title: text })
  if (draft.time === null) {
    const time = parseActivityTime(text, turn.context.today())
    return time.ok ? goOn(turn, { ...draft, time: text }) : goOn(turn, draft, time.problem)
  }
  if (draft.place === null) return goOn(turn, { ...draft, place: text })
  return goOn(turn, draft.theme === null ? { ...draft, theme: text } : draft)
}

async function begin(turn: Turn, branchId: number): Promise<void> {
  const branch = await branchToOrganiseFor(turn.context, branchId)
  if (!branch.ok) return turn.refuse(branch.problem)
  const key = turn.context.source ?? String(turn.updateId)
  const title = turn.args.trim().slice(0, longestTitle) || null
  await goOn(turn, {
    key,
    branchId,
    kind: null,
    title: turn.press ? null : title,
    time: null,
    place: null,
    theme: null,
    calledIds: null,
  })
}

/** Asks for what the draft still lacks, or shows the whole of it to confirm. */
async function goOn(turn: Turn, draft: ActivityDraft, problem?: Problem): Promise<void> {
  const { texts } = turn
  const above = problem ? `${texts.problem(problem)}\n\n` : ''
  const cancelRow = [{ text: texts('common:cancel'), data: 'cancel' }]
  const ask = (text: string, buttons: Button[][]) =>
    turn.ask(
      activityForm,
      { draft },
      { text: above + text, ...(buttons.length > 0 ? { buttons: [...buttons, cancelRow] } : {}) },
    )

  const { key, kind } = draft
  if (kind === null) {
    return ask(
      texts('activities:askKind'),
      activityKinds.map((one, index) => [
        { text: `${index + 1}. ${texts(`activities:kinds.${one}`)}`, data: `akind:${key}.${one}` },
      ]),
    )
  }
  if (draft.title === null) {
    const usual = texts(`activities:titles.${kind}`)
    return ask(texts('activities:askTitle'), [[{ text: usual, data: `awhat:${key}.` }]])
  }
  const time = timeOf(turn, draft)
  if (time === null) return ask(texts('activities:askTime'), [])
  if (draft.place === null) return ask(texts('activities:askPlace'), [])
  if (draft.theme === null) {
    return ask(texts('activities:askTheme'), [[{ text: texts('activities:noTheme'), data: `atheme:${key}.` }]])
  }
  const when = 'on' in time.when ? formatDate(time.when.on) : recurrenceWords(texts, time.when.rule)
  const preview = titled(
    texts('activities:previewTime', { at: time.at.toString().slice(0, 5), when }),
    texts(`activities:kinds.${kind}`),
    draft.title,
    texts('activities:at', { place: draft.place }),
    draft.theme !== '' && texts('activities:themeLine', { theme: draft.theme }),
    draft.calledIds !== null && texts('activities:callsSome', { count: draft.calledIds.length }),
    '',
    texts('activities:askMake'),
  )
  await turn.ask(
    activityForm,
    { draft },
    {
      text: above + preview.text,
      buttons: [
        [{ text: texts('activities:make'), data: `amake:${key}.` }],
        ...('on' in time.when ? [[{ text: texts('activities:callSome'), data: `awhom:${key}.` }]] : []),
        cancelRow,
      ],
    },
  )
}

/** Asks who is called, where that is not the whole branch. */
async function askWhom(turn: Turn, draft: ActivityDraft): Promise<void> {
  if (!(await namesMayStand(turn.context, turn.chat))) return turn.refuse({ code: 'linking.namesPrivately' })
  const members = await peopleToCall(turn.context, draft.branchId)
  if (!members.ok) return turn.refuse(members.problem)
  const people = members.value
  await turn.clearButtons()
  const text = [
    turn.texts('activities:askWhom'),
    ...people.map(({ fullName }, index) => `${index + 1}. ${fullName}`),
    '',
    turn.texts(turn.chat.kind === 'group' ? 'activities:whomHintInGroup' : 'activities:whomHint'),
  ].join('\n')
  await turn.ask(activityForm, { draft, items: people.map(({ id }) => `awhom:${draft.key}.${id}`) }, { text })
}

function timeOf(turn: Turn, draft: ActivityDraft): ActivityTime | null {
  const time = draft.time === null ? null : parseActivityTime(draft.time, turn.context.today())
  return time?.ok ? time.value : null
}

/** Runs with the draft that the pressed button names, if it is this person's open one. */
function onDraft(work: (turn: Turn, draft: ActivityDraft, rest: string) => Promise<void>) {
  return {
    handle: async (turn: Turn): Promise<void> => {
      const cut = turn.args.lastIndexOf('.')
      const form = await turn.openForm()
      const draft = form?.kind === activityForm ? draftIn(form.data) : null
      if (draft?.key !== turn.args.slice(0, cut)) return turn.notify(turn.texts('telegram:oldButton'), true)
      await work(turn, draft, turn.args.slice(cut + 1))
    },
  }
}
