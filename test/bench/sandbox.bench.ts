import { connect, type Socket } from 'node:net'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { startSandbox } from '../../src/sandbox/index.ts'
import type { Benchmark, Row } from './frame/rows.ts'

/**
 * How many sendMessage calls a second the sandbox takes. It runs on a thread of its own; the client is bare sockets, so that it
 * measures the sandbox and not an HTTP client.
 */
const sandboxSpeed: Benchmark = () => measure(5)

export default sandboxSpeed

const TOKEN = '7000000001:BENCH'
const CONNECTIONS = 16

if (!isMainThread) await serve()

async function serve(): Promise<void> {
  const sandbox = await startSandbox({ bots: [{ token: TOKEN, username: 'bench_bot', name: 'Bench' }] })
  const members = Array.from({ length: 640 }, (_, n) => sandbox.world.addUser({ name: `Đồng chí ${n}` }).id)
  const chats: number[] = []
  for (let at = 0; at < members.length; at += 40) {
    const group = { title: `Chi bộ ${at}`, members: members.slice(at, at + 40), bot: 'member' as const }
    chats.push(sandbox.world.addGroup(group).id)
  }
  parentPort?.postMessage({ url: sandbox.url, chats })
}

async function measure(seconds: number): Promise<Row[]> {
  const worker = new Worker(new URL(import.meta.url))
  const { url, chats } = await new Promise<{ url: string; chats: number[] }>((resolve) =>
    worker.once('message', resolve),
  )
  const port = Number(new URL(url).port)
  await load(port, chats, 1)
  const started = performance.now()
  const count = await load(port, chats, seconds)
  const perSecond = Math.round(count / ((performance.now() - started) / 1000))
  await worker.terminate()
  const name = `calls of sendMessage that the sandbox takes, ${CONNECTIONS} connections`
  return [{ name, who: 'Liên Chi', unit: '/s', value: perSecond, aim: { atLeast: 5000 } }]
}

/** Each connection sends its next call when the answer to the last one is there. */
async function load(port: number, chats: number[], seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000
  const runs = Array.from({ length: CONNECTIONS }, (_, n) => talk(port, chats[n % chats.length] ?? 0, until))
  return (await Promise.all(runs)).reduce((sum, count) => sum + count, 0)
}

function talk(port: number, chat: number, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0
    let answer = ''
    const socket: Socket = connect(port, '127.0.0.1')
    const ask = (): void => {
      const body = JSON.stringify({
        chat_id: chat,
        text: `Thông báo số ${count} của Đảng ủy phường`,
        reply_markup: { inline_keyboard: [[{ text: 'Đã nhận', callback_data: `ack:${count}` }]] },
      })
      socket.write(
        `POST /bot${TOKEN}/sendMessage HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n` +
          `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      )
    }
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.on('connect', ask)
    socket.on('error', reject)
    socket.on('data', (chunk: string) => {
      answer += chunk
      const head = answer.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1])
      if (head < 0 || answer.length < head + 4 + length) return
      if (!answer.startsWith('HTTP/1.1 200')) reject(new Error(answer))
      answer = ''
      count += 1
      if (performance.now() < until) ask()
      else {
        socket.destroy()
        resolve(count)
      }
    })
  })
}
