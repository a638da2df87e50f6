import type { Member } from '../generate/members.ts'
import type { SeenMessage } from '../people.ts'
import { DidNotHappen, type Player, type Stage } from '../stage.ts'

/**
 * A branch votes in its group: everybody with a smartphone presses, one changes their mind, a probationary member is told
 * that they follow without voting, the secretary enters one for a member without a smartphone, and closes.
 */
export async function openAndCloseVote(stage: Stage): Promise<void> {
  const { texts } = stage
  await stage.scene(texts('demo:vote.scene'))
  const { code, voters, probationary, silent } = findBranch(stage)
  const secretary = stage.holder('secretary', code)
  const group = stage.group(code)
  const [agree, disagree] = [texts('votes:agree'), texts('votes:disagree')]

  await stage.say(secretary, group, `/bieuquyet ${texts('demo:vote.question')}`)
  const preview = await stage.sees(secretary, group, texts('votes:previewTitle'))
  await stage.press(secretary, group, preview, texts('votes:open'))
  const card = await stage.sees(secretary, group, texts('votes:howToVote'))

  const [first, second, ...others] = voters
  if (!first || !second) throw new DidNotHappen(`${code} has too few members`)
  await stage.press(first, group, card, disagree)
  await stage.press(first, group, card, agree)
  await stage.press(second, group, card, disagree)
  for (const voter of others) await stage.press(voter, group, card, agree)
  await stage.press(stage.member(probationary.number), group, card, agree)
  await enterFor(stage, secretary, silent, agree)

  await stage.press(secretary, group, card, texts('votes:close'))
  const question = await stage.sees(secretary, group, texts('votes:askCloseHint'))
  await stage.press(secretary, group, question, texts('votes:closeNow'))
  const result = await stage.sees(secretary, group, texts('votes:resultTitles.poll', { number: 1 }))
  // All but the second pressed it, and one was entered.
  const agreedThemselves = voters.length - 1
  const agreed = agreedThemselves + 1
  await stage.check(countOf(result, agree) === agreed, texts('demo:vote.agreed', { count: agreed }))
  await stage.check(countOf(result, disagree) === 1, texts('demo:vote.disagreed'))
}

/** The secretary enters the voice of a member without a smartphone, picked from the numbered list. */
async function enterFor(stage: Stage, secretary: Player, member: Member, option: string): Promise<void> {
  const { texts } = stage
  await stage.say(secretary, secretary.account, '/bieuquyetthay')
  const list = await stage.sees(secretary, secretary.account, texts('votes:enterIntro'))
  const number = list.text
    .split('\n')
    .find((line) => line.includes(member.name))
    ?.split('.')[0]
  if (!number) throw new DidNotHappen(`${member.name} is not in the list`)
  await stage.say(secretary, secretary.account, number)
  const choice = await stage.sees(secretary, secretary.account, texts('votes:askChoice', { name: member.name }))
  await stage.press(secretary, secretary.account, choice, option)
}

/** The number that stands before the slash in an option's line of the result. */
function countOf({ text }: SeenMessage, option: string): number {
  const line = text.split('\n').find((one) => /^\d+\. /.test(one) && one.includes(` ${option}: `))
  return Number(/: (\d+)\//.exec(line ?? '')?.[1])
}

/** The smallest branch in which somebody is probationary and some official member has no smartphone. */
function findBranch(stage: Stage) {
  const { ward } = stage
  const found = ward.branches.flatMap(({ code }) => {
    const members = ward.members.filter(({ branchCode }) => branchCode === code)
    const official = members.filter(({ status }) => status === 'official')
    const probationary = members.find(({ status, hasSmartphone }) => status === 'probationary' && hasSmartphone)
    const silent = official.find(({ hasSmartphone, name }) => !hasSmartphone && isAlone(members, name))
    const voters = official.filter(({ hasSmartphone }) => hasSmartphone)
    return probationary && silent ? [{ code, probationary, silent, voters }] : []
  })
  const [smallest] = found.toSorted((a, b) => a.voters.length - b.voters.length)
  if (!smallest) throw new DidNotHappen('no branch has a probationary member')
  return { ...smallest, voters: smallest.voters.map(({ number }) => stage.member(number)) }
}

function isAlone(members: readonly Member[], name: string): boolean {
  return members.filter((one) => one.name === name).length === 1
}
