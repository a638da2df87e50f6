import type { Gender } from '../../domain/members.ts'
import type { Random } from './random.ts'

type Weighted = readonly (readonly [string, number])[]

const families = weighted(`Nguyễn 31, Trần 11, Lê 9, Phạm 7, Hoàng 4, Vũ 4, Phan 3, Đặng 3, Bùi 3, Đỗ 3, Ngô 2,
  Dương 2, Đào 2, Đinh 1, Trịnh 1, Hà 1, Lương 1, Mai 1, Tạ 1, Cao 1, Chu 1, Quách 1, Lưu 1, Nghiêm 1`)

const middles: Readonly<Record<Gender, Weighted>> = {
  male: weighted(`Văn 30, Đức 9, Minh 7, Quang 7, Xuân 6, Hữu 6, Ngọc 5, Đình 5, Mạnh 4, Tiến 4, Quốc 4, Bá 3, Thế 3,
    Duy 3, Trọng 3, Công 3, Viết 2, Anh 2`),
  female: weighted(`Thị 34, Thị Thu 6, Thị Thanh 6, Thị Kim 5, Thị Minh 5, Thị Hồng 5, Thị Bích 3, Ngọc 4, Thu 4,
    Thanh 4, Minh 4, Phương 3, Kim 2, Thị Lan 2, Hoài 1`),
}

const givens: Readonly<Record<Gender, readonly string[]>> = {
  male: listed(`Hùng, Dũng, Cường, Tuấn, Thắng, Bình, Sơn, Hải, Long, Nam, Thành, Trung, Kiên, Hưng, Đạt, Chiến, Quyết,
    Toàn, Khánh, Lâm, Phong, Hiếu, Nghĩa, Lợi, Tùng, Vinh, Quý, Thịnh, Hòa, Đông, Khoa, Luân, Tân, Bảo, An, Đoàn, Huy,
    Mạnh, Việt, Tú, Hoan, Doanh, Thọ`),
  female: listed(`Hương, Lan, Hoa, Hằng, Nga, Thủy, Hà, Liên, Mai, Hạnh, Dung, Yến, Phượng, Loan, Nhung, Oanh, Thảo,
    Trang, Linh, Ngọc, Huyền, Tuyết, Vân, Hiền, Thoa, Xuân, Ánh, Nguyệt, Bích, Quyên, Tâm, Hòa, Lý, Thu, Minh, Giang,
    Duyên, Châm, Hường, Đào, Ngân, Chi, Khuyên`),
}

/** Names that belong to people everybody knows; nobody in the ward may bear one. */
const wellKnown = new Set(
  listed(`Phạm Minh Chính, Trần Thanh Mẫn, Vương Đình Huệ, Nguyễn Xuân Phúc, Võ Văn Thưởng, Nguyễn Thị Kim Ngân,
    Trương Thị Mai, Phan Văn Giang, Bùi Thanh Sơn, Đỗ Văn Chiến, Nguyễn Hòa Bình, Nguyễn Duy Ngọc, Nguyễn Tấn Dũng,
    Nông Đức Mạnh, Lê Minh Hưng, Trần Cẩm Tú, Hoàng Trung Hải, Lê Minh Trí, Phạm Bình Minh, Nguyễn Đức Chung,
    Nguyễn Mạnh Hùng, Lê Thành Long, Trần Hồng Hà, Nguyễn Chí Dũng, Mai Văn Chính, Bùi Thị Minh Hoài, Nguyễn Quang Hải,
    Đoàn Văn Hậu, Phan Đình Trạc, Nguyễn Trọng Nghĩa, Nguyễn Văn Hùng, Nguyễn Minh Vũ, Nguyễn Thanh Nghị,
    Hoàng Minh Sơn, Nguyễn Kim Sơn, Đào Ngọc Dung`),
)

/** A plausible name in NFC that is nobody's in `taken` and no well-known person's; it is added to `taken`. */
export function makeName(random: Random, gender: Gender, taken: Set<string>): string {
  for (;;) {
    const name = `${random.weigh(families)} ${random.weigh(middles[gender])} ${random.pick(givens[gender])}`
    const words = name.split(' ')
    if (taken.has(name) || wellKnown.has(name) || new Set(words).size < words.length) continue
    taken.add(name)
    return name
  }
}

function listed(text: string): string[] {
  return text.normalize('NFC').split(/,\s+/)
}

function weighted(text: string): Weighted {
  return listed(text).map((entry) => {
    const cut = entry.lastIndexOf(' ')
    return [entry.slice(0, cut), Number(entry.slice(cut + 1))]
  })
}
