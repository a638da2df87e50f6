import { readFile } from 'node:fs/promises'

/** What a process has taken of the machine so far. */
export interface ProcessUsage {
  processorMilliseconds: number
  /** Resident bytes. */
  memoryBytes: number
}

/** Linux counts the processor's time in hundredths of a second, whatever its own clock (proc_pid_stat(5)). */
const tickMilliseconds = 10

/** As Linux tells it; nothing where the process has ended, and on other systems, where a process has to look after itself. */
export async function usageOf(pid: number | undefined): Promise<ProcessUsage> {
  const [stat, status] = await Promise.all([told(`/proc/${pid}/stat`), told(`/proc/${pid}/status`)])
  // After the name, which may hold anything: the state is field 3, the times in user and in system code are 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return {
    processorMilliseconds: (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * tickMilliseconds,
    memoryBytes: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024,
  }
}

function told(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}
