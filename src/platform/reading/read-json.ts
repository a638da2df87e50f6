import { fail, ok, type Result } from '../../domain/result.ts'
import { parseStorable } from '../storable.ts'

/** Rules have lists in records in lists; a document that nests deeper was made to exhaust whoever walks it. */
const deepest = 32

/** Reads a JSON document. Fails with `common.file.notJson`, and `common.file.tooHeavy` where it nests too deep. */
export function readJson(data: Uint8Array): Result<unknown> {
  const text = new TextDecoder().decode(data)
  if (depthOf(text) > deepest) return fail('common.file.tooHeavy')
  try {
    return ok(parseStorable(text))
  } catch {
    return fail('common.file.notJson')
  }
}

/** How deep brackets stand in one another, those in texts aside. */
function depthOf(text: string): number {
  let depth = 0
  let most = 0
  let isInText = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (isInText) {
      if (character === '\\') index++
      else if (character === '"') isInText = false
    } else if (character === '"') isInText = true
    else if (character === '{' || character === '[') most = Math.max(most, ++depth)
    else if (character === '}' || character === ']') depth--
  }
  return most
}
