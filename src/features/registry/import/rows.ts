import { z } from 'zod'
import { genders, memberStatuses, membershipKinds } from '../../../domain/members.ts'
import { nodeKinds, sectors } from '../../../domain/organisations.ts'
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
  /** None for a node that is no branch. */
  sector: codes(sectors).optional(),
  openedOn: optional(day),
  openedBy: optional(z.string()),
  /** As the workbook names it: one of the known kinds, or the ward's own name of one. */
  kind: z.string().optional(),
  parentCode: optional(z.string()),
  dissolvedOn: optional(day),
  dissolvedBy: optional(z.string()),
})

const kindRow = z.object({ row: z.int(), name: z.string(), form: codes(nodeKinds) })

const groupRow = z.object({
  row: z.int(),
  name: z.string(),
  branchCode: optional(z.string()),
  households: optional(z.int()),
  residents: optional(z.int()),
})

const memberRow = z.object({
  row: z.int(),
  number: z.string(),
  fullName: z.string(),
  birth: optional(z.object({ on: day.nullable(), year: z.int() })),
  gender: optional(codes(genders)),
  phone: optional(z.string()),
  /** Empty for somebody who belongs to no branch any more, or is here only as a resident. */
  branchCode: z.string().nullable(),
  status: codes(memberStatuses).optional(),
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

const stretch = { row: z.int(), number: z.string(), fullName: z.string().optional(), from: day, to: day.optional() }
const membershipRow = z.object({
  ...stretch,
  branchCode: z.string(),
  kind: codes(membershipKinds),
  reason: optional(z.string()),
})
const statusRow = z.object({ ...stretch, kind: codes(memberStatuses) })
const cadreRow = z.object({ ...stretch, office: z.string(), job: z.string() })
const liaisonRow = z.object({
  ...stretch,
  branchCode: z.string(),
  workplace: optional(z.string()),
  exempt: z.boolean().optional(),
})
const commentRow = z.object({
  row: z.int(),
  number: z.string(),
  fullName: z.string().optional(),
  year: z.int(),
  text: z.string(),
})

const sheetOf = <T extends z.ZodType>(row: T) => z.object({ sheet: z.string(), rows: z.array(row) })

/** What a workbook says, every cell read. A sheet keeps the name it has in the workbook, for the problems found later. */
export const registryRows = z.object({
  branches: sheetOf(branchRow),
  members: sheetOf(memberRow),
  positions: sheetOf(positionRow),
  groups: sheetOf(groupRow),
  memberships: sheetOf(membershipRow),
  statuses: sheetOf(statusRow),
  cadres: sheetOf(cadreRow),
  liaisons: sheetOf(liaisonRow),
  comments: sheetOf(commentRow),
  kinds: sheetOf(kindRow),
})

export type BranchRow = z.infer<typeof branchRow>
export type MemberRow = z.infer<typeof memberRow>
export type PositionRow = z.infer<typeof positionRow>
export type KindRow = z.infer<typeof kindRow>
export type GroupRow = z.infer<typeof groupRow>
export type MembershipRow = z.infer<typeof membershipRow>
export type StatusRow = z.infer<typeof statusRow>
export type CadreRow = z.infer<typeof cadreRow>
export type LiaisonRow = z.infer<typeof liaisonRow>
export type CommentRow = z.infer<typeof commentRow>
export type RegistryRows = z.infer<typeof registryRows>
