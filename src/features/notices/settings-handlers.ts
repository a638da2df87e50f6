import type { ButtonHandler, Command } from '../../telegram/feature.ts'
import { type PickItem, showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { changeSetting, viewSettings } from './change-setting.ts'
import { viewNumberForm } from './number-form.ts'
import { viewScheme } from './schemes/view-scheme.ts'
import { type NoticeSettings, type SettingName, settingChoices, settingNames } from './settings.ts'

/** `/caidat`: the month's rhythm, who is reminded when, and what a group may read. */
export const settingsCommand: Command = {
  name: 'caidat',
  chats: ['private'],
  audience: 'notice.settings',
  label: 'notices:labelSettings',
  handle: async (turn) => {
    const settings = await viewSettings(turn.context)
    if (!settings.ok) return turn.refuse(settings.problem)
    await showSettings(turn, settings.value)
  },
}

export const settingsButtons: Record<string, ButtonHandler> = {
  nset: {
    handle: async (turn) => {
      const [name] = chosenIn(turn.args)
      const settings = await viewSettings(turn.context)
      if (!settings.ok) return turn.refuse(settings.problem)
      if (!name) return turn.refuse({ code: 'notices.noSuchSetting' })
      await showPickList(turn, {
        title: turn.texts(`notices:settings.${name}`),
        items: settingChoices[name].map((value) => {
          const label = said(turn, name, value)
          return { label, button: label, data: `nsetv:${name}:${value}` }
        }),
      })
    },
  },
  nsetv: {
    handle: async (turn) => {
      const [name, value] = chosenIn(turn.args)
      if (!name) return turn.refuse({ code: 'notices.noSuchSetting' })
      const changed = await changeSetting(turn.context, { name, value })
      if (!changed.ok) return turn.refuse(changed.problem)
      await showSettings(turn, changed.value)
    },
  },
}

async function showSettings(turn: Turn, settings: NoticeSettings): Promise<void> {
  await showPickList(turn, {
    title: turn.texts('notices:settingsTitle'),
    intro: turn.texts('notices:settingsIntro'),
    items: [
      ...settingNames.map((name) => ({
        label: turn.texts('notices:settingLine', {
          name: turn.texts(`notices:settings.${name}`),
          value: said(turn, name, settings[name]),
        }),
        data: `nset:${name}`,
      })),
      ...(await makingItems(turn)),
    ],
  })
}

/** What is chosen by words and not from a list: how numbers are printed, and the rules of rating. */
async function makingItems(turn: Turn): Promise<PickItem[]> {
  const form = await viewNumberForm(turn.context)
  const scheme = await viewScheme(turn.context)
  return [
    ...(form.ok ? [{ label: turn.texts('notices:numberFormLine', { next: form.value.next }), data: 'nnum' }] : []),
    ...(scheme.ok
      ? [
          {
            label: turn.texts('schemes:settingLine', { number: scheme.value.now.pack.instrument.number }),
            data: 'nscheme',
          },
        ]
      : []),
  ]
}

/** How a choice reads: `ngày 25`, `sau 2 ngày`, `có`. */
function said({ texts }: Turn, name: SettingName, value: number): string {
  if (name === 'namesInGroup' || name === 'carryOver') return texts(value === 1 ? 'notices:yes' : 'notices:no')
  if (value === 0) return texts('notices:never')
  const isDay = name === 'entryDay' || name === 'issueDay'
  if (isDay && value === 31) return texts('notices:lastDayOfMonth')
  return texts(isDay ? 'notices:dayOfMonth' : 'notices:afterDays', { value })
}

/** The setting and value in a button's data; a forged one names none. */
function chosenIn(args: string): [SettingName | undefined, number] {
  const [word, value = ''] = args.split(':')
  return [settingNames.find((name) => name === word), /^\d{1,2}$/.test(value) ? Number(value) : -1]
}
