import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that start programs or browsers, the slowest first. Begun last they would run on alone while a core idles. */
const slow = [
  'test/start.test.ts',
  'test/scenarios/web-chat.test.ts',
  'test/scenarios/access-in-chats.test.ts',
  'test/features/votes/unlinkable.test.ts',
  'test/stopping.test.ts',
  'test/sandbox/web/browser.test.ts',
  'test/scenarios/bad-input.test.ts',
  'test/scenarios/month.test.ts',
]

/** The files in an order in which the workers end at about the same time. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const nth = slow.findIndex((path) => moduleId.endsWith(path))
      return nth === -1 ? slow.length : nth
    }
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}
