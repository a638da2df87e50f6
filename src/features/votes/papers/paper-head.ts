import { formatLongDate } from '../../../domain/formats.ts'
import type { DocumentHead } from '../../../platform/document.ts'
import type { Texts } from '../../../platform/texts.ts'

/** The head of a branch's paper: its ward, itself, the place and the day. */
export function branchHead(
  texts: Texts,
  { wardName, branchName }: { wardName: string; branchName: string },
  on: Temporal.PlainDate,
): DocumentHead {
  // "Đảng bộ phường Mẫu" sits in "phường Mẫu".
  const place = wardName.replace(/^Đảng (bộ|ủy)\s+/i, '')
  return {
    superior: wardName.toLocaleUpperCase('vi'),
    issuer: branchName.toLocaleUpperCase('vi'),
    number: '',
    motto: texts('votes:paper.motto'),
    placeAndDate: `${place.charAt(0).toLocaleUpperCase('vi')}${place.slice(1)}, ${formatLongDate(on)}`,
  }
}

/** Room for a number that is written by hand. */
export const dots = '…………'
