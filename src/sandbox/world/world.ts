import type { Account, Bot, Chat, Message } from '../model.ts'
import type { State } from '../state.ts'
import { addBot, addUser, defaultBot, type NewBot, type NewUser, person } from './accounts.ts'
import { addGroup, changeMembers, type MemberChanges, migrateGroup, type NewGroup, renameGroup } from './groups.ts'
import { openPrivateChat } from './places.ts'
import { type PressAnswer, type Pressing, press } from './pressing.ts'
import { type Looking, see, watch } from './seeing.ts'
import type { SeenMessage } from './showing.ts'
import { block, edit, remove, type Saying, type SendingFile, say, sendFile } from './talking.ts'

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
    return openPrivateChat(defaultBot(this.state), person(this.state, user))
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

  /** As `messages`, and waits up to `wait` milliseconds for the first one. */
  watch(input: Looking & { wait?: number }, signal?: AbortSignal): Promise<SeenMessage[]> {
    return watch(this.state, input, signal)
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
