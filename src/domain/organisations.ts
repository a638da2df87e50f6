import { recogniser, type Term } from './vocabulary.ts'

/**
 * Kinds of nodes in the tree of organisations, from the whole ward down to a group inside a branch, with the ways a
 * workbook's column "Loại tổ chức" names them. A ward may name kinds of its own, each of one of these forms.
 */
export const nodeKinds = [
  { code: 'wardPartyOrg', titles: ['Đảng bộ phường', 'Đảng bộ xã', 'Đảng bộ'] },
  {
    code: 'grassrootsOrg',
    titles: ['Tổ chức cơ sở đảng', 'Đảng bộ cơ sở', 'TCCSĐ', 'Đảng bộ cơ quan', 'Đảng bộ trường học'],
  },
  { code: 'subCommitteeOrg', titles: ['Đảng bộ bộ phận', 'ĐBBP'] },
  { code: 'branch', titles: ['Chi bộ', 'Chi bộ trực thuộc', 'Chi bộ cơ sở', 'CB'] },
  { code: 'partyGroup', titles: ['Tổ đảng'] },
] as const satisfies readonly Term<string>[]
export type NodeKind = (typeof nodeKinds)[number]['code']

/** Where a branch lives, with the ways a workbook's column "Loại" names it. */
export const sectors = [
  { code: 'residential', titles: ['Tổ dân phố', 'TDP', 'Khu dân cư', 'Chi bộ tổ dân phố', 'Thôn'] },
  { code: 'police', titles: ['Công an', 'Công an phường', 'Chi bộ công an'] },
  { code: 'school', titles: ['Trường học', 'Trường', 'Nhà trường', 'Chi bộ trường học'] },
  { code: 'agency', titles: ['Cơ quan', 'Chi bộ cơ quan', 'Đơn vị', 'Quân sự', 'Y tế', 'Trạm y tế', 'Doanh nghiệp'] },
] as const satisfies readonly Term<string>[]
export type Sector = (typeof sectors)[number]['code']

/** The kind of node a written "Loại tổ chức" names, or nothing. */
export const recogniseNodeKind = recogniser<NodeKind>(nodeKinds)

/** The sector a written "Loại" names, or nothing. */
export const recogniseSector = recogniser<Sector>(sectors)

/** Whether a node of the one kind may hang under a node of the other: only under a higher one. */
export function mayHangUnder(kind: NodeKind, parent: NodeKind): boolean {
  const rank = (one: NodeKind) => nodeKinds.findIndex(({ code }) => code === one)
  return rank(parent) < rank(kind)
}
