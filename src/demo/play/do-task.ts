import type { Stage } from '../stage.ts'

const branchCode = 'CB01'

/** The smallest picture a camera could take: a valid PNG of one pixel. */
const photo = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (letter) => letter.charCodeAt(0),
)

/** A secretary assigns a task in the group. */
export async function assignTask(stage: Stage): Promise<void> {
  const { texts } = stage
  await stage.scene(texts('demo:task.scene'))
  const secretary = stage.holder('secretary', branchCode)
  const member = stage.plainMember(branchCode)
  const group = stage.group(branchCode)
  await stage.say(secretary, group, `/giaoviec ${member.name}: ${texts('demo:task.work')}`)
  const question = await stage.sees(secretary, group, texts('tasks:assignQuestion'))
  await stage.press(secretary, group, question, texts('tasks:assign'))
  await stage.sees(member, member.account, texts('tasks:number', { number: 1 }))
}

/** The member reports with a photo, the secretary returns the report, the member adds to it, the secretary accepts. */
export async function reportTask(stage: Stage): Promise<void> {
  const { texts } = stage
  await stage.scene(texts('demo:task.reportScene'))
  const secretary = stage.holder('secretary', branchCode)
  const member = stage.plainMember(branchCode)
  const caption = `/baocao 1 ${texts('demo:task.result')}`
  await stage.send(member, member.account, { name: 'anh.png', mime: 'image/png', as: 'photo', data: photo, caption })
  await stage.sees(member, member.account, texts('tasks:reported', { number: 1 }))
  const report = await stage.sees(secretary, secretary.account, texts('demo:task.result'))
  await stage.press(secretary, secretary.account, report, texts('tasks:return'))
  await stage.sees(secretary, secretary.account, texts('tasks:askReason', { number: 1 }))
  await stage.say(secretary, secretary.account, texts('demo:task.why'))
  await stage.sees(member, member.account, texts('demo:task.why'))
  await stage.say(member, member.account, `/baocao 1 ${texts('demo:task.again')}`)
  const second = await stage.sees(secretary, secretary.account, texts('demo:task.again'))
  await stage.press(secretary, secretary.account, second, texts('tasks:accept'))
  await stage.sees(member, stage.group(branchCode), texts('tasks:newsAccepted', { number: 1 }))
}
