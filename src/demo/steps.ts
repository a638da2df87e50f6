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

/** Moves for a page that shows the acting person's screen beside them: one line each, without the terminal's frames. */
export async function* stepsOf(moves: AsyncIterable<Move>): AsyncGenerator<Move> {
  for await (const { text, ...move } of moves) yield { ...move, text: oneLine(text) }
}

function oneLine(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^[\s│━└]+/, '').trim())
  const [first = '', second = ''] = lines.filter(Boolean)
  return first.endsWith(':') ? `${first} ${second}` : first
}
