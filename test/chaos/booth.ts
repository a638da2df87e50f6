import { setTimeout as delay } from 'node:timers/promises'
import { asMark, encodePaperButton } from '../../src/domain/ballot-paper.ts'
import { pressData, secretDraft } from '../features/votes/sealed-kit.ts'
import type { TestApp } from '../support/app.ts'
import type { SeenMessage } from '../support/people.ts'
import type { TestBranch, TestPerson } from '../support/ward.ts'

/** So many that no other text can hold the same marks by chance. */
export const names = Array.from({ length: 20 }, (_, index) => `Đồng chí thứ ${index + 1}`)

/** Milliseconds until somebody whose press seems to have had no effect presses again. */
const patience = 6000
/** Until the drill gives up on what nobody's pressing brings about. */
const longest = 100_000

export interface HeldBallot {
  voteId: number
  /** What each voter's paper last said is in the box. */
  inBox: Map<number, string>
}

/** A branch that holds one secret ballot after another while its program dies and comes back. */
export class Booth {
  readonly held: HeldBallot[] = []
  /** Everything that anybody ever cast, in the box or replaced. */
  readonly cast: string[] = []
  /** How the presses of the tally team on their shares are made: one after another, unless a drill leads them elsewhere. */
  press = async (shares: readonly (() => Promise<void>)[]): Promise<void> => {
    for (const share of shares) await share()
  }
  readonly #test: TestApp
  readonly #branch: TestBranch
  readonly #drafts: number[]
  readonly #menu: SeenMessage
  readonly #random: () => number
  #ended = false
  #going: Promise<void> = Promise.resolve()

  private constructor(
    test: TestApp,
    branch: TestBranch,
    random: () => number,
    prepared: { drafts: number[]; menu: SeenMessage },
  ) {
    this.#test = test
    this.#branch = branch
    this.#random = random
    this.#drafts = prepared.drafts
    this.#menu = prepared.menu
  }

  static async build(test: TestApp, branch: TestBranch, random: () => number, ballots: number): Promise<Booth> {
    const drafts: number[] = []
    const tellers = tellersOf(branch)
    for (let nth = 0; nth < ballots; nth++) drafts.push(await secretDraft(test, branch, tellers, names))
    const menu = await test.people.ask(branch.secretary.account, '/menu')
    return new Booth(test, branch, random, { drafts, menu })
  }

  begin(): void {
    this.#going = this.#hold()
  }

  /** Resolves when every ballot that was prepared has been held. */
  all(): Promise<void> {
    return this.#going
  }

  /** Resolves when the ballot under way has been counted and cleaned away. */
  async end(): Promise<void> {
    this.#ended = true
    await this.#going
  }

  async #hold(): Promise<void> {
    for (const [index, voteId] of this.#drafts.entries()) {
      if (this.#ended) return
      const ballot: HeldBallot = { voteId, inBox: new Map() }
      this.held.push(ballot)
      const about = new RegExp(`số ${index + 1}(?!\\d)`)
      await this.#open(voteId, about)
      await Promise.all(votersOf(this.#branch).map((voter) => this.#vote(voter, ballot, about)))
      await this.#close(voteId, about)
      await this.#openBox(about)
    }
  }

  async #open(voteId: number, about: RegExp): Promise<void> {
    const { secretary, group } = this.#branch
    await this.#until(
      `the opening of ${voteId}`,
      () => this.#find(secretary, group, about, /Nhận phiếu|Bỏ phiếu kín trong chat riêng/),
      () => pressData(this.#test, secretary, secretary.account, this.#menu, `sopen:${voteId}`),
    )
  }

  /** Casts, and now and then once or twice more: the last paper is what counts. */
  async #vote(voter: TestPerson, ballot: HeldBallot, about: RegExp): Promise<void> {
    let paper = await this.#until('a paper', () => this.#find(voter, voter.account, about, /giữ kín đến đâu/))
    for (;;) {
      const cast = paper
      const marks = names.map(() => Math.floor(this.#random() * 5)).join('')
      this.cast.push(marks)
      await this.#mark(voter, cast, ballot.voteId, marks)
      ballot.inBox.set(voter.id, marks)
      if (this.#random() < 0.5) return
      paper = await this.#until(
        'a new paper',
        () => this.#find(voter, voter.account, about, /giữ kín đến đâu/, cast.id),
        async () => this.#press(voter, await this.#reread(voter, cast), 'Bỏ lại phiếu'),
      )
    }
  }

  /** Turns to the first name, then presses what the last page would carry: every button holds all marks made so far. */
  async #mark(voter: TestPerson, paper: SeenMessage, voteId: number, marks: string): Promise<void> {
    const now = () => this.#reread(voter, paper)
    await this.#until(
      'the first name',
      async () => ((await now()).text.includes('Mục 1/') ? true : null),
      async () => this.#press(voter, await now(), 'Ghi phiếu'),
    )
    const state = [...marks].map((mark) => asMark(Number(mark)))
    const data = `b:${encodePaperButton({ ballot: voteId, marks: state, act: { kind: 'cast' } })}`
    await this.#until(
      'a ballot in the box',
      async () => ((await now()).text.includes('đã vào hòm') ? true : null),
      () => pressData(this.#test, voter, voter.account, paper, data),
    )
  }

  async #close(voteId: number, about: RegExp): Promise<void> {
    const { secretary } = this.#branch
    const [teller = secretary] = tellersOf(this.#branch)
    await this.#until(
      `the closing of ${voteId}`,
      () => this.#find(teller, teller.account, about, /đã kết thúc bỏ phiếu/),
      () => pressData(this.#test, secretary, secretary.account, this.#menu, `scloseok:${voteId}`),
    )
  }

  /** Two of the tally team press until every share says that it has served. */
  async #openBox(about: RegExp): Promise<void> {
    const tellers = tellersOf(this.#branch)
    const shares = () => Promise.all(tellers.map((one) => this.#find(one, one.account, about, /ảnh chìa khoá/)))
    await this.#until(
      'an opened box',
      async () => ((await shares()).every((share) => share?.text.includes('không còn dùng nữa')) ? true : null),
      async () => {
        const found = await shares()
        await this.press(
          tellers.flatMap((teller, index) => {
            const share = found[index]
            if (!share?.text.includes('giữ một mảnh')) return []
            return [() => this.#press(teller, share, 'Mở hòm phiếu')]
          }),
        )
      },
    )
  }

  /** The newest message of this ballot with such words, after that one. */
  async #find(
    { account }: TestPerson,
    chat: number,
    about: RegExp,
    words: RegExp,
    after = 0,
  ): Promise<SeenMessage | null> {
    const seen = await this.#test.people.read(account, chat)
    return (
      seen.findLast(
        ({ id, from, text, buttons }) =>
          from.isBot &&
          id > after &&
          about.test(text) &&
          words.test(`${text} ${buttons.flat().map((one) => one.text)}`),
      ) ?? null
    )
  }

  async #reread({ account }: TestPerson, message: SeenMessage): Promise<SeenMessage> {
    const found = (await this.#test.people.read(account, account)).findLast(({ id }) => id === message.id)
    if (!found) throw new Error('the message is gone')
    return found
  }

  /** Nobody may be there to answer: the person looks at the message instead of waiting. */
  async #press({ account }: TestPerson, message: SeenMessage, button: string): Promise<void> {
    // Pressed a moment after the button went, it presses nothing.
    if (!message.buttons.flat().some(({ text }) => text.startsWith(button))) return
    await this.#test.people.press(account, account, message, button)
  }

  /** Looks until it is there; presses at first, and again whenever it has not come for a while. */
  async #until<T>(what: string, find: () => Promise<T | null>, press?: () => Promise<unknown>): Promise<T> {
    const begunAt = Date.now()
    let pressedAt = 0
    for (;;) {
      const found = await find()
      if (found !== null) return found
      if (Date.now() - begunAt > longest) throw new Error(`${what} did not come`)
      if (press && Date.now() - pressedAt > patience) {
        pressedAt = Date.now()
        await Promise.race([press(), delay(1000)])
      } else await delay(150)
    }
  }
}

/** Everybody with a smartphone who may vote. */
export function votersOf({ secretary, deputy, members }: TestBranch): TestPerson[] {
  return [secretary, deputy, ...members].filter(({ account }) => account > 0)
}

function tellersOf(branch: TestBranch): TestPerson[] {
  return votersOf(branch).slice(1, 4)
}
