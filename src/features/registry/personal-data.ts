import { fromUtcMidnight } from '../../domain/dates.ts'
import { formatDate } from '../../domain/formats.ts'
import type { PersonalData } from '../../telegram/feature.ts'

/** What the register says of a person. It is kept by the ward's duty, not by consent. */
export const registryData: PersonalData = {
  covers: ['Person', 'Membership', 'MemberStatus', 'Position', 'Cadre', 'ResidenceLiaison'],
  exempt: {
    RegistryImport: 'a workbook of whoever sent it: its rows are in the register, and gone from here',
    Organisation: 'what it was dissolved by is a paper, no person',
  },
  collect: async (ctx, { personId }) => {
    if (personId === null) return []
    const person = await ctx.db.person.findUniqueOrThrow({
      where: { id: personId },
      include: {
        memberships: { include: { organisation: true }, orderBy: { from: 'asc' } },
        statuses: { orderBy: { from: 'asc' } },
        positions: { include: { organisation: true }, orderBy: { from: 'asc' } },
        cadres: { orderBy: { from: 'asc' } },
        liaisons: { include: { organisation: true, comments: { orderBy: { year: 'asc' } } } },
      },
    })
    const { number, fullName, birthOn, birthYear, gender, phone, admittedOn, officialOn, note } = person
    const born = birthOn ? day(birthOn) : birthYear
    const known = [
      ['number', number],
      ['name', fullName],
      ['born', born],
      ['gender', gender && ctx.texts.find(`registry:held.${gender}`)],
      ['phone', phone],
      ['admitted', admittedOn && day(admittedOn)],
      ['official', officialOn && day(officialOn)],
      ['note', note],
    ] as const
    return [
      ...known.flatMap(([key, value]) =>
        value ? [{ what: `registry:held.${key}` as const, at: null, text: String(value) }] : [],
      ),
      ...person.memberships.map(({ organisation, from, to }) => ({
        what: 'registry:held.membership' as const,
        at: from,
        text: until(organisation.name, to),
      })),
      ...person.statuses.map(({ kind, from, to }) => ({
        what: 'registry:held.status' as const,
        at: from,
        text: until(ctx.texts.find(`domain:statuses.${kind}`) ?? kind, to),
      })),
      ...person.positions.map(({ title, organisation, from, to }) => ({
        what: 'registry:held.position' as const,
        at: from,
        text: until([title, organisation?.name].filter(Boolean).join(', '), to),
      })),
      ...person.liaisons.flatMap(({ organisation, workplace, from, to, comments }) => [
        {
          what: 'registry:held.liaison' as const,
          at: from,
          text: until([organisation.name, workplace].filter(Boolean).join(', '), to),
        },
        ...comments.map(({ year, text, at }) => ({
          what: 'registry:held.comment' as const,
          at,
          text: `${year}: ${text}`,
        })),
      ]),
      ...person.cadres.map(({ office, job, from, to }) => ({
        what: 'registry:held.cadre' as const,
        at: from,
        text: until(`${job}, ${office}`, to),
      })),
    ]
  },
}

function day(date: Date): string {
  return formatDate(fromUtcMidnight(date))
}

function until(text: string, to: Date | null): string {
  return to === null ? text : `${text} (→ ${day(to)})`
}
