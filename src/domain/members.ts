import { recogniser, type Term } from './vocabulary.ts'

/** A member's status, one at a time, each with its dates. An exempt member is an official one excused from activities. */
export const memberStatuses = [
  { code: 'official', titles: ['Chính thức', 'Đảng viên chính thức', 'ĐVCT', 'CT'] },
  { code: 'probationary', titles: ['Dự bị', 'Đảng viên dự bị', 'ĐVDB', 'DB'] },
  { code: 'exempt', titles: ['Miễn sinh hoạt', 'Miễn', 'Miễn công tác, sinh hoạt', 'Miễn công tác và sinh hoạt'] },
  { code: 'suspended', titles: ['Đình chỉ', 'Đình chỉ sinh hoạt', 'Đình chỉ sinh hoạt đảng'] },
] as const satisfies readonly Term<string>[]
export type MemberStatus = (typeof memberStatuses)[number]['code']

export const genders = [
  { code: 'male', titles: ['Nam', 'Ông', 'M'] },
  { code: 'female', titles: ['Nữ', 'Bà', 'Nu', 'F'] },
] as const satisfies readonly Term<string>[]
export type Gender = (typeof genders)[number]['code']

/** The status a written "Tình trạng" names, or nothing. */
export const recogniseStatus = recogniser<MemberStatus>(memberStatuses)

/** The gender a written "Giới tính" names, or nothing. */
export const recogniseGender = recogniser<Gender>(genders)

/** The day on which the twelve months of probation are over (Charter Art. 5). */
export function probationEnd(admittedOn: Temporal.PlainDate): Temporal.PlainDate {
  return admittedOn.add({ months: 12 })
}

/** How a membership is held, with the ways a workbook's column "Hình thức" names it. */
export const membershipKinds = [
  { code: 'official', titles: ['Chính thức', 'Sinh hoạt chính thức'] },
  { code: 'temporary', titles: ['Tạm thời', 'Sinh hoạt tạm thời'] },
] as const satisfies readonly Term<string>[]
export type MembershipKind = (typeof membershipKinds)[number]['code']

export const recogniseMembershipKind = recogniser<MembershipKind>(membershipKinds)

const marks = [
  { code: 'yes', titles: ['x', 'có', 'v', 'true', '1', 'đúng'] },
  { code: 'no', titles: ['không', 'ko', 'false', '0'] },
] as const satisfies readonly Term<string>[]
const recogniseMarkWord = recogniser<'yes' | 'no'>(marks)

/** Whether a column that is ticked ("x", "có", ✓) is so in this cell; nothing where the text is no tick. */
export function recogniseMark(text: string): boolean | undefined {
  if (/^[✓✔☑]$/u.test(text)) return true
  if (/^[-–]$/.test(text)) return false
  const word = recogniseMarkWord(text)
  return word && word === 'yes'
}
