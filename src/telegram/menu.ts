import { type Message, titled } from '../platform/messages.ts'
import type { TextKey } from '../platform/text-keys.ts'
import { commandsFor } from './audience.ts'
import type { ChatKind, Command, Feature } from './feature.ts'
import { type PickItem, showPickList } from './pick-list.ts'
import { isKnown, kindOf } from './router.ts'
import type { Turn } from './turn.ts'

const menu = 'menu'
const everywhere: readonly ChatKind[] = ['private', 'branchGroup', 'wardGroup', 'group']

/** A phone shows so many buttons at once; a longer menu is first one of capabilities. */
const mostAtOnce = 8

/**
 * The menu, the help and the entry. `/menu` reaches by a button everything that a command does: each button runs its
 * command without arguments, and each line is numbered so that the number can be typed instead. Whoever may do a lot
 * chooses the capability first.
 */
export function menuFeature(features: () => readonly Feature[]): Feature {
  const item = (turn: Turn, key: TextKey, data: string): PickItem => {
    const label = turn.texts(key)
    return { label, button: label, data }
  }
  const items = (turn: Turn, feature: Feature): PickItem[] =>
    commandsFor([feature], turn.speaker, kindOf(turn.chat))
      .filter(({ name }) => !['menu', 'start'].includes(name))
      .map(({ name, label }) => item(turn, label, `menu:${name}`))

  const showMenu = async (turn: Turn) => {
    const offered = features()
      .map((feature) => ({ feature, entries: items(turn, feature) }))
      // The help comes last.
      .toSorted((a, b) => Number(a.feature.name === menu) - Number(b.feature.name === menu))
    const all = offered.flatMap(({ entries }) => entries)
    const grouped = offered.flatMap(({ feature: { name, title }, entries }) =>
      title === undefined || entries.length < 2 ? entries : [item(turn, title, `menug:${name}`)],
    )
    await showPickList(turn, {
      title: turn.texts('telegram:menuTitle'),
      items: all.length > mostAtOnce ? grouped : all,
    })
  }

  const showGroup = async (turn: Turn) => {
    const feature = features().find(({ name }) => name === turn.args)
    if (!feature?.title) return showMenu(turn)
    await showPickList(turn, {
      title: turn.texts(feature.title),
      items: items(turn, feature),
      more: [[{ text: turn.texts('telegram:wholeMenu'), data: 'menu:menu' }]],
    })
  }

  return {
    name: menu,
    buttons: { menug: { handle: showGroup } },
    commands: [
      {
        name: 'menu',
        chats: everywhere,
        audience: 'linked',
        label: 'telegram:labelMenu',
        handle: showMenu,
      },
      {
        name: 'trogiup',
        chats: everywhere,
        audience: 'everyone',
        label: 'telegram:labelHelp',
        handle: async (turn) => turn.reply(helpMessage(turn, commandsFor(features(), turn.speaker, kindOf(turn.chat)))),
      },
      {
        name: 'start',
        chats: ['private'],
        audience: 'linked',
        label: 'telegram:labelStart',
        handle: async (turn) =>
          turn.reply({
            text: turn.texts('telegram:welcome', { name: turn.speaker.actor.name ?? turn.speaker.accountName }),
            buttons: [[{ text: turn.texts('telegram:openMenu'), data: 'menu:menu' }]],
          }),
      },
    ],
  }
}

function helpMessage(turn: Turn, commands: Command[]): Message {
  const title = turn.texts('telegram:helpTitle')
  const inGroup = turn.chat.kind === 'group'
  if (!isKnown(turn.speaker)) {
    return titled(title, '', turn.texts(inGroup ? 'telegram:strangerInGroup' : 'telegram:stranger'))
  }
  const lines = commands
    .filter(({ name }) => !['menu', 'start', 'trogiup'].includes(name))
    .map(({ name, label }) => turn.texts('telegram:helpLine', { name, label: turn.texts(label) }))
  return {
    ...titled(
      title,
      '',
      turn.texts('telegram:helpBody'),
      ...lines,
      inGroup && ['', turn.texts('telegram:helpPrivate')].join('\n'),
    ),
    buttons: [[{ text: turn.texts('telegram:openMenu'), data: 'menu:menu' }]],
  }
}
