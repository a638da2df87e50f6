import { normaliseName } from '../../domain/names.ts'

/** What the words after `/giaoviec` say; what they leave out is asked for afterwards. */
export interface AssignmentWords {
  /** A name or member number. */
  who: string | null
  title: string | null
  /** The due date as written, or `none` where the words say that there is none. */
  due: { written: string } | 'none' | null
}

const noDueDate = /(?:^|[;,.\n])\s*không\s+(?:có\s+|đặt\s+|cần\s+)?(?:thời\s+)?hạn\s*\.?$/iu
/** "hạn …" after a stop, but not "hạn chế …", which is work; "cuối tháng" is a day, "hạn cuối 30/11" a word for the due date. */
const dueDate =
  /(?:^|[;,.\n])\s*(?:thời\s+hạn|hạn\s+chót|hạn\s+cuối(?!\s+(?:tuần|tháng|quý|năm))|hạn\s+hoàn\s+thành|hạn|chậm\s+nhất)(?!\p{L})(?!\s+chế)\s*:?\s*([^;\n]+?)\.?$/iu

/**
 * Reads `Nguyễn Văn An: dọn vườn hoa; hạn 30/11`. Where the assignee is known (the command answers a member's message),
 * all before the due date is the work.
 */
export function readAssignment(text: string, assigneeKnown: boolean): AssignmentWords {
  const whole = text.normalize('NFC').trim()
  const written = dueDate.exec(whole)
  const stated = noDueDate.exec(whole) ?? written
  const rest = stated ? whole.slice(0, stated.index).trim() : whole
  const due = stated === null ? null : stated === written ? { written: (written[1] ?? '').trim() } : 'none'
  if (assigneeKnown) return { who: null, title: rest || null, due }
  const named = /^([^:\n]{1,80}):([\s\S]*)$/.exec(rest)
  const who = normaliseName(named?.[1] ?? rest).replace(/^(?:đồng chí|đ\/c)\s+/i, '')
  return { who: who || null, title: named?.[2]?.trim() || null, due }
}

/** Whether an answer to "which due date?" says that there is none. */
export function meansNoDueDate(text: string): boolean {
  const answer = text.normalize('NFC').trim()
  return noDueDate.test(answer) || /^không$/iu.test(answer)
}
