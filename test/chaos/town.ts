import { setTimeout as delay } from 'node:timers/promises'
import { toUtcMidnight } from '../../src/domain/dates.ts'
import type { Database } from '../../src/platform/database.ts'
import type { SeenMessage } from '../../src/sandbox/index.ts'
import { open } from '../features/votes/kit.ts'
import type { TestApp } from '../support/app.ts'
import { createTestWard, type TestBranch, type TestPerson } from '../support/ward.ts'

const choices = ['Tán thành', 'Không tán thành']
const votesEach = 3
/** Milliseconds between two acts of one person. */
const leisure = 2500

interface Voting {
  id: number
  branch: TestBranch
  message: SeenMessage
}

/** Somebody who reports and votes, and remembers what they did. */
export interface Citizen {
  person: TestPerson
  branch: TestBranch
  task: number
  said: string[]
  /** The option last pressed, by vote. */
  chosen: Map<number, number>
}

/** A ward whose people never stop reporting and voting while its program dies and comes back. */
export class Town {
  readonly branches: TestBranch[]
  readonly citizens: Citizen[]
  /** Officers whose workbook cannot be fetched: handling it fails every time. */
  readonly unlucky: TestPerson[]
  readonly #votes: Voting[]
  readonly #test: TestApp
  readonly #random: () => number
  #ended = false
  #going: Promise<unknown> = Promise.resolve()

  private constructor(
    test: TestApp,
    random: () => number,
    town: Pick<Town, 'branches' | 'citizens' | 'unlucky'>,
    votes: Voting[],
  ) {
    this.#test = test
    this.#random = random
    this.branches = town.branches
    this.citizens = town.citizens
    this.unlucky = town.unlucky
    this.#votes = votes
  }

  static async build(test: TestApp, random: () => number): Promise<Town> {
    const { id: wardId, branches } = await createTestWard(test, { branches: 3, members: 4 })
    const db = test.app.services.database
    const citizens: Citizen[] = []
    const votes: Voting[] = []
    for (const branch of branches) {
      const people = [branch.deputy, ...branch.members.slice(1), branch.probationary]
      for (const person of people.filter(({ account }) => account > 0)) {
        const task = citizens.length + 1
        await giveTask(db, branch, person, task)
        citizens.push({ person, branch, task, said: [], chosen: new Map() })
      }
      for (let nth = 0; nth < votesEach; nth++) {
        // Shown, so that whoever changes their choice changes the message in the group.
        votes.push({ branch, ...(await open(test, branch, `Câu hỏi ${nth}?`, 'shown')) })
      }
    }
    const unlucky = branches.flatMap(({ members }) => members[0] ?? [])
    // Of anybody else no workbook is fetched at all.
    await db.appointment.createMany({
      data: unlucky.map(({ account, fullName }) => {
        return { wardId, accountId: BigInt(account), accountName: fullName, role: 'officer' as const, from: new Date() }
      }),
    })
    return new Town(test, random, { branches, citizens, unlucky }, votes)
  }

  /** From now on everybody does something every other second, whether the program lives or not. */
  begin(): void {
    this.#going = Promise.all([...this.citizens.map((citizen) => this.#live(citizen)), this.#misfortune()])
  }

  async end(): Promise<void> {
    this.#ended = true
    await this.#going
    await this.#test.people.faults({ clear: true })
  }

  async #live(citizen: Citizen): Promise<void> {
    const mayVote = citizen.person !== citizen.branch.probationary
    while (!this.#ended) {
      await delay(leisure * (0.5 + this.#random()))
      if (mayVote && this.#random() < 0.4) await this.#vote(citizen)
      else await this.#report(citizen)
    }
  }

  async #report({ person, task, said }: Citizen): Promise<void> {
    const text = `phần ${said.length + 1} của việc ${task}.`
    await this.#test.people.say(person.account, person.account, `/baocao ${task} ${text}`)
    said.push(text)
  }

  async #vote({ person, branch, chosen }: Citizen): Promise<void> {
    const own = this.#votes.filter((vote) => vote.branch === branch)
    const vote = own[Math.floor(this.#random() * own.length)]
    const option = Math.floor(this.#random() * choices.length)
    if (!vote) return
    // Nobody may be there to answer; the press is on its way all the same.
    await this.#test.people.press(person.account, branch.group, vote.message, choices[option] ?? '')
    chosen.set(vote.id, option)
  }

  /** A workbook that no handler can take. */
  async sendWorkbook(nth: number): Promise<void> {
    const { people } = this.#test
    const account = this.unlucky[nth]?.account ?? 0
    await people.faults({ fail: { method: 'getFile', times: 100_000, with: 500 } })
    await people.sendFile(account, account, { name: 'ket-qua.xlsx', data: new Uint8Array([80, 75, 3, 4]) })
  }

  /** Calls that are refused now and then. */
  async #misfortune(): Promise<void> {
    const { people } = this.#test
    while (!this.#ended) {
      await people.faults({ fail: { method: 'sendMessage', times: 1, with: 429, retryAfter: 1 } })
      await delay(leisure)
    }
  }
}

/** Due today, so that every tick of the first span has somebody to remind. */
async function giveTask(db: Database, branch: TestBranch, person: TestPerson, number: number): Promise<void> {
  await db.task.create({
    data: {
      branchId: branch.id,
      number,
      assigneeId: person.id,
      assignedById: branch.secretary.id,
      title: `Việc ${number}`,
      dueOn: toUtcMidnight(Temporal.Now.plainDateISO('Asia/Ho_Chi_Minh')),
      createdAt: new Date(),
    },
  })
}
