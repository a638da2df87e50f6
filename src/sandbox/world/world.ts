import type { BotCommand } from '@grammyjs/types'
import type { Account, Bot, Chat, Message, Topic } from '../model.ts'
import type { State } from '../state.ts'
import { addBot, addUser, botNamed, defaultBot, type NewBot, type NewUser, person } from './accounts.ts'
import { type Album, forward, sendAlbum } from './forwarding.ts'
import {
  addGroup,
  changeMembers,
  dissolveGroup,
  type MemberChanges,
  migrateGroup,
  type NewGroup,
  renameGroup,
} from './groups.ts'
import { type Following, follow } from './links.ts'
import { commandsFor } from './menus.ts'
import { chatOf, startPrivateChat } from './places.ts'
import { type Voting, vote } from './polls.ts'
import { type PressAnswer, type Pressing, press } from './pressing.ts'
import { type Reacting, react } from './reacting.ts'
import { type Looking, messageSeenBy, see, watch } from './seeing.ts'
import { shareContact } from './sharing.ts'
import type { SeenMessage } from './showing.ts'
import { restoreSnapshot, takeSnapshot } from './snapshot.ts'
import { block, edit, remove, type Saying, type SendingFile, say, sendFile } from './talking.ts'
import { openTopic } from './topics.ts'

/** What people do in the sandbox, for programs in the same process; the HTTP people's side calls the same functions. */
export class World {
  readonly state: State

  constructor(state: State) {
    this.state = state
  }

  addUser(input: NewUser): Account {
    return addUser(this.state, input)
  }

  addBot(input: NewBot): Bot {
    return addBot(this.state, input)
  }

  /** Opens a person's private chat with the first bot without a word, as if they had started it long ago. */
  openPrivateChat(user: number): Chat {
    return startPrivateChat(defaultBot(this.state), person(this.state, user))
  }

  addGroup(input: NewGroup): Chat {
    return addGroup(this.state, input)
  }

  changeMembers(chat: number, changes: MemberChanges): Chat {
    return changeMembers(this.state, chat, changes)
  }

  renameGroup(chat: number, title: string, by?: number): Chat {
    return renameGroup(this.state, chat, by, title)
  }

  /** Turns a basic group into a supergroup; the answer carries the new id. */
  migrateGroup(chat: number): Chat {
    return migrateGroup(this.state, chat)
  }

  /** The owner dissolves a basic group: bots get 403 from then on. */
  dissolveGroup(chat: number): Chat {
    return dissolveGroup(this.state, chat)
  }

  bot(id: number): Bot {
    return botNamed(this.state, id)
  }

  say(input: Saying): Message {
    return say(this.state, input)
  }

  sendFile(input: SendingFile): Message {
    return sendFile(this.state, input)
  }

  edit(input: Parameters<typeof edit>[1]): Message {
    return edit(this.state, input)
  }

  remove(input: Parameters<typeof remove>[1]): void {
    remove(this.state, input)
  }

  block(input: Parameters<typeof block>[1]): void {
    block(this.state, input)
  }

  press(input: Pressing): Promise<PressAnswer> {
    return press(this.state, input)
  }

  messages(input: Looking): SeenMessage[] {
    return see(this.state, input)
  }

  /** One message as this person can see it. */
  message(input: Looking, id: number): Message {
    const viewer = person(this.state, input.for)
    return messageSeenBy(chatOf(this.state, viewer, input.chat, input.bot), viewer, id)
  }

  /** As `messages`, and waits up to `wait` milliseconds for the first one. */
  watch(input: Looking & { wait?: number }, signal?: AbortSignal): Promise<SeenMessage[]> {
    return watch(this.state, input, signal)
  }

  vote(input: Voting): Message {
    return vote(this.state, input)
  }

  react(input: Reacting): Message {
    return react(this.state, input)
  }

  /** Follows a t.me link: a message when it starts the bot, the group when it leads into one. */
  follow(input: Following): Message | Chat {
    return follow(this.state, input)
  }

  forward(input: Parameters<typeof forward>[1]): Message {
    return forward(this.state, input)
  }

  sendAlbum(input: Album): Message[] {
    return sendAlbum(this.state, input)
  }

  shareContact(input: Parameters<typeof shareContact>[1]): Message {
    return shareContact(this.state, input)
  }

  openTopic(input: Parameters<typeof openTopic>[1]): Topic {
    return openTopic(this.state, input)
  }

  /** The commands this person is shown in that chat. */
  commands(input: { for: number; chat: number; bot?: number | undefined }): BotCommand[] {
    const viewer = person(this.state, input.for)
    const chat = chatOf(this.state, viewer, input.chat, input.bot)
    return commandsFor(botNamed(this.state, input.bot), chat, viewer)
  }

  snapshot(): Buffer {
    return takeSnapshot(this.state)
  }

  restore(bytes: Uint8Array): Promise<void> {
    return restoreSnapshot(this.state, bytes)
  }

  /** People only, in order of creation. */
  users(): Account[] {
    return [...this.state.data.accounts.values()].filter((account) => !account.isBot)
  }

  bots(): Bot[] {
    return [...this.state.data.bots.values()]
  }

  groups(): Chat[] {
    return [...this.state.data.groups.values()]
  }
}
