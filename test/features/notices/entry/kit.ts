import { toUtcMidnight } from '../../../../src/domain/dates.ts'
import type { TestApp } from '../../../support/app.ts'
import type { SeenMessage } from '../../../support/people.ts'
import type { TestPerson } from '../../../support/ward.ts'
import { makeCadre, type NoticeWard, noticeWard, nth } from '../support.ts'

/** Gives somebody a leading post of the ward. */
export async function makeLeader(test: TestApp, ward: NoticeWard, { id }: TestPerson): Promise<void> {
  const from = toUtcMidnight(Temporal.PlainDate.from('2024-01-01'))
  await test.app.services.database.position.create({
    data: { wardId: ward.id, personId: id, post: 'frontChair', title: 'Chủ tịch Ủy ban MTTQ phường', from },
  })
}

/** A ward of one branch with the leader and two more cadres, in the order of the list: An, Bình, and the leader. */
export async function threeCadres(test: TestApp): Promise<NoticeWard> {
  const ward = await noticeWard(test, { branches: 1 })
  const branch = nth(ward.branches, 0)
  const [an, binh] = [branch.secretary, branch.deputy]
  await makeCadre(test, an)
  await makeCadre(test, binh)
  for (const [person, fullName] of [
    [an, 'Nguyễn Văn An'],
    [binh, 'Trần Thị Bình'],
    [ward.leader, 'Vũ Thị Yến'],
  ] as const) {
    person.fullName = fullName
    await test.app.services.database.person.update({ where: { id: person.id }, data: { fullName } })
  }
  return { ...ward, cadres: [an, binh, ward.leader] }
}

/** A message as it reads now, after its buttons were pressed. */
export async function asItReads(test: TestApp, person: number, message: SeenMessage): Promise<SeenMessage> {
  await test.app.settle()
  const seen = (await test.people.read(person, person)).findLast(({ id }) => id === message.id)
  if (!seen) throw new Error('the message is gone')
  return seen
}

/** Presses buttons of one message in turn, each of the screen that the one before left; answers with the last screen. */
export async function tap(
  test: TestApp,
  person: number,
  message: SeenMessage,
  ...buttons: string[]
): Promise<SeenMessage> {
  let screen = message
  for (const button of buttons) {
    await test.people.press(person, person, screen, button)
    screen = await asItReads(test, person, screen)
  }
  return screen
}
