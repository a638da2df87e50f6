import type { Result } from '../../../src/domain/result.ts'
import { linkingFeature } from '../../../src/features/linking/index.ts'
import type { ActingPerson, Context } from '../../../src/platform/context.ts'
import { createContext } from '../../../src/platform/context.ts'
import { createBot } from '../../../src/telegram/bot.ts'
import type { Feature } from '../../../src/telegram/feature.ts'
import { askGroupMembers } from '../../../src/telegram/group-members.ts'
import { speakerOf } from '../../../src/telegram/speaker.ts'
import { type TestApp, testToken } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'

/** A context in the name of that account, with the rights it has now. */
export async function contextOf({ app }: TestApp, account: number, source: string | null = null): Promise<Context> {
  const { database, clock } = app.services
  const speaker = await speakerOf(database, { id: BigInt(account), name: 'Thử' }, clock.now())
  return createContext(app.services, speaker.actor satisfies ActingPerson, source)
}

export function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(`refused: ${result.problem.code} ${JSON.stringify(result.problem.params ?? {})}`)
}

/** The feature as the program has it, to be told of events directly. */
export function linkingOf({ app, sandbox }: TestApp): Feature {
  const { api } = createBot({ token: testToken, apiRoot: sandbox.url, proxy: null })
  return linkingFeature({ bot: app.bot, members: askGroupMembers(api, app.bot), publishCommands: async () => {} })
}

/** The code in a link or a line of a message. */
export function codeIn(message: SeenMessage): string {
  const text = [message.text, ...message.buttons.flat().map(({ url }) => url ?? '')].join('\n')
  const code = /start(?:group)?=[a-z]_([A-Z0-9]{8})/.exec(text)?.[1]
  if (!code) throw new Error(`no code in «${message.text}» ${buttonsOf(message).join(' | ')}`)
  return code
}
