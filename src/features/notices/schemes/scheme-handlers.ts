import { builtInPacks, packFor } from '../../../domain/packs/index.ts'
import { type EvaluationPack, levels } from '../../../domain/packs/schema.ts'
import { firstDay, isPeriod, monthOf, type Period, parsePeriod } from '../../../domain/period.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { ButtonHandler, FormHandler } from '../../../telegram/feature.ts'
import type { Turn } from '../../../telegram/turn.ts'
import { chooseScheme } from './choose-scheme.ts'
import { readBands, readCap, readGrounds, readInstrument, readSchemeDocument } from './read-scheme.ts'
import { draftIn, packOf, type SchemeDraft } from './scheme-draft.ts'
import { previewSchemeMessage, type Step, schemeMessage, stepMessage, steps } from './scheme-screens.ts'
import { viewScheme } from './view-scheme.ts'

/** The ward's rules of rating: shown, made in a form of six questions or from a JSON document, chosen from a month on. */
export const schemeButtons: Record<string, ButtonHandler> = {
  nscheme: {
    handle: async (turn) => {
      const view = await viewScheme(turn.context)
      if (!view.ok) return turn.refuse(view.problem)
      await turn.reply(schemeMessage(turn.texts, view.value))
    },
  },
  nscnew: {
    handle: async (turn) => {
      const view = await viewScheme(turn.context)
      if (!view.ok) return turn.refuse(view.problem)
      await ask(turn, 'instrument', {})
    },
  },
  /** One of the answers that stand as buttons; it counts for the question that is open. */
  nsca: {
    handle: async (turn) => {
      const [step = '', word = ''] = turn.args.split(':')
      const form = await turn.openForm()
      if (form?.kind !== 'nscheme' || form.data.step !== step) return turn.refuse({ code: 'schemes.stepGone' })
      await answer(turn, step, draftIn(form.data.draft), answered(step, word))
    },
  },
  nscuse: {
    handle: async (turn) => {
      const form = await turn.openForm()
      const pack = form?.kind === 'nscheme' ? packOf(draftIn(form.data.draft), nameOf(turn)) : null
      if (!pack || !isPeriod(turn.args)) return turn.refuse({ code: 'schemes.stepGone' })
      await choose(turn, pack, turn.args, false)
    },
  },
  /** The built-in rules of the coming month again. */
  nscback: {
    handle: async (turn) => {
      const next = monthOf(turn.context.today().add({ months: 1 }))
      const pack = packFor('evaluation', firstDay(next))
      if (!pack.ok) return turn.refuse(pack.problem)
      await choose(turn, pack.value, next, true)
    },
  },
}

export const schemeForms: Record<string, FormHandler> = {
  nscheme: {
    handle: async (turn, data) => {
      const { document, text = '' } = turn.message ?? {}
      if (document && !/\.json$/i.test(document.file_name ?? '')) return false
      if (document) return takeDocument(turn, document)
      await answer(turn, String(data.step), draftIn(data.draft), typed(turn, String(data.step), text))
    },
  },
}

async function takeDocument(turn: Turn, document: { file_id: string; file_size?: number }): Promise<void> {
  const file = await turn.readSent('json', document, 'notice.scheme')
  if (!file.ok) return turn.refuse(file.problem)
  const read = readSchemeDocument(file.value.content)
  if (!read.ok) return turn.refuse(read.problem)
  const { instrument, bands, maximum, parts, cap, disqualifiers, periods } = read.value
  const { number, year } = instrument
  await ask(turn, 'from', { number, year, bands, maximum, parts, cap, disqualifiers, periods })
}

/** Takes an answer in and asks on; after the last one shows the whole. */
async function answer(turn: Turn, step: string, draft: SchemeDraft, read: Result<SchemeDraft | Period>): Promise<void> {
  if (!read.ok) return turn.refuse(read.problem)
  if (typeof read.value === 'string') return preview(turn, draft, read.value)
  const order: readonly string[] = steps
  const next = steps[order.indexOf(step) + 1]
  await ask(turn, next ?? 'from', { ...draft, ...read.value })
}

async function ask(turn: Turn, step: Step, draft: SchemeDraft): Promise<void> {
  await turn.ask('nscheme', { step, draft }, stepMessage(turn.texts, step, turn.context.today()))
}

async function preview(turn: Turn, draft: SchemeDraft, from: Period): Promise<void> {
  const pack = packOf(draft, nameOf(turn))
  if (!pack) return turn.refuse({ code: 'schemes.stepGone' })
  await turn.ask('nscheme', { step: 'from', draft }, previewSchemeMessage(turn.texts, pack, from))
}

async function choose(turn: Turn, pack: EvaluationPack, from: Period, builtIn: boolean): Promise<void> {
  const chosen = await chooseScheme(turn.context, { pack, builtIn, from })
  if (!chosen.ok) return turn.refuse(chosen.problem)
  await turn.closeForm()
  await turn.clearButtons()
  const view = await viewScheme(turn.context)
  if (!view.ok) return turn.refuse(view.problem)
  await turn.reply(schemeMessage(turn.texts, view.value))
}

function nameOf(turn: Turn): string {
  return turn.texts('schemes:ownName')
}

function typed(turn: Turn, step: string, text: string): Result<SchemeDraft | Period> {
  switch (step) {
    case 'instrument':
      return readInstrument(text)
    case 'bands':
      return readBands(text)
    case 'cap': {
      const cap = readCap(text)
      return cap.ok ? ok({ cap: cap.value }) : cap
    }
    case 'grounds': {
      const disqualifiers = readGrounds(text)
      return disqualifiers.ok ? ok({ disqualifiers: disqualifiers.value }) : disqualifiers
    }
    case 'from':
      return parsePeriod(text, turn.context.today())
    default:
      return fail('schemes.stepGone')
  }
}

/** What a button's word says at a step. */
function answered(step: string, word: string): Result<SchemeDraft | Period> {
  if (step === 'from' && isPeriod(word)) return ok(word)
  const found = answers[`${step}:${word}`]
  return found ? ok(found) : fail('schemes.stepGone')
}

function builtIn(id: string): EvaluationPack {
  const pack = builtInPacks.find((one) => one.id === id)
  if (pack?.kind !== 'evaluation') throw new Error(`no built-in pack ${id}`)
  return pack
}

function rulesOf({ bands, maximum, parts }: EvaluationPack): SchemeDraft {
  return { bands, maximum, parts }
}

const national = builtIn('evaluation-2025-335')
const answers: Readonly<Record<string, SchemeDraft>> = {
  'bands:hanoi': rulesOf(builtIn('evaluation-2018-3814')),
  'bands:national': rulesOf(national),
  'bands:levels': { bands: levels.map((level) => ({ level })) },
  'cap:good20': { cap: { percent: 20, of: 'good' } },
  'cap:rated30': { cap: { percent: 30, of: 'rated' } },
  'cap:none': {},
  'grounds:national': { disqualifiers: national.disqualifiers },
  'grounds:none': {},
  'periods:month': { periods: ['month'] },
  'periods:all': {},
}
