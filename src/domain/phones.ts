/**
 * A telephone number as it is kept: digits beginning with 0. The country's 84, with or without +, dots and spaces are taken
 * away, and the 0 that a number cell has lost is put back. Null where the text is no telephone number.
 */
export function readPhoneNumber(text: string): string | null {
  const digits = text
    .trim()
    .replace(/^\+84/, '0')
    .replace(/[\s.\-()]/g, '')
    .replace(/^84(?=\d{9,10}$)/, '0')
  const whole = /^[1-9]\d{8}$/.test(digits) ? `0${digits}` : digits
  return /^0\d{8,10}$/.test(whole) ? whole : null
}
