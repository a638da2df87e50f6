import { fail, ok, type Result } from './result.ts'
import { recogniser, type Term } from './vocabulary.ts'

/** What a post lets its holder be in the table of permissions; `null` gives nothing beyond membership. */
type PostRole = 'leader' | 'supervisor' | 'secretary' | 'deputy' | 'committee' | null

interface PostTerm extends Term<string> {
  /** Whether the post is held in the ward as a whole or in one branch. */
  readonly place: 'ward' | 'branch'
  readonly role: PostRole
}

/** The posts the product knows, with the ways workbooks write them (abbreviations and the ward's name are unfolded first). */
export const posts = [
  { code: 'secretary', place: 'branch', role: 'secretary', titles: ['Bí thư chi bộ', 'Bí thư'] },
  {
    code: 'standingDeputySecretary',
    place: 'branch',
    role: 'deputy',
    titles: ['Phó Bí thư Thường trực chi bộ', 'Phó Bí thư Thường trực'],
  },
  { code: 'deputySecretary', place: 'branch', role: 'deputy', titles: ['Phó Bí thư chi bộ', 'Phó Bí thư'] },
  {
    code: 'committeeMember',
    place: 'branch',
    role: 'committee',
    titles: ['Chi ủy viên', 'Ủy viên', 'Ủy viên chi ủy', 'Chi ủy viên chi bộ', 'Ủy viên chi bộ'],
  },
  {
    code: 'supervisingMember',
    place: 'branch',
    role: 'supervisor',
    titles: [
      'Cấp ủy viên phụ trách',
      'Cấp ủy viên phụ trách chi bộ',
      'Đảng ủy viên phụ trách chi bộ',
      'Đảng ủy viên phụ trách',
    ],
  },
  {
    code: 'groupLeader',
    place: 'branch',
    role: null,
    titles: ['Tổ trưởng tổ dân phố', 'Trưởng thôn'],
  },
  { code: 'wardSecretary', place: 'ward', role: 'leader', titles: ['Bí thư Đảng ủy', 'Bí thư', 'Bí thư Đảng bộ'] },
  {
    code: 'wardStandingDeputySecretary',
    place: 'ward',
    role: 'leader',
    titles: ['Phó Bí thư Thường trực Đảng ủy', 'Phó Bí thư Thường trực', 'Phó Bí thư Đảng ủy thường trực'],
  },
  { code: 'wardDeputySecretary', place: 'ward', role: 'leader', titles: ['Phó Bí thư Đảng ủy', 'Phó Bí thư'] },
  {
    code: 'wardCommitteeMember',
    place: 'ward',
    role: null,
    titles: ['Đảng ủy viên', 'Ủy viên Ban Chấp hành Đảng bộ', 'Ủy viên Ban Thường vụ Đảng ủy', 'Ủy viên'],
  },
  {
    code: 'peoplesCommitteeChair',
    place: 'ward',
    role: 'leader',
    titles: ['Chủ tịch Ủy ban nhân dân', 'Chủ tịch phường'],
  },
  {
    code: 'peoplesCommitteeViceChair',
    place: 'ward',
    role: 'leader',
    titles: ['Phó Chủ tịch Ủy ban nhân dân', 'Phó Chủ tịch phường'],
  },
  {
    code: 'frontChair',
    place: 'ward',
    role: 'leader',
    titles: [
      'Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam phường',
      'Chủ tịch Mặt trận Tổ quốc',
      'Chủ tịch Ủy ban Mặt trận Tổ quốc',
      'Chủ tịch Mặt trận',
    ],
  },
  {
    code: 'womensUnionChair',
    place: 'ward',
    role: 'leader',
    titles: ['Chủ tịch Hội Liên hiệp Phụ nữ phường', 'Chủ tịch Hội Phụ nữ'],
  },
  {
    code: 'youthUnionSecretary',
    place: 'ward',
    role: 'leader',
    titles: [
      'Bí thư Đoàn Thanh niên phường',
      'Bí thư Đoàn Thanh niên Cộng sản Hồ Chí Minh',
      'Bí thư Đoàn Thanh niên Cộng sản',
      'Bí thư Đoàn',
    ],
  },
  {
    code: 'veteransChair',
    place: 'ward',
    role: 'leader',
    titles: ['Chủ tịch Hội Cựu chiến binh phường', 'Chủ tịch Hội Cựu chiến binh Việt Nam'],
  },
  {
    code: 'farmersChair',
    place: 'ward',
    role: 'leader',
    titles: ['Chủ tịch Hội Nông dân phường', 'Chủ tịch Hội Nông dân Việt Nam'],
  },
  {
    code: 'tradeUnionChair',
    place: 'ward',
    role: 'leader',
    titles: ['Chủ tịch Công đoàn phường', 'Chủ tịch Liên đoàn Lao động'],
  },
] as const satisfies readonly PostTerm[]
export type Post = (typeof posts)[number]['code']

const abbreviations = new Map([
  ['ubnd', 'uy ban nhan dan'],
  ['ubmttq', 'uy ban mat tran to quoc'],
  ['mttq', 'mat tran to quoc'],
  ['vn', 'viet nam'],
  ['lhpn', 'lien hiep phu nu'],
  ['tncs', 'thanh nien cong san'],
  ['hcm', 'ho chi minh'],
  ['ccb', 'cuu chien binh'],
  ['bch', 'ban chap hanh'],
  ['btv', 'ban thuong vu'],
  ['pbt', 'pho bi thu'],
  ['bt', 'bi thu'],
  ['pct', 'pho chu tich'],
  ['ct', 'chu tich'],
  ['tt', 'thuong truc'],
  ['uv', 'uy vien'],
  ['cb', 'chi bo'],
])

/** Unfolds abbreviations and drops the name after "phường", "xã" or "chi bộ", which the other columns say. */
function canonical(key: string): string {
  return key
    .split(' ')
    .map((word) => abbreviations.get(word) ?? word)
    .join(' ')
    .replace(/^(pho )?chu tich (phuong|xa)\b.*$/, '$1chu tich uy ban nhan dan')
    .replace(/^to truong (to )?(dan pho|tdp)\b.*$/, 'to truong to dan pho')
    .replace(/ (phuong|xa|thi tran)( .*)?$/, '')
    .replace(/ chi bo .*$/, ' chi bo')
    .replace(/^dong chi /, '')
}

/** The heads of the Party committee and of the People's Committee, whom a branch is to give concrete work and to follow. */
export const headPosts: readonly Post[] = [
  'wardSecretary',
  'wardStandingDeputySecretary',
  'wardDeputySecretary',
  'peoplesCommitteeChair',
  'peoplesCommitteeViceChair',
]

const recognisers = {
  ward: recogniser<Post>(
    posts.filter((post) => post.place === 'ward'),
    canonical,
  ),
  branch: recogniser<Post>(
    posts.filter((post) => post.place === 'branch'),
    canonical,
  ),
}

/**
 * The post a workbook's title names. `place` says whether the row names a branch: "Bí thư" is the branch's or the ward's.
 * Fails with `post.unknown`, or `post.wrongPlace` where the title is known only at the other place.
 */
export function recognisePost(title: string, place: 'ward' | 'branch'): Result<Post> {
  const post = recognisers[place](title)
  if (post) return ok(post)
  const elsewhere = recognisers[place === 'ward' ? 'branch' : 'ward'](title)
  return fail(elsewhere ? 'post.wrongPlace' : 'post.unknown', { value: title })
}

/** The post's place, the role it gives and its usual Vietnamese title (for workbooks, not for screens). */
export function postFacts(code: Post): { place: 'ward' | 'branch'; role: PostRole; title: string } {
  const post = posts.find((candidate) => candidate.code === code)
  if (!post) throw new RangeError(`Unknown post: ${code}`)
  return { place: post.place, role: post.role, title: post.titles[0] }
}
