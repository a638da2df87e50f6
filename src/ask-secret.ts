import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Asks for words at the terminal without showing them. Null where nobody sits there. */
export async function askSecret(
  question: string,
  { input, output }: { input: NodeJS.ReadStream; output: NodeJS.WriteStream } = {
    input: process.stdin,
    output: process.stderr,
  },
): Promise<string | null> {
  if (!input.isTTY) return null
  output.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: silent, terminal: true })
  try {
    return (await lines.question('')).trim().normalize('NFC')
  } finally {
    lines.close()
    output.write('\n')
  }
}
