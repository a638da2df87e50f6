import { z } from 'zod'

/** The four levels of every scheme since 2018, best first. */
export const levels = ['excellent', 'good', 'completed', 'notCompleted'] as const
export type Level = (typeof levels)[number]

const head = {
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** The paper the rules come from; numbers are reused, so a number without its year names nothing. */
  instrument: z.strictObject({ number: z.string().min(1), year: z.int(), name: z.string().min(1) }),
  /** First and last day the pack holds, `yyyy-MM-dd`; no last day means it still does. */
  from: z.iso.date(),
  to: z.iso.date().optional(),
}

const band = z.strictObject({
  level: z.enum(levels),
  /** The letter the scheme gives, where it has letters. */
  grade: z.string().min(1).max(10).optional(),
  /** Points from which it is reached, where the scheme has points. */
  atLeast: z.number().min(0).optional(),
})

const evaluationPack = z
  .strictObject({
    ...head,
    kind: z.literal('evaluation'),
    /** For which periods it holds; for every kind where it does not say. */
    periods: z
      .array(z.enum(['month', 'quarter', 'year']))
      .min(1)
      .optional(),
    /** The most points there are; a scheme of letters or levels alone has none. */
    maximum: z.number().positive().optional(),
    /** What the points are made of: a score may be written as their sum, `28+62`. */
    parts: z
      .array(z.strictObject({ name: z.string().min(1), maximum: z.number().positive() }))
      .min(2)
      .optional(),
    /** The best first; several may stand for one level (A+, A). */
    bands: z
      .array(band)
      .min(2)
      .max(10)
      .refine(
        (bands) =>
          bands.every(
            ({ level }, index) =>
              index === 0 || levels.indexOf(level) >= levels.indexOf(bands[index - 1]?.level ?? level),
          ),
        'bands go from the best level down',
      )
      .refine(
        (bands) => bands.every(({ grade }) => grade === undefined) || areDistinct(bands.map(({ grade }) => grade)),
        'every band has a letter of its own, or none has',
      ),
    /** Grounds that give the last band whatever the score; `short` is what a button says. */
    disqualifiers: z.array(z.strictObject({ title: z.string().min(1), short: z.string().min(1).max(40) })),
    /** The most "excellent" there may be: so many percent of all rated, or of those rated "good". */
    cap: z
      .strictObject({
        percent: z.number().min(0).max(100),
        of: z.enum(['rated', 'good']),
        /** For a unit recognised as outstanding, where the instrument names a figure. */
        outstandingUnitPercent: z.number().min(0).max(100).optional(),
      })
      .optional(),
  })
  .refine(
    ({ maximum, bands }) =>
      maximum === undefined
        ? bands.every(({ atLeast }) => atLeast === undefined)
        : bands.every(
            ({ atLeast }, index) => atLeast !== undefined && atLeast < (bands[index - 1]?.atLeast ?? maximum + 1),
          ),
    'a scheme with points says of each band from how many, each fewer than the one above',
  )
  .refine(
    ({ maximum, bands }) => maximum === undefined || bands.at(-1)?.atLeast === 0,
    'the last band starts at nought',
  )
  .refine(
    ({ maximum, bands }) =>
      maximum !== undefined || bands[0]?.grade !== undefined || areDistinct(bands.map(({ level }) => level)),
    'without points and letters a level stands once',
  )
  .refine(
    ({ maximum, parts }) => parts === undefined || parts.reduce((sum, part) => sum + part.maximum, 0) === maximum,
    'the parts make up all the points',
  )

function areDistinct(values: readonly (string | undefined)[]): boolean {
  return values.every((value) => value !== undefined) && new Set(values).size === values.length
}

/** `out`: no vote, not in the base; `whenVoting`: may vote, and is in the base once they have; `always`: in the base. */
const rollRule = z.enum(['out', 'whenVoting', 'always'])
const fraction = z.strictObject({ numerator: z.int().positive(), denominator: z.int().positive() })

const votePack = z.strictObject({
  ...head,
  kind: z.literal('vote'),
  roll: z.strictObject({
    suspended: rollRule,
    temporarilyElsewhere: rollRule,
    exempt: rollRule,
    /** Absent throughout with an accepted reason. */
    excused: rollRule,
  }),
  /** An option carries when its votes are strictly more than this share of the members in the base, or of the ballots. */
  majority: fraction
    .extend({ of: z.enum(['members', 'ballots']) })
    .refine(({ numerator, denominator }) => numerator < denominator, 'more than all is never reached'),
  /** The vote counts when at least this share of the base has voted. */
  quorum: fraction.refine(({ numerator, denominator }) => numerator <= denominator, 'more than all never vote'),
})

const classificationPack = z.strictObject({
  ...head,
  kind: z.literal('classification'),
  /** Whether those excused from activities, or suspended from them, are classified. */
  exempt: z.boolean(),
  suspended: z.boolean(),
  /** Those admitted less than so many months ago are not. */
  admittedMonths: z.int().min(0),
})

const privacyPack = z.strictObject({
  ...head,
  kind: z.literal('privacy'),
  /** A request is answered within so many working days. */
  answerWorkingDays: z.int().positive(),
  /** And carried out within so many days, by its kind. */
  doneDays: z.strictObject({ correction: z.int().positive(), erasure: z.int().positive() }),
  /** By so many days that may be put off, once. */
  extensionDays: z.int().positive(),
  /** So many days before they are deleted, rows whose time is over are shown to the officers. */
  announceDays: z.int().positive(),
  /** So many days an operator may still send what could not be delivered; then its words are erased. */
  undeliveredDays: z.int().positive(),
  /** How long rows are kept, by their kind. A kind that does not stand here is kept. */
  retentionMonths: z.record(z.string(), z.int().positive()),
})

const transferPack = z.strictObject({
  ...head,
  kind: z.literal('transfer'),
  /** From the reason for it (a new job, retirement) to the start of the procedure, Saturdays and Sundays not counted. */
  startWithinWorkingDays: z.int().positive(),
  /** From the introduction to the day the papers are handed in. */
  presentWithinDays: z.int().positive(),
  /** How long a temporary one lasts: from so many months to less than so many, in studies to so many. */
  temporary: z.strictObject({
    fromMonths: z.int().positive(),
    belowMonths: z.int().positive(),
    studyThroughMonths: z.int().positive(),
  }),
  /** So many days before a deadline somebody is reminded; 0 is the day itself. */
  remindDaysBefore: z.array(z.int().min(0)).min(1),
})

export const packSchema = z.discriminatedUnion('kind', [
  evaluationPack,
  votePack,
  classificationPack,
  privacyPack,
  transferPack,
])
export type Pack = z.infer<typeof packSchema>
export type PackKind = Pack['kind']
export type PackOf<K extends PackKind> = Extract<Pack, { kind: K }>
export type EvaluationPack = PackOf<'evaluation'>
export type VotePack = PackOf<'vote'>
export type ClassificationPack = PackOf<'classification'>
export type PrivacyPack = PackOf<'privacy'>
export type TransferPack = PackOf<'transfer'>
export type RollRule = z.infer<typeof rollRule>
