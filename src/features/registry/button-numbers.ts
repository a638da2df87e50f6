/** The numbers in a button's data; what is no number of ours (buttons can be forged) is 0, which is nobody's id. */
export function buttonNumbers(args: string): [number, number] {
  const [first = 0, second = 0] = args.split(':').map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : 0))
  return [first, second]
}
