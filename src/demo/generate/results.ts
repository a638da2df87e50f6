import { deriveLevel } from '../../domain/evaluation.ts'
import { packFor } from '../../domain/packs/index.ts'
import type { Level } from '../../domain/packs/schema.ts'
import { lastDay, type Period } from '../../domain/period.ts'
import { type Random, seeded } from './random.ts'
import type { Ward } from './ward.ts'

/** A cadre's result of a period, as the ward's leaders would write it down. */
export interface CadreResult {
  readonly memberNumber: string
  readonly name: string
  readonly branchName: string
  readonly score: number
  readonly grade: string | null
  readonly level: Level
  readonly remark: string
}

const remarks: Readonly<Record<Level, readonly string[]>> = {
  excellent: [
    'Hoàn thành vượt tiến độ các nhiệm vụ được giao, có sáng kiến được áp dụng.',
    'Chủ động tham mưu, giải quyết dứt điểm việc tồn đọng của tháng trước.',
    'Kết quả công việc nổi trội, phối hợp tốt với các tổ dân phố.',
  ],
  good: [
    'Hoàn thành đúng hạn các nhiệm vụ được giao.',
    'Chấp hành tốt kỷ luật, kỷ cương hành chính; thái độ phục vụ đúng mực.',
    'Có trách nhiệm, phối hợp tốt với đồng nghiệp.',
    'Hồ sơ giải quyết đúng hạn, không có phản ánh của người dân.',
    'Tích cực tham gia tổng vệ sinh môi trường sáng thứ Bảy.',
  ],
  completed: ['Còn một nhiệm vụ chậm tiến độ, cần chủ động hơn.', 'Chất lượng báo cáo chưa đều, cần rút kinh nghiệm.'],
  notCompleted: ['Nhiều nhiệm vụ quá hạn không có lý do chính đáng.'],
}

/** Thirty cadres give four excellent, within a fifth of the twenty-four good. */
const excellentCount = 4
const completedCount = 2

/**
 * Results of all cadres for a period, consistent with the rule pack of its last day and within its cap; the same for the
 * same ward and period. Throws where no instrument holds for the period.
 */
export function cadreResults(ward: Ward, period: Period): CadreResult[] {
  const pack = packFor('evaluation', lastDay(period))
  if (!pack.ok) throw new RangeError(`No evaluation rules for ${period}`)
  const random = seeded([...period].reduce((seed, letter) => Math.imul(seed, 31) + letter.charCodeAt(0), ward.seed))
  const cadres = ward.members.filter((member) => member.cadre)
  const order = random.shuffle(cadres)
  const juniors = order.filter((member) => member.cadre?.posts.length === 0)
  const completed = new Set(juniors.slice(0, completedCount))
  const excellent = new Set(order.filter((member) => !completed.has(member)).slice(0, excellentCount))
  return cadres.map((member) => {
    const score = points(random, excellent.has(member) ? [90, 96] : completed.has(member) ? [58, 69] : [74, 89])
    const evaluation = deriveLevel(pack.value, { score })
    if (!evaluation.ok) throw new Error(evaluation.problem.code)
    const { level, grade } = evaluation.value
    return {
      memberNumber: member.number,
      name: member.name,
      branchName: ward.branches.find((branch) => branch.code === member.branchCode)?.name ?? '',
      score,
      grade: grade ?? null,
      level,
      remark: random.pick(remarks[level]),
    }
  })
}

/** A score between two whole points, one in three with a half. */
function points(random: Random, [from, to]: readonly [number, number]): number {
  return random.int(from, to) + (random.int(1, 3) === 1 ? 0.5 : 0)
}
