import { createBoxKey, given } from '../../../src/features/votes/sealed/box-key.ts'
import { castSealed } from '../../../src/features/votes/sealed/cast-sealed.ts'
import { closeSealed } from '../../../src/features/votes/sealed/close-sealed.ts'
import { openBox } from '../../../src/features/votes/sealed/open-box.ts'
import { openSealed } from '../../../src/features/votes/sealed/open-sealed.ts'
import { type Context, createContext, nobody } from '../../../src/platform/context.ts'
import { combineShares, type KeyPair, seal } from '../../../src/platform/sealing.ts'
import type { TestApp } from '../../support/app.ts'
import type { TestBranch, TestPerson } from '../../support/ward.ts'
import { as, secretDraft } from './sealed-kit.ts'

/** A ballot box without chats: the use-cases as the handlers call them, with the key in the test's hands. */
export interface TestBox {
  voteId: number
  publicKey: Uint8Array
  shares: Uint8Array[]
  key: KeyPair
}

let updates = 1_000_000

/** The people of a branch, each as the context in which they act. */
export class Branch {
  readonly #test: TestApp
  readonly #contexts = new Map<number, Context>()
  readonly branch: TestBranch

  constructor(test: TestApp, branch: TestBranch) {
    this.#test = test
    this.branch = branch
  }

  get voters(): TestPerson[] {
    const { secretary, deputy, members } = this.branch
    return [secretary, deputy, ...members].filter(({ account }) => account !== 0)
  }

  /** A context of an update of its own. */
  async as(person: TestPerson, source = `1:${++updates}`): Promise<Context> {
    const known = this.#contexts.get(person.id) ?? (await as(this.#test, person))
    this.#contexts.set(person.id, known)
    return createContext(this.#test.app.services, known.actor, source)
  }

  async open(names: number): Promise<TestBox> {
    const { branch } = this
    const tellers = this.voters.slice(1, 4)
    const voteId = await secretDraft(
      this.#test,
      branch,
      tellers,
      Array.from({ length: names }, (_, index) => `Mục ${index + 1}`),
    )
    const { publicKey, shares } = await createBoxKey(tellers.map(({ id }) => id))
    const key = await combineShares(
      shares.slice(0, 2).map(({ share }) => share),
      publicKey,
    )
    if (!key) throw new Error('no key')
    const opened = await openSealed(await this.as(branch.secretary), {
      voteId,
      publicKey,
      shares: shares.map((share) => given(share, BigInt(1), 1)),
      fewConfirmed: true,
    })
    if (!opened.ok) throw new Error(opened.problem.code)
    return { voteId, publicKey, shares: shares.map(({ share }) => share), key }
  }

  async cast(box: TestBox, person: TestPerson, marks: string, source?: string) {
    const content = seal(Uint8Array.from(marks, Number), box.publicKey)
    return castSealed(await this.as(person, source), { voteId: box.voteId, content })
  }

  async close(box: TestBox) {
    return closeSealed(await this.as(this.branch.secretary), box.voteId)
  }

  async count(box: TestBox): Promise<string[]> {
    const program = createContext(this.#test.app.services, nobody, null)
    const opened = await openBox(program, box.voteId, box.key)
    if (!opened.ok) throw new Error(opened.problem.code)
    return this.plain(box)
  }

  async plain({ voteId }: TestBox): Promise<string[]> {
    const db = this.#test.app.services.database
    return (await db.plainBallot.findMany({ where: { voteId }, orderBy: { number: 'asc' } })).map(({ marks }) => marks)
  }
}
