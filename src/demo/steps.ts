import type { Move, Tell } from './stage.ts'

/** The moves of a play one by one: the play goes on only when the next one is asked for. */
export function movesOf(perform: (tell: Tell) => Promise<unknown>): AsyncIterable<Move> {
  const { readable, writable } = new TransformStream<Move, Move>({}, { highWaterMark: 1 }, { highWaterMark: 0 })
  const writer = writable.getWriter()
  perform((move) => writer.write(move))
    .then(
      () => writer.close(),
      (reason) => writer.abort(reason),
    )
    .catch(() => {})
  return readable
}
