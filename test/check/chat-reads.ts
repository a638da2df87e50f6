import type { SourceFile } from './source-files.ts'

/**
 * Files that talk with a chat and read the database themselves, with how often they name it. A screen is shown only what a
 * view or use-case has asked leave for, so each of these was looked at by hand; the list may only shrink. A number that is
 * too high fails too, so that what was mended cannot come back.
 */
export const knownReads: Readonly<Record<string, number>> = {
  // Leave is asked before anything is shown of what was read.
  'src/features/calendar/handlers.ts': 1,
  'src/features/linking/choose-group.ts': 2,
  'src/features/linking/connect-here.ts': 1,
  'src/features/linking/handlers-groups.ts': 1,
  'src/features/linking/open-code.ts': 2,
  'src/features/registry/liaison-handlers.ts': 1,
  'src/features/tasks/list-handlers.ts': 1,
  'src/features/tasks/print-handlers.ts': 2,
  'src/features/transfers/receive-plan-file.ts': 1,
  'src/features/votes/open-handlers.ts': 1,
  // What a message or a button belongs to; the use-case that follows asks.
  'src/features/activities/presence-handlers.ts': 1,
  'src/features/tasks/report-unasked.ts': 4,
  'src/features/votes/vote-handlers.ts': 1,
  // The roll, or the share that was given, is the leave.
  'src/features/votes/sealed/handlers.ts': 3,
  'src/features/votes/sealed/paper-door.ts': 4,
  'src/features/votes/sealed/share-door.ts': 2,
  // The presser's own draft, and what the clock does: nobody is shown anything.
  'src/features/linking/index.ts': 1,
  'src/features/tasks/report-draft.ts': 1,
  'src/features/transfers/index.ts': 2,
}

const chatFile = /(?:^|\/)(?:[\w-]+-)?(?:handlers|flow|start|form|door|buttons|routes|index)\.ts$|\/handlers-\w+\.ts$/
const takesTurn = /^import .*\bTurn\b.* from '[./]+telegram\/turn\.ts'$/m

/** How often each file of a feature that takes a turn, a press at the door or a form names the database. */
export function chatReads(files: readonly SourceFile[]): Map<string, number> {
  const reading = files.flatMap(({ path, text }): [string, number][] => {
    const isOfChat = path.startsWith('src/features/') && (chatFile.test(path) || takesTurn.test(text))
    const count = isOfChat ? (withoutComments(text).match(/\bdb\b|\bdatabase\b|\.prisma\b/g)?.length ?? 0) : 0
    return count > 0 ? [[path, count]] : []
  })
  return new Map(reading)
}

/** What stands more often than it is known, and what is known more often than it stands. */
export function chatReadProblems(
  found: ReadonlyMap<string, number>,
  known: Readonly<Record<string, number>> = knownReads,
): string[] {
  const paths = [...new Set([...found.keys(), ...Object.keys(known)])].sort()
  return paths.flatMap((path) => {
    const [now, before] = [found.get(path) ?? 0, known[path] ?? 0]
    if (now > before) return [`${path} names the database ${now} times, not ${before}: read in a view that asks leave`]
    return now < before
      ? [`${path} names the database ${now} times: lower its number in knownReads from ${before}`]
      : []
  })
}

function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/^import [\s\S]*?'$/gm, '')
}
