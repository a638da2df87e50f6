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
