import { formatDate } from '../../domain/formats.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { PickList } from '../../telegram/pick-list.ts'
import type { Branch } from './branches.ts'
import type { Member } from './members.ts'
import type { ViewedMember } from './view-members.ts'

const foundAtMost = 20

export function branchList(texts: Texts, branches: readonly Branch[], page: number): PickList {
  return {
    title: texts('registry:chooseBranch'),
    items: branches.map(({ id, name }) => ({ label: name, data: `rbranch:${id}:0` })),
    page,
    pageData: (other) => `rbranches:${other}`,
  }
}

export function memberList(
  texts: Texts,
  { branch, members }: { branch: Branch; members: readonly Member[] },
  page: number,
): PickList {
  const guests = members.filter(({ isGuest }) => isGuest).length
  const count = members.length - guests
  return {
    title: branch.name,
    intro:
      guests === 0
        ? texts('registry:memberCount', { count })
        : texts('registry:memberCountWithGuests', { count, guests }),
    items: members.map((member) => ({ label: memberLine(texts, member), data: `rperson:${member.id}` })),
    page,
    pageData: (other) => `rbranch:${branch.id}:${other}`,
  }
}

/** Several people of one name are told apart by year of birth and branch. */
export function foundList(texts: Texts, members: readonly Member[]): PickList {
  return {
    title: texts('registry:foundTitle', { count: members.length }),
    ...(members.length > foundAtMost ? { intro: texts('registry:foundMany', { count: foundAtMost }) } : {}),
    items: members.slice(0, foundAtMost).map((member) => ({
      label: texts('registry:foundLine', { member: memberLine(texts, member), branch: member.branchName }),
      data: `rperson:${member.id}`,
    })),
  }
}

export function memberCard(texts: Texts, { member, titles, probationEndsOn }: ViewedMember): Message {
  const line = (
    key: 'number' | 'birthYear' | 'status' | 'probation' | 'branch' | 'posts' | 'phone',
    value: string | null,
  ) => (value === null || value === '' ? null : texts(`registry:card.${key}`, { value }))
  return titled(
    member.fullName,
    line('number', member.number),
    line('birthYear', member.birthYear === null ? null : String(member.birthYear)),
    line('status', texts(`domain:statuses.${member.status}`)),
    line('probation', probationEndsOn && formatDate(probationEndsOn)),
    line('branch', member.branchName),
    line('posts', titles.join('; ')),
    line('phone', member.phone ?? texts('registry:card.noPhone')),
  )
}

function memberLine(texts: Texts, { fullName, birthYear, status, isGuest }: Member): string {
  const name = birthYear === null ? fullName : `${fullName} (${birthYear})`
  const line = texts('registry:memberLine', { name, status: texts(`domain:statuses.${status}`) })
  return isGuest ? texts('registry:guestLine', { line }) : line
}
