import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/**
 * Asks one question after another at the terminal, without showing what is typed, also not what is typed ahead. Null where nobody sits
 * there, or they would rather not say.
 */
export function askSecrets(...questions: string[]): Promise<string[] | null> {
  const { stdin: input, stderr } = process
  if (!input.isTTY) return Promise.resolve(null)
  const output = new Writable({ write: (_chunk, _encoding, done) => done() })
  // From here on the terminal itself shows nothing, so the first question comes after it.
  const lines = createInterface({ input, output, terminal: true })
  const answers: string[] = []
  return new Promise((resolve) => {
    const next = () => {
      if (answers.length === questions.length) {
        resolve(answers)
        lines.close()
      } else stderr.write(`${answers.length > 0 ? '\n' : ''}${questions[answers.length]}`)
    }
    lines.on('line', (line) => {
      if (answers.length === questions.length) return
      answers.push(line.trim().normalize('NFC'))
      next()
    })
    lines.once('SIGINT', () => lines.close())
    lines.once('close', () => {
      resolve(null)
      stderr.write('\n')
    })
    next()
  })
}
