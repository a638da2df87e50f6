import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  asMark,
  ballotContent,
  blank,
  decodePaperButton,
  encodePaperButton,
  marksFit,
  mostNames,
  mostOptions,
  type PaperAct,
  type PaperButton,
  pressPaper,
  readBallot,
} from '../../src/domain/ballot-paper.ts'

const marks = (most = mostNames) => fc.array(fc.nat(4).map(asMark), { maxLength: most })
const act: fc.Arbitrary<PaperAct> = fc.oneof(
  fc.constantFrom<PaperAct>({ kind: 'show' }, { kind: 'back' }, { kind: 'askRest' }, { kind: 'cast' }),
  fc.nat(4).map((mark): PaperAct => ({ kind: 'mark', mark: asMark(mark) })),
  fc.nat(4).map((mark): PaperAct => ({ kind: 'rest', mark: asMark(mark) })),
)
const button: fc.Arbitrary<PaperButton> = fc.record({
  ballot: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  marks: marks(),
  act,
})

describe("a ballot paper's buttons", () => {
  it('carry the whole state there and back, in 64 bytes with the word, for every number of names up to 100', () => {
    for (let count = 0; count <= mostNames; count++) {
      const full = Array.from({ length: count }, () => asMark(4))
      const data = encodePaperButton({ ballot: 2 ** 31 - 1, marks: full, act: { kind: 'cast' } })
      expect(Buffer.byteLength(`b:${data}`)).toBeLessThanOrEqual(64)
      expect(decodePaperButton(data)?.marks).toEqual(full)
    }
    fc.assert(
      fc.property(button, (one) => {
        expect(decodePaperButton(encodePaperButton(one))).toEqual(one)
      }),
    )
  })

  it('that nobody made are read as nothing, and each state has one spelling', () => {
    for (const forged of ['', '1', '1:0:9:', '1:1:0:AB', '1:2t:0:', '1:0:0:B', '01:0:0:', '1:1:0:A', 'zzzzzzz:0:0:']) {
      expect(decodePaperButton(forged)).toBeNull()
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = decodePaperButton(text)
        if (read) expect(encodePaperButton(read)).toBe(text)
      }),
    )
  })

  it('lead name by name to the whole list, and back from there to an empty paper', () => {
    fc.assert(
      fc.property(marks(), (wanted) => {
        let current = pressPaper({ ballot: 1, marks: [], act: { kind: 'show' } }, wanted.length)
        for (const mark of wanted) {
          expect(current?.kind).toBe('name')
          current = pressPaper({ ballot: 1, marks: current?.marks ?? [], act: { kind: 'mark', mark } }, wanted.length)
        }
        expect(current).toEqual({ kind: 'whole', marks: wanted })
        for (let left = wanted.length; left > 0; left--) {
          current = pressPaper({ ballot: 1, marks: current?.marks ?? [], act: { kind: 'back' } }, wanted.length)
          expect(current).toEqual({ kind: 'name', marks: wanted.slice(0, left - 1) })
        }
      }),
    )
  })

  it('of one press twice lead to one page, whatever came between', () => {
    fc.assert(
      fc.property(button, fc.integer({ min: 1, max: 100 }), (one, names) => {
        expect(pressPaper(one, names)).toEqual(pressPaper(one, names))
      }),
    )
  })

  it('give all that remain one mark and leave those that have one', () => {
    fc.assert(
      fc.property(marks(40), fc.nat(4).map(asMark), fc.nat(60), (given, mark, more) => {
        const page = pressPaper({ ballot: 1, marks: given, act: { kind: 'rest', mark } }, given.length + more)
        expect(page).toEqual({ kind: 'whole', marks: [...given, ...Array(more).fill(mark)] })
      }),
    )
  })

  it('cast nothing while a name is without a mark', () => {
    expect(pressPaper({ ballot: 1, marks: [1, 2], act: { kind: 'cast' } }, 3)).toBeNull()
    expect(pressPaper({ ballot: 1, marks: [1, 2, 3], act: { kind: 'cast' } }, 3)).toEqual({
      kind: 'whole',
      marks: [1, 2, 3],
    })
    expect(pressPaper({ ballot: 1, marks: [1, 2, 3, 4], act: { kind: 'cast' } }, 3)).toBeNull()
  })
})

describe('what is sealed', () => {
  it('is as long for a blank paper as for any other, and reads back', () => {
    fc.assert(
      fc.property(marks(), (given) => {
        const content = ballotContent(given)
        expect(content.length).toBe(given.length)
        expect(
          readBallot(
            content,
            given.map(() => mostOptions),
          ),
        ).toEqual(given)
        expect(
          readBallot(
            content,
            [...given, 4].map(() => mostOptions),
          ),
        ).toBeNull()
      }),
    )
  })

  it('with an option that its name does not have is no valid ballot', () => {
    expect(readBallot(Uint8Array.of(2), [2])).toBeNull()
    expect(readBallot(Uint8Array.of(200), [4])).toBeNull()
    expect(readBallot(Uint8Array.of(1, blank), [2, 3])).toEqual([1, blank])
    expect(marksFit([2], [3, 2])).toBe(true)
    expect(marksFit([0, 2], [3, 2])).toBe(false)
  })
})
