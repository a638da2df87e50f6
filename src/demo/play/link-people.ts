import type { Player, Stage } from '../stage.ts'
import { DidNotHappen } from '../stage.ts'
import { newcomer } from './keep-registry.ts'

/** A secretary invites the newcomer, who reads the notice on personal data, accepts it and comes into the group. */
export async function linkNewcomer(stage: Stage): Promise<void> {
  const { texts, people } = stage
  await stage.scene(texts('demo:linking.scene'))
  const secretary = stage.holder('secretary', newcomer.branchCode)
  const group = stage.group(newcomer.branchCode)

  await stage.say(secretary, secretary.account, `/moi ${newcomer.name}`)
  const letter = await stage.sees(
    secretary,
    secretary.account,
    texts('linking:people.letterTitle', { name: newcomer.name }),
  )
  const payload = /\?start=(\S+)/.exec(letter.text)?.[1]
  if (!payload) throw new DidNotHappen('the invitation carries no link')

  const guest: Player = { account: await people.add(newcomer.name), name: newcomer.name }
  await stage.say(guest, guest.account, '/menu')
  await stage.sees(guest, guest.account, texts('telegram:stranger').slice(0, 30))
  await stage.say(guest, guest.account, `/start ${payload}`)
  const consent = await stage.sees(guest, guest.account, texts('linking:consent.title'))
  await stage.press(guest, guest.account, consent, texts('linking:consent.accept'))
  await stage.sees(guest, guest.account, texts('linking:people.askBirthYear').slice(0, 30))
  await stage.say(guest, guest.account, String(newcomer.birthYear + 1))
  await stage.sees(guest, guest.account, texts('linking:errors.birthYearWrong', { left: 2 }).slice(0, 30))
  await stage.say(guest, guest.account, String(newcomer.birthYear))
  await stage.sees(guest, guest.account, texts('linking:welcome.title', { name: newcomer.name }))
  await stage.sees(secretary, secretary.account, texts('linking:people.linkedTitle', { name: newcomer.name }))
  await stage.say(guest, guest.account, `/start ${payload}`)
  await stage.sees(guest, guest.account, texts('linking:code.usedHere').slice(0, 20))
  await people.changeGroup(group, { add: [guest.account] })
}

const movingBranch = 'CB09'

/** A branch has made itself a new group: the secretary ends the old connection and connects the new one with a code. */
export async function connectNewGroup(stage: Stage): Promise<void> {
  const { texts, people } = stage
  await stage.scene(texts('demo:group.scene'))
  const secretary = stage.holder('secretary', movingBranch)
  const oldGroup = stage.group(movingBranch)
  const branch = stage.branchName(movingBranch)

  await stage.say(secretary, oldGroup, '/ngatketnoi')
  const question = await stage.sees(secretary, oldGroup, branch)
  await stage.press(secretary, oldGroup, question, texts('linking:group.disconnectYes'))
  await stage.sees(secretary, oldGroup, texts('linking:group.disconnected', { branch }))

  const group = await people.addGroup(texts('demo:group.newTitle', { branch }), stage.accountsOf(movingBranch))
  stage.useGroup(movingBranch, group)
  await people.changeGroup(group, { bot: 'add' })
  await stage.sees(secretary, group, texts('linking:group.helloTitle'))
  await stage.say(secretary, secretary.account, '/ketnoi')
  const answer = await stage.sees(secretary, secretary.account, '/ketnoi')
  const code = /\/ketnoi ([A-Z0-9-]+)/.exec(answer.text)?.[1]
  await stage.say(secretary, group, '/ketnoi ABCD-2345')
  await stage.sees(secretary, group, texts('linking:errors.codeWrong', { left: 4 }).slice(0, 25))
  await stage.say(secretary, group, `/ketnoi ${code}`)
  await stage.sees(secretary, group, texts('linking:group.connectedTitle', { branch }))
}
