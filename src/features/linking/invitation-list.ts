import { formatDateTime } from '../../domain/formats.ts'
import { writeWorkbook } from '../../platform/workbook.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { Turn } from '../../telegram/turn.ts'
import { showCode } from './codes.ts'
import { expiryOf } from './create-code.ts'
import { createInvitations } from './create-invitation.ts'
import { startLinkUrl } from './links.ts'
import type { LinkingParts } from './parts.ts'

/** Sends the invitations of all members of the branch (`turn.args`) who are not linked, as a workbook. */
export async function sendInvitationList(turn: Turn, { bot }: LinkingParts): Promise<void> {
  const created = await createInvitations(turn.context, { branchId: numberIn(turn.args) })
  if (!created.ok) return turn.refuse(created.problem)
  const { branch, invitations } = created.value
  const { texts } = turn
  if (invitations.length === 0) return turn.reply({ text: texts('linking:people.allLinked', { branch: branch.name }) })
  const until = formatDateTime(expiryOf('person', turn.context.now()))
  const header = ['nth', 'number', 'name', 'link', 'code'] as const
  const rows = invitations.map(({ member, code }, index) => [
    index + 1,
    member.number,
    member.fullName,
    startLinkUrl(bot.username, 'p', code),
    showCode(code),
  ])
  const sheet = {
    sheet: texts('linking:list.sheet'),
    rows: [header.map((name) => texts(`linking:list.${name}`)), ...rows],
  }
  const data = await writeWorkbook([sheet])
  const caption = texts('linking:list.caption', { branch: branch.name, count: invitations.length, until })
  await turn.sendFile({ name: `giay-moi-${branch.code}.xlsx`, data }, caption)
}
