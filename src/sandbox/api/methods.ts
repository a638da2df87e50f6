import { botMethods } from './bot-methods.ts'
import type { Call, Handlers } from './call.ts'
import { chatMethods } from './chat-methods.ts'
import { editMethods } from './edit-methods.ts'
import { ephemeralMethods } from './ephemeral-methods.ts'
import { fileMethods } from './file-methods.ts'
import { forwardMethods } from './forward-methods.ts'
import { groupMethods } from './group-methods.ts'
import { mediaMethods } from './media-methods.ts'
import { memberMethods } from './member-methods.ts'
import { otherSendMethods } from './other-send-methods.ts'
import { pollMethods } from './poll-methods.ts'
import { queryMethods } from './query-methods.ts'
import { textMethods } from './text-methods.ts'
import { topicMethods } from './topic-methods.ts'
import { updateMethods } from './update-methods.ts'

/** Every Bot API method the sandbox has. */
const handlers: Handlers = {
  ...updateMethods,
  ...botMethods,
  ...textMethods,
  ...mediaMethods,
  ...editMethods,
  ...chatMethods,
  ...groupMethods,
  ...memberMethods,
  ...pollMethods,
  ...otherSendMethods,
  ...forwardMethods,
  ...ephemeralMethods,
  ...topicMethods,
  ...queryMethods,
  ...fileMethods,
}

export interface Method {
  /** As the documentation spells it. */
  name: string
  run: (call: Call) => unknown
}

const byLowerName = new Map<string, Method>(
  Object.entries(handlers).map(([name, run]) => [name.toLowerCase(), { name, run }]),
)

/** Method names are not case-sensitive. */
export function findMethod(name: string): Method | undefined {
  return byLowerName.get(name) ?? byLowerName.get(name.toLowerCase())
}

export function methodNames(): string[] {
  return [...byLowerName.values()].map(({ name }) => name)
}
