import type { Texts } from '../platform/texts.ts'
import type { Member } from './generate/members.ts'
import type { Ward } from './generate/ward.ts'
import { buttonsOf, type People, type SeenMessage } from './people.ts'

/** A person on the stage: an account and the name it shows. */
export interface Player {
  account: number
  name: string
}

/** One thing that happens in the play, and from which seat and in which chat it can be watched. */
export interface Move {
  text: string
  as?: number
  chat?: number
  /** Begins a day or a scene. */
  heading?: true
}

/** Called for each move; the play waits for its answer. */
export type Tell = (move: Move) => Promise<void>

/** Something that had to happen in the play did not. */
export class DidNotHappen extends Error {}

/**
 * Where the month is played: people say and press over HTTP, and everything they see is printed as they see it. A scene
 * that waits for something that does not come fails the whole play.
 */
export class Stage {
  readonly people: People
  readonly ward: Ward
  readonly texts: Texts
  /** How many things were checked. */
  checks = 0
  readonly #tell: Tell
  readonly #accounts: ReadonlyMap<string, Player>
  /** By the branch's code. */
  readonly #groups: Map<string, number>

  constructor(parts: {
    people: People
    ward: Ward
    texts: Texts
    tell: Tell
    /** By the member's number. */
    accounts: ReadonlyMap<string, Player>
    /** By the branch's code. */
    groups: ReadonlyMap<string, number>
  }) {
    this.people = parts.people
    this.ward = parts.ward
    this.texts = parts.texts
    this.#tell = parts.tell
    this.#accounts = parts.accounts
    this.#groups = new Map(parts.groups)
  }

  async scene(title: string): Promise<void> {
    await this.#tell({ text: `\n━━ ${title}`, heading: true })
  }

  /** Who holds a post: in a branch by its code, or in the ward. The first of several. */
  holder(post: string, branchCode: string | null): Player {
    const held = this.ward.posts.find((one) => one.post === post && one.branchCode === branchCode)
    return this.member(held?.memberNumber ?? `${post} ${branchCode}`)
  }

  member(number: string): Player {
    const player = this.#accounts.get(number)
    if (!player) throw new DidNotHappen(`${number} has no account`)
    return player
  }

  group(branchCode: string): number {
    const group = this.#groups.get(branchCode)
    if (group === undefined) throw new DidNotHappen(`${branchCode} has no group`)
    return group
  }

  /** The branch has another group from now on. */
  useGroup(branchCode: string, group: number): void {
    this.#groups.set(branchCode, group)
  }

  branchName(branchCode: string): string {
    return this.ward.branches.find(({ code }) => code === branchCode)?.name ?? branchCode
  }

  /** Everybody of the branch who has an account, the secretary first. */
  accountsOf(branchCode: string): number[] {
    const secretary = this.holder('secretary', branchCode).account
    const members = this.ward.members.filter((member) => member.branchCode === branchCode && member.hasSmartphone)
    return [secretary, ...members.map(({ number }) => this.member(number).account).filter((id) => id !== secretary)]
  }

  /** Official members of the branch who hold no post, are no cadres, and can be named without doubt. */
  plainMembers(branchCode: string, hasSmartphone = true): Member[] {
    const holders = new Set(this.ward.posts.map(({ memberNumber }) => memberNumber))
    return this.ward.members.filter(
      (member) =>
        member.branchCode === branchCode &&
        member.hasSmartphone === hasSmartphone &&
        member.status === 'official' &&
        member.cadre === null &&
        !holders.has(member.number) &&
        this.ward.members.filter(({ name }) => name === member.name).length === 1,
    )
  }

  plainMember(branchCode: string): Player {
    const [member] = this.plainMembers(branchCode)
    if (!member) throw new DidNotHappen(`${branchCode} has no plain member`)
    return this.member(member.number)
  }

  /** A cadre who is no leader and can be reached. */
  linkedCadre(): Player {
    const cadre = this.ward.members.find(({ cadre, hasSmartphone }) => cadre?.posts.length === 0 && hasSmartphone)
    if (!cadre) throw new DidNotHappen('no cadre can be reached')
    return this.member(cadre.number)
  }

  async say(who: Player, chat: number, text: string, replyTo?: number): Promise<void> {
    await this.#tells(who, chat, `${who.name} ${this.#place(who, chat)}: ${text}`)
    await this.people.say(who.account, chat, text, replyTo)
  }

  async send(
    who: Player,
    chat: number,
    file: { name: string; data: Uint8Array; caption?: string; as?: 'document' | 'photo'; mime?: string },
  ): Promise<void> {
    await this.#tells(who, chat, `${who.name} ${this.#place(who, chat)}: 📎 ${file.name} ${file.caption ?? ''}`)
    await this.people.sendFile(who.account, chat, file)
  }

  /** Waits for the bot's next message that reads so, prints it and answers with it. */
  async sees(who: Player, chat: number, part: string): Promise<SeenMessage> {
    const seen: string[] = []
    const message = await this.people
      .next(who.account, chat, ({ text }) => {
        seen.push(text)
        return text.includes(part)
      })
      .catch(() => {
        throw new DidNotHappen(`${who.name} waited for «${part}» and saw: ${seen.join(' / ') || 'nothing'}`)
      })
    await this.#tells(who, chat, this.#view(who, chat, message))
    return message
  }

  /** Presses a button; answers with what the bot said to the press. */
  async press(who: Player, chat: number, message: SeenMessage, button: string): Promise<string> {
    const answer = await this.people.press(who.account, chat, message, button)
    const reaction = answer.text ? `  ← ${answer.text}` : ''
    await this.#tells(who, chat, `${who.name} ${this.#place(who, chat)}: [${button}]${reaction}`)
    return answer.text ?? ''
  }

  /** States what must be so. */
  async check(isSo: boolean, what: string): Promise<void> {
    if (!isSo) throw new DidNotHappen(what)
    this.checks++
    await this.#tell({ text: `   ✓ ${what}` })
  }

  async advance(duration: string): Promise<void> {
    await this.people.advance(duration)
  }

  #place(who: Player, chat: number): string {
    if (chat === who.account) return this.texts('demo:inPrivate')
    const code = [...this.#groups].find(([, id]) => id === chat)?.[0]
    return this.texts('demo:inGroup', { title: code === undefined ? '?' : this.branchName(code) })
  }

  #tells(who: Player, chat: number, text: string): Promise<void> {
    return this.#tell({ text: `   ${text}`, as: who.account, chat })
  }

  #view(who: Player, chat: number, message: SeenMessage): string {
    const buttons = buttonsOf(message)
    return [
      `→ ${who.name} ${this.#place(who, chat)}:`,
      ...message.text.split('\n').map((line) => `     │ ${line}`),
      ...message.files.map(({ name }) => `     │ 📎 ${name}`),
      ...(buttons.length > 0 ? [`     └ ${buttons.map((text) => `[${text}]`).join(' ')}`] : []),
    ].join('\n')
  }
}
