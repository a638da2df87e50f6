import { type Message, titled } from '../platform/messages.ts'
import { commandsFor } from './audience.ts'
import type { ChatKind, Command, Feature } from './feature.ts'
import { showPickList } from './pick-list.ts'
import { isKnown } from './router.ts'
import type { Turn } from './turn.ts'

const everywhere: readonly ChatKind[] = ['private', 'branchGroup', 'group']

/**
 * The menu, the help and the entry. `/menu` reaches by a button everything that a command does: each button runs its
 * command without arguments, and each line is numbered so that the number can be typed instead.
 */
export function menuFeature(features: () => readonly Feature[]): Feature {
  /** Everything but the menu itself and the entry; the help comes last. */
  const offered = (turn: Turn): Command[] => {
    const commands = commandsFor(features(), turn.speaker, chatKindOf(turn))
    const isHelp = ({ name }: Command) => name === 'trogiup'
    const others = commands.filter((one) => !isHelp(one) && !['menu', 'start', 'huy'].includes(one.name))
    return [...others, ...commands.filter(isHelp)]
  }

  const showMenu = async (turn: Turn) => {
    const commands = offered(turn)
    await showPickList(turn, {
      title: turn.texts('telegram:menuTitle'),
      items: commands.map(({ name, label }) => ({
        label: turn.texts(label),
        button: turn.texts(label),
        data: `menu:${name}`,
      })),
    })
  }

  return {
    name: 'menu',
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
        handle: async (turn) => turn.reply(helpMessage(turn, commandsFor(features(), turn.speaker, chatKindOf(turn)))),
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

function chatKindOf(turn: Turn): ChatKind {
  if (turn.chat.kind === 'private') return 'private'
  return turn.chat.branch ? 'branchGroup' : 'group'
}
