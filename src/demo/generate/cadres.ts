import type { Post } from '../../domain/posts.ts'

/** Office and job of a cadre, with the ward posts that come with them. */
export interface CadreJob {
  readonly office: string
  readonly job: string
  readonly posts: readonly Post[]
}

const committee: readonly Post[] = ['wardCommitteeMember']
const none: readonly Post[] = []

/** The thirty cadres who sit in the residential branches: ten leaders, five more members of the ward committee, fifteen others. */
export const cadreJobs: readonly CadreJob[] = (
  [
    ['Đảng ủy phường', 'Bí thư Đảng ủy', ['wardSecretary']],
    ['Đảng ủy phường', 'Phó Bí thư Thường trực Đảng ủy', ['wardStandingDeputySecretary']],
    ['UBND phường', 'Phó Bí thư Đảng ủy, Chủ tịch UBND phường', ['wardDeputySecretary', 'peoplesCommitteeChair']],
    ['UBND phường', 'Phó Chủ tịch UBND phường', ['peoplesCommitteeViceChair']],
    ['UBND phường', 'Phó Chủ tịch UBND phường', ['peoplesCommitteeViceChair']],
    ['Ủy ban MTTQ Việt Nam phường', 'Chủ tịch Ủy ban MTTQ Việt Nam phường', ['frontChair']],
    ['Hội Liên hiệp Phụ nữ phường', 'Chủ tịch Hội Liên hiệp Phụ nữ phường', ['womensUnionChair']],
    ['Đoàn Thanh niên phường', 'Bí thư Đoàn Thanh niên phường', ['youthUnionSecretary']],
    ['Hội Cựu chiến binh phường', 'Chủ tịch Hội Cựu chiến binh phường', ['veteransChair']],
    ['Hội Nông dân phường', 'Chủ tịch Hội Nông dân phường', ['farmersChair']],
    ['Ban Xây dựng Đảng', 'Trưởng ban', committee],
    ['Ủy ban Kiểm tra Đảng ủy', 'Phó Chủ nhiệm', committee],
    ['Văn phòng Đảng ủy', 'Chánh Văn phòng', committee],
    ['Phòng Kinh tế, Hạ tầng và Đô thị', 'Trưởng phòng', committee],
    ['Phòng Văn hóa - Xã hội', 'Trưởng phòng', committee],
    ['Văn phòng Đảng ủy', 'Chuyên viên', none],
    ['Ban Xây dựng Đảng', 'Chuyên viên', none],
    ['Ủy ban Kiểm tra Đảng ủy', 'Chuyên viên', none],
    ['Văn phòng HĐND và UBND', 'Chánh Văn phòng', none],
    ['Văn phòng HĐND và UBND', 'Kế toán', none],
    ['Văn phòng HĐND và UBND', 'Chuyên viên tư pháp - hộ tịch', none],
    ['Phòng Kinh tế, Hạ tầng và Đô thị', 'Phó Trưởng phòng', none],
    ['Phòng Kinh tế, Hạ tầng và Đô thị', 'Chuyên viên địa chính', none],
    ['Phòng Kinh tế, Hạ tầng và Đô thị', 'Chuyên viên trật tự xây dựng', none],
    ['Phòng Văn hóa - Xã hội', 'Phó Trưởng phòng', none],
    ['Phòng Văn hóa - Xã hội', 'Chuyên viên lao động - xã hội', none],
    ['Phòng Văn hóa - Xã hội', 'Chuyên viên giáo dục', none],
    ['Trung tâm Phục vụ hành chính công', 'Phó Giám đốc', none],
    ['Trung tâm Phục vụ hành chính công', 'Chuyên viên tiếp nhận hồ sơ', none],
    ['Ban Chỉ huy Quân sự phường', 'Chỉ huy trưởng', none],
  ] satisfies readonly (readonly [string, string, readonly Post[]])[]
).map(([office, job, posts]) => ({ office, job, posts }))
