import type { Stage } from '../stage.ts'

/** The ward secretary tells every branch something; a secretary confirms. */
export async function tellBranches(stage: Stage): Promise<void> {
  const { texts, ward } = stage
  await stage.scene(texts('demo:plain.scene'))
  const leader = stage.holder('wardSecretary', null)
  await stage.say(leader, leader.account, `/thongbao ${texts('demo:plain.text')}`)
  const choice = await stage.sees(leader, leader.account, texts('notices:choiceTitle'))
  await stage.press(leader, leader.account, choice, texts('notices:chooseAll'))
  const chosen = await stage.sees(leader, leader.account, `${ward.branches.length}/${ward.branches.length}`)
  await stage.press(leader, leader.account, chosen, texts('notices:previewButton'))
  const preview = await stage.sees(leader, leader.account, texts('notices:plainPreviewTitle'))
  await stage.press(leader, leader.account, preview, texts('notices:sendPlain'))
  for (const { code } of ward.branches) {
    const secretary = stage.holder('secretary', code)
    const notice = await stage.sees(secretary, stage.group(code), texts('demo:plain.text'))
    await stage.press(secretary, stage.group(code), notice, texts('notices:acknowledgeButton'))
  }
  await stage.say(leader, leader.account, '/tinhhinh')
  const count = ward.branches.length
  await stage.sees(leader, leader.account, texts('notices:confirmedCount', { count, of: count }))
}
