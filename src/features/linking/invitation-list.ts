import { formatDateTime } from '../../domain/formats.ts'
import { type DocumentPart, writeDocument } from '../../platform/document.ts'
import { qrPicture } from '../../platform/qr-code.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { Turn } from '../../telegram/turn.ts'
import { showCode } from './codes.ts'
import { expiryOf } from './create-code.ts'
import { createInvitations } from './create-invitation.ts'
import { startLinkUrl } from './links.ts'
import type { LinkingParts } from './parts.ts'

/** The side of a QR code on paper, in points: four centimetres. */
const qrSize = 113

/** Sends the invitations of all members of the branch (`turn.args`) who are not linked, to be printed and cut into strips. */
export async function sendInvitationList(turn: Turn, { bot }: LinkingParts): Promise<void> {
  const created = await createInvitations(turn.context, { branchId: numberIn(turn.args) })
  if (!created.ok) return turn.refuse(created.problem)
  const { branch, invitations } = created.value
  const { texts } = turn
  if (invitations.length === 0) return turn.tell(texts('linking:people.allLinked', { branch: branch.name }))
  const until = formatDateTime(expiryOf('person', turn.context.now()))
  const strips = invitations.map(({ member, code }): DocumentPart => {
    const link = startLinkUrl(bot.username, 'p', code)
    return {
      kind: 'strip',
      png: qrPicture(link),
      size: qrSize,
      title: texts('linking:people.letterTitle', { name: member.fullName }),
      lines: [
        texts('linking:list.how', { branch: branch.name }),
        texts('linking:people.letterCode', { username: bot.username, code: showCode(code) }),
        texts('linking:people.letterLasts', { until }),
      ],
    }
  })
  const hint: DocumentPart = { kind: 'paragraph', text: texts('linking:list.cut'), italic: true, align: 'left' }
  const data = await writeDocument({
    type: texts('linking:list.title'),
    summary: branch.name,
    body: [hint, ...strips],
  })
  const caption = texts('linking:list.caption', { branch: branch.name, count: invitations.length, until })
  await turn.sendFile({ name: `giay-moi-${branch.code}.docx`, data }, caption)
}
