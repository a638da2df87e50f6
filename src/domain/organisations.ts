import { recogniser, type Term } from './vocabulary.ts'

/** Kinds of nodes in the tree of organisations, from the whole ward down to a group inside a branch. */
export const nodeKinds = ['wardPartyOrg', 'grassrootsOrg', 'subCommitteeOrg', 'branch', 'partyGroup'] as const

/** Where a branch lives, with the ways a workbook's column "Loại" names it. */
export const sectors = [
  { code: 'residential', titles: ['Tổ dân phố', 'TDP', 'Khu dân cư', 'Chi bộ tổ dân phố', 'Thôn'] },
  { code: 'police', titles: ['Công an', 'Công an phường', 'Chi bộ công an'] },
  { code: 'school', titles: ['Trường học', 'Trường', 'Nhà trường', 'Chi bộ trường học'] },
  { code: 'agency', titles: ['Cơ quan', 'Chi bộ cơ quan', 'Đơn vị', 'Quân sự', 'Y tế', 'Trạm y tế', 'Doanh nghiệp'] },
] as const satisfies readonly Term<string>[]
export type Sector = (typeof sectors)[number]['code']

/** The sector a written "Loại" names, or nothing. */
export const recogniseSector = recogniser<Sector>(sectors)
