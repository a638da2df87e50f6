import { type SheetRows, writeWorkbook } from '../../../src/platform/workbook.ts'
import type { TestApp } from '../../support/app.ts'
import type { SeenMessage } from '../../support/people.ts'

/** An account that keeps a new ward's register, in private with the bot. */
export async function newOfficer(test: TestApp, wardId?: number): Promise<{ account: number; wardId: number }> {
  const { database, clock } = test.app.services
  const now = clock.now()
  const ward = wardId ?? (await database.ward.create({ data: { name: 'Đảng bộ phường Mới', createdAt: now } })).id
  const account = test.sandbox.world.addUser({ name: 'Cán bộ văn phòng' }).id
  await database.appointment.create({
    data: { wardId: ward, accountId: BigInt(account), accountName: 'Cán bộ văn phòng', role: 'officer', from: now },
  })
  await test.people.ask(account, '/start')
  return { account, wardId: ward }
}

/** Sends a workbook in private and reads the answer. */
export async function send(
  test: TestApp,
  account: number,
  sheets: SheetRows[],
  name = 'so.xlsx',
): Promise<SeenMessage> {
  return sendData(test, account, await writeWorkbook(sheets), name)
}

export async function sendData(test: TestApp, account: number, data: Uint8Array, name: string): Promise<SeenMessage> {
  await test.people.sendFile(account, account, { name, data })
  return test.people.next(account, account)
}

/** How the pressed message reads now. */
export async function reread(test: TestApp, account: number, message: SeenMessage): Promise<SeenMessage> {
  const seen = await test.people.read(account, account)
  const now = seen.findLast(({ id }) => id === message.id)
  if (!now) throw new Error(`message ${message.id} is gone`)
  return now
}
