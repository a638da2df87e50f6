import type { ReactionType } from '@grammyjs/types'
import { badRequest } from '../errors.ts'
import { isObject, textField } from './params.ts'

type Emoji = Extract<ReactionType, { type: 'emoji' }>['emoji']

/** The emoji that an account without Premium may react with. */
const EMOJI =
  '👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳❤‍🔥🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👨‍💻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷‍♂🤷🤷‍♀😡'

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })
const allowed: ReadonlySet<string> = new Set([...letters.segment(EMOJI)].map(({ segment }) => segment))

/** A list of reactions, checked. */
export function readReactions(given: unknown): ReactionType[] {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given)) throw badRequest('expected an Array of ReactionType')
  return given.map((one: unknown): ReactionType => {
    if (!isObject(one)) throw badRequest("can't parse ReactionType: expected an Object")
    if (one.type !== 'emoji') throw badRequest("can't parse ReactionType: invalid reaction type specified")
    const emoji = textField(one, 'emoji')?.replaceAll('\ufe0f', '') ?? ''
    if (!isAllowed(emoji)) throw badRequest('REACTION_INVALID')
    return { type: 'emoji', emoji }
  })
}

function isAllowed(emoji: string): emoji is Emoji {
  return allowed.has(emoji)
}
