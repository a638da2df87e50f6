import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { pickMessage } from '../../telegram/pick-list.ts'
import type { Member } from '../registry/index.ts'
import type { RecipientChoice } from './choose-recipients.ts'
import { noticeRoles } from './roles.ts'

/** The lines of the list in their order: what typing a line's number does. */
export function recipientLines({ issueId, roles, people }: RecipientChoice): string[] {
  return [
    ...roles.map(({ role, chosen }) => `nrole:${issueId}:${noticeRoles.indexOf(role)}:${chosen ? 0 : 1}`),
    ...people.map(({ id }) => `nperson:${issueId}:${id}:0`),
  ]
}

/** Roles with a tick before those the notice is meant for, then the people chosen one by one. */
export function recipientsMessage(texts: Texts, choice: RecipientChoice): Message {
  const { issueId, roles, people } = choice
  const lines = recipientLines(choice)
  const labels = [
    ...roles.map(({ role, count, chosen }) => {
      const name = texts('notices:roleLine', { role: texts(`notices:roles.${role}`), count })
      return texts(chosen ? 'notices:ticked' : 'notices:unticked', { branch: name })
    }),
    ...people.map(({ fullName }) => texts('notices:ticked', { branch: texts('notices:comrade', { name: fullName }) })),
  ]
  return pickMessage(texts, {
    title: texts('notices:recipientsTitle'),
    intro: texts('notices:recipientsIntro'),
    items: labels.map((label, index) => ({ label, data: lines[index] ?? '' })),
    linesPerPage: labels.length,
    more: [
      [{ text: texts('notices:chooseBranchesButton'), data: `nchoose:${issueId}` }],
      [{ text: texts('notices:previewButton'), data: `npreview:${issueId}` }],
      [{ text: texts('common:cancel'), data: `ndrop:${issueId}` }],
    ],
  })
}

/** Several whom the words may mean; of many the first twenty. */
export function foundPeople(
  texts: Texts,
  issueId: number,
  found: readonly Member[],
): { title: string; items: { label: string; data: string }[] } {
  return {
    title: texts('notices:whichPerson'),
    items: found.slice(0, 20).map(({ id, fullName, birthYear, branchName }) => ({
      label: texts('notices:cadreLine', {
        name: birthYear === null ? fullName : texts('notices:nameWithYear', { name: fullName, year: birthYear }),
        branch: branchName,
      }),
      data: `nperson:${issueId}:${id}:1`,
    })),
  }
}

export function askDueMessage(texts: Texts, issueId: number): Message {
  return {
    ...titled(texts('notices:askDue'), texts('notices:askDueExample')),
    buttons: [
      [{ text: texts('notices:noDueButton'), data: `nduenone:${issueId}` }],
      [{ text: texts('notices:backButton'), data: `npreview:${issueId}` }],
    ],
  }
}
