import { formatDate } from '../../domain/formats.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { pageSize, pickMessage } from '../../telegram/pick-list.ts'
import type { BranchChoice } from './choose-branches.ts'
import { listed, membersButton } from './evaluation-screens.ts'
import { printedNumber } from './issue-number.ts'
import type { PlainPreview } from './issue-plain.ts'
import { titleOfNotice } from './notice-messages.ts'

/** The page of the list on which a branch stands. */
export function pageOf({ branches }: BranchChoice, branchId: number): number {
  const index = branches.findIndex(({ id }) => id === branchId)
  return Math.max(0, Math.floor(index / pageSize))
}

/** The ward's branches with a tick before those the notice is meant for. */
export function choiceMessage(texts: Texts, { issueId, branches }: BranchChoice, page = 0): Message {
  const count = branches.filter(({ chosen }) => chosen).length
  return pickMessage(texts, {
    title: texts('notices:choiceTitle'),
    intro: texts('notices:choiceIntro', { count, of: branches.length }),
    items: branches.map(({ id, name, chosen }) => ({
      label: texts(chosen ? 'notices:ticked' : 'notices:unticked', { branch: name }),
      data: `ntarget:${issueId}:${id}:${chosen ? 0 : 1}`,
    })),
    page,
    pageData: (next) => `npage:${issueId}:${next}`,
    more: [
      [
        { text: texts('notices:chooseAll'), data: `nall:${issueId}:1` },
        { text: texts('notices:chooseNone'), data: `nall:${issueId}:0` },
      ],
      [{ text: texts('notices:recipientsButton'), data: `nwho:${issueId}` }],
      [{ text: texts('notices:previewButton'), data: `npreview:${issueId}` }],
      [{ text: texts('common:cancel'), data: `ndrop:${issueId}` }],
    ],
  })
}

/** A plain notice as it would go out, to whom, and in whose name. */
export function plainPreviewMessage(texts: Texts, preview: PlainPreview): Message {
  const { issueId, branches, people, issuer, wardName, text, file, dueOn, corrects } = preview
  const withoutGroup = branches.filter(({ hasGroup }) => !hasGroup).map(({ name }) => name)
  const names = branches.map(({ name }) => name)
  const unreached = people.filter(({ hasChat }) => !hasChat).map(({ name }) => name)
  return {
    ...titled(
      texts('notices:plainPreviewTitle'),
      '',
      titleOfNotice(texts, { kind: 'plain', wardName, corrects }),
      dueOn && texts('notices:dueLine', { date: formatDate(dueOn) }),
      corrects !== null && texts('notices:replacesLine', { number: printedNumber(texts, corrects) }),
      texts('notices:issuer', { name: issuer.name, title: issuer.title }),
      '',
      text !== '' && text,
      file && texts(file.kind === 'photo' ? 'notices:withPhoto' : 'notices:withFile', { name: file.name }),
      '',
      names.length > 0 && texts('notices:meantFor', { count: names.length, names: listed(texts, names) }),
      people.length > 0 &&
        texts('notices:meantForPeople', {
          count: people.length,
          names: listed(
            texts,
            people.map(({ name }) => name),
          ),
        }),
      withoutGroup.length > 0 && texts('notices:withoutGroup', { names: listed(texts, withoutGroup) }),
      unreached.length > 0 && texts('notices:handToPeople', { names: listed(texts, unreached) }),
      '',
      texts('notices:notSecret'),
    ),
    buttons: [
      [{ text: texts('notices:sendPlain'), data: `nsend:${issueId}` }],
      [{ text: texts('notices:dueButton'), data: `ndue:${issueId}` }],
      ...(branches.length > 0 ? [[membersButton(texts, preview)]] : []),
      [{ text: texts('notices:chooseAgain'), data: `nchoose:${issueId}` }],
      [{ text: texts('common:cancel'), data: `ndrop:${issueId}` }],
    ],
  }
}
