import { createHmac, timingSafeEqual } from 'node:crypto'

const word = 'lien-chi-seal-1:'
const length = word.length + 64

/** A zip file ends with the length of its comment, two bytes, small end first. */
const commentLength = 2

/** The packed file with the seal over all its bytes as its comment, where programs that read it look past it. It has no comment yet. */
export function sealed(zip: Uint8Array, seal: string): Uint8Array {
  const comment = Buffer.from(word + markOf(zip, seal))
  const whole = Buffer.concat([zip, comment])
  whole.writeUInt16LE(comment.length, zip.length - commentLength)
  return whole
}

/** Whether exactly these bytes were sealed by whoever holds that seal. */
export function isSealed(whole: Uint8Array, seal: string): boolean {
  if (whole.length < length + commentLength) return false
  const zip = Buffer.from(whole.subarray(0, whole.length - length))
  const given = Buffer.from(whole.subarray(whole.length - length))
  zip.writeUInt16LE(0, zip.length - commentLength)
  return timingSafeEqual(given, Buffer.from(word + markOf(zip, seal)))
}

function markOf(zip: Uint8Array, seal: string): string {
  return createHmac('sha256', Buffer.from(seal, 'hex')).update(zip).digest('hex')
}
