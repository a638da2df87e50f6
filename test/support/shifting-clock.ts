// Loaded before a program (`--import`): with each SIGUSR2 its wall clock goes back by ten minutes, as a time server or a person
// would set it. What counts on another clock does not notice.
let behind = 0
const RealDate = Date
const now = () => RealDate.now() - behind

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], self) => Reflect.construct(target, given.length === 0 ? [now()] : given, self),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})

process.on('SIGUSR2', () => {
  behind += 600_000
  console.log('the wall clock went back')
})
