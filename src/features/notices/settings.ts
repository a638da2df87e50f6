import { z } from 'zod'
import type { Database, Transaction } from '../../platform/database.ts'

/**
 * What a ward may choose about its notices, each with what it may be; the first stands until the ward chooses. Days of a
 * month that it does not have mean its last; 0 means never.
 */
export const settingChoices = {
  /** The day of the month on which leaders are reminded to enter its results. */
  entryDay: [25, 20, 22, 28, 0],
  /** The day of the month on which its results are to be issued. */
  issueDay: [28, 25, 30, 31, 0],
  /** So many days after the issue the secretary who has not confirmed is reminded, then the deputy, then the ward member in charge. */
  secretaryAfter: [2, 1, 3, 0],
  deputyAfter: [4, 3, 5, 0],
  supervisorAfter: [6, 5, 7, 0],
  /** Whether names and levels may stand in a group where everybody is known. */
  namesInGroup: [1, 0],
  /** Whether the sheet to fill in carries the results of the period before. */
  carryOver: [0, 1],
} as const satisfies Record<string, readonly [number, ...number[]]>
export type SettingName = keyof typeof settingChoices
export type NoticeSettings = Readonly<Record<SettingName, number>>

export const settingNames = Object.keys(settingChoices).filter((name): name is SettingName => name in settingChoices)

const stored = z.partialRecord(z.string(), z.number())

/** What the ward has chosen, and the default for the rest. */
export async function noticeSettings(db: Database | Transaction, wardId: number): Promise<NoticeSettings> {
  const row = await db.noticeSettings.findUnique({ where: { wardId } })
  return settingsFrom(row?.chosen ?? {})
}

/** The same for every ward, by ward. */
export async function settingsOfWards(db: Database): Promise<Map<number, NoticeSettings>> {
  const wards = await db.ward.findMany({ select: { id: true, noticeSettings: { select: { chosen: true } } } })
  return new Map(wards.map(({ id, noticeSettings: row }) => [id, settingsFrom(row?.chosen ?? {})]))
}

function settingsFrom(json: unknown): NoticeSettings {
  const chosen = stored.parse(json)
  const value = (name: SettingName): number => chosen[name] ?? settingChoices[name][0]
  return {
    entryDay: value('entryDay'),
    issueDay: value('issueDay'),
    secretaryAfter: value('secretaryAfter'),
    deputyAfter: value('deputyAfter'),
    supervisorAfter: value('supervisorAfter'),
    namesInGroup: value('namesInGroup'),
    carryOver: value('carryOver'),
  }
}
