import type { App } from '../app.ts'
import type { Result } from '../domain/result.ts'
import { connectGroup, createStartCode, findCode, foundWard, seedLinks } from '../features/linking/index.ts'
import { branchesOf, checkRegistry, confirmImport, membersOf } from '../features/registry/index.ts'
import { type ActingPerson, type Context, createContext } from '../platform/context.ts'
import type { Sandbox } from '../sandbox/index.ts'
import { generateWard, type Ward } from './generate/ward.ts'
import { wardWorkbookRows } from './generate/workbook.ts'

/**
 * Opens the generated ward in an empty database and the sandbox beside it: founded, imported, everybody with a smartphone
 * linked with consent, every branch's group connected. All through the features' own use-cases, in bulk where they have a
 * bulk form. Does nothing where a ward stands already; one that was broken off half-way is finished.
 */
export async function openGeneratedWard(
  app: App,
  sandbox: Sandbox,
  seed: number,
  onBegin: () => void = () => {},
): Promise<void> {
  const program = app.context()
  const [begun, done, wards] = await Promise.all([
    program.db.auditEntry.count({ where: { action: generating } }),
    program.db.auditEntry.count({ where: { action: generated } }),
    program.db.ward.count(),
  ])
  if (done > 0 || (begun === 0 && wards > 0)) return
  onBegin()
  await program.transaction((tx) => program.audit(tx, generating, { seed }))
  const ward = generateWard(seed, program.today())
  const accounts = addAccounts(sandbox, ward)
  const officer = await foundGeneratedWard(app, ward, accounts)
  const checked = orThrow(await checkRegistry(officer, { sheets: wardWorkbookRows(ward), fileHash: `seed-${seed}` }))
  if (checked.problems.length > 0) throw new Error('the generated workbook has problems')
  if (checked.importId !== null) orThrow(await confirmImport(officer, { importId: checked.importId }))
  await linkEverybody(program, officer, accounts)
  await openGroups(program, officer, sandbox, accounts)
  await openLeadersGroup(program, officer, sandbox, accounts)
  // The bot looks who sits in each group it came into; until then no group's message may hold names.
  await app.quiet()
  await program.transaction((tx) => program.audit(tx, generated, { seed }, wardOf(officer)))
}

const generating = 'ward.generating'
const generated = 'ward.generated'

/** Accounts by the member's number; whoever has no smartphone has none. */
type Accounts = ReadonlyMap<string, { id: number; name: string }>

function addAccounts({ world }: Sandbox, ward: Ward): Accounts {
  const reachable = ward.members.filter(({ hasSmartphone }) => hasSmartphone)
  const known = new Map(world.users().map(({ id, person }) => [person, id]))
  return new Map(
    reachable.map(({ number, name, phone }) => {
      const id = known.get(number) ?? world.addUser({ name, person: number, ...(phone === null ? {} : { phone }) }).id
      world.openPrivateChat(id)
      return [number, { id, name }]
    }),
  )
}

/** Founds the ward in the name of the member who keeps its registry; answers with that officer's context. */
async function foundGeneratedWard(app: App, ward: Ward, accounts: Accounts): Promise<Context> {
  const keeper = accounts.get(ward.officerNumber)
  if (!keeper) throw new Error('the keeper of the registry has no account')
  const found = async (founder: Context, name: string, accountName: string): Promise<number> => {
    const { id: codeId } = orThrow(await findCode(founder, await createStartCode(app.context())))
    return orThrow(await foundWard(founder, { codeId, name, accountName })).wardId
  }
  const actor: ActingPerson = {
    personId: null,
    wardId: null,
    grants: [],
    accountId: BigInt(keeper.id),
    name: keeper.name,
  }
  const founder = createContext(app.services, actor, null)
  const standing = await founder.db.ward.findFirst()
  const wardId = standing?.id ?? (await found(founder, ward.name, keeper.name))
  return createContext(app.services, { ...actor, wardId, grants: [{ role: 'officer', wardId, branchId: null }] }, null)
}

async function linkEverybody(program: Context, officer: Context, accounts: Accounts): Promise<void> {
  const people = await program.db.person.findMany({
    where: { wardId: wardOf(officer), links: { none: { endedAt: null } } },
    select: { id: true, number: true },
  })
  const links = people.flatMap(({ id, number }) => {
    const account = accounts.get(number)
    return account ? [{ personId: id, accountId: BigInt(account.id), accountName: account.name }] : []
  })
  await seedLinks(program, { links })
}

/** One group a branch, with its members who have an account; connected before the bot comes in, so it greets nobody. */
async function openGroups(program: Context, officer: Context, { world }: Sandbox, accounts: Accounts): Promise<void> {
  for (const branch of await branchesOf(program.db, wardOf(officer), program.today())) {
    const members = await membersOf(program.db, branch.id, program.today())
    const ids = members.flatMap(({ number }) => accounts.get(number)?.id ?? [])
    const known = world.groups().find(({ title }) => title === branch.name)
    const chat = known ?? world.addGroup({ title: branch.name, members: ids, supergroup: true })
    orThrow(await connectGroup(program, { branchId: branch.id, chatId: BigInt(chat.id), title: branch.name }))
    if (chat.bots.size === 0) world.changeMembers(chat.id, { bot: 'add' })
  }
}

/** The group of whoever holds a post of the ward, with the keeper of its registry. */
async function openLeadersGroup(
  program: Context,
  officer: Context,
  { world }: Sandbox,
  accounts: Accounts,
): Promise<void> {
  const wardId = wardOf(officer)
  const { name } = await program.db.ward.findUniqueOrThrow({ where: { id: wardId } })
  const held = await program.db.position.findMany({
    where: { wardId, organisationId: null, to: null },
    select: { person: { select: { number: true } } },
  })
  const leaders = held.flatMap(({ person }) => accounts.get(person.number)?.id ?? [])
  const title = program.texts('demo:group.leaders', { ward: name })
  const known = world.groups().find((group) => group.title === title)
  const members = [...new Set([...leaders, Number(officer.actor.accountId)])]
  const chat = known ?? world.addGroup({ title, members, supergroup: true })
  orThrow(await connectGroup(program, { wardId, chatId: BigInt(chat.id), title }))
  if (chat.bots.size === 0) world.changeMembers(chat.id, { bot: 'add' })
}

function wardOf(officer: Context): number {
  if (officer.actor.wardId === null) throw new Error('an officer without a ward')
  return officer.actor.wardId
}

function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new Error(
    `the generated ward was refused: ${result.problem.code} ${JSON.stringify(result.problem.params ?? {})}`,
  )
}
