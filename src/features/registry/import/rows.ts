import { z } from 'zod'
import { genders, memberStatuses } from '../../../domain/members.ts'
import { sectors } from '../../../domain/organisations.ts'
import { posts } from '../../../domain/posts.ts'

/** A day as checked rows and their JSON hold it, `2026-11-30`: days so written compare as they follow each other. */
export type Day = string

const day = z.iso.date()
/** Absent: the cell is empty and the register keeps what it holds. Null: the cell says "Xóa". */
const optional = <T extends z.ZodType>(type: T) => type.nullish()
const codes = <T extends string>(terms: readonly { code: T }[]) => z.enum(terms.map(({ code }) => code))

const branchRow = z.object({
  row: z.int(),
  code: z.string(),
  name: z.string(),
  sector: codes(sectors),
  openedOn: optional(day),
})

const memberRow = z.object({
  row: z.int(),
  number: z.string(),
  fullName: z.string(),
  birth: optional(z.object({ on: day.nullable(), year: z.int() })),
  gender: optional(codes(genders)),
  phone: optional(z.string()),
  branchCode: z.string(),
  status: codes(memberStatuses),
  admittedOn: optional(day),
  officialOn: optional(day),
  joinedOn: day.optional(),
  office: optional(z.string()),
  job: optional(z.string()),
  note: optional(z.string()),
})

const positionRow = z.object({
  row: z.int(),
  number: z.string(),
  fullName: z.string().optional(),
  post: codes(posts),
  title: z.string(),
  branchCode: z.string().nullable(),
  from: day.optional(),
  to: day.optional(),
})

const sheetOf = <T extends z.ZodType>(row: T) => z.object({ sheet: z.string(), rows: z.array(row) })

/** What a workbook says, every cell read. A sheet keeps the name it has in the workbook, for the problems found later. */
export const registryRows = z.object({
  branches: sheetOf(branchRow),
  members: sheetOf(memberRow),
  positions: sheetOf(positionRow),
})

export type BranchRow = z.infer<typeof branchRow>
export type MemberRow = z.infer<typeof memberRow>
export type PositionRow = z.infer<typeof positionRow>
export type RegistryRows = z.infer<typeof registryRows>
