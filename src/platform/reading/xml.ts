import { SaxesParser } from 'saxes'
import { notExcel, tooHeavy } from './refusal.ts'

export type Attributes = Readonly<Record<string, string>>

/** What is done with the parts of a document as they come. Names are without their namespace's prefix. */
export interface XmlHandlers {
  open(name: string, attributes: Attributes): void
  close(name: string): void
  text(text: string): void
}

/** A sheet's cells lie six deep. */
const deepest = 100
const mostAttributes = 100
/** Characters without a tag in between. A cell holds 32,767, each of them an entity of up to nine. */
const longestRun = 400_000

/**
 * Reads a document while its bytes come, in time and memory that grow with their number alone. A document that declares
 * entities of its own is refused. Throws a `Refusal`, or what the parser says of a broken document.
 */
export async function readXml(pieces: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  const parser = new SaxesParser({ position: false, xmlns: false })
  let depth = 0
  let attributes = 0
  let run = 0
  parser.on('doctype', () => {
    throw notExcel()
  })
  parser.on('attribute', () => {
    run = 0
    if (++attributes > mostAttributes) throw notExcel()
  })
  parser.on('opentag', (tag) => {
    run = 0
    attributes = 0
    if (++depth > deepest) throw notExcel()
    handlers.open(localName(tag.name), tag.attributes)
  })
  parser.on('closetag', (tag) => {
    run = 0
    depth--
    handlers.close(localName(tag.name))
  })
  parser.on('text', (text) => handlers.text(text))
  parser.on('cdata', (text) => handlers.text(text))
  const decoder = new TextDecoder()
  for await (const piece of pieces) {
    const text = decoder.decode(piece, { stream: true })
    run += text.length
    parser.write(text)
    if (run > longestRun) throw tooHeavy()
  }
  parser.write(decoder.decode()).close()
}

/** The value of an attribute, whatever its prefix: a relation is named `r:id` by most writers. */
export function attributeOf(attributes: Attributes, name: string): string | undefined {
  const key = Object.keys(attributes).find((one) => localName(one) === name && !one.startsWith('xmlns'))
  return key === undefined ? undefined : attributes[key]
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
