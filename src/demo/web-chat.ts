import type { Hono } from 'hono'
import type { App } from '../app.ts'
import { posts } from '../domain/posts.ts'
import { createWebChat, type MonthPlay, type Sandbox, type Seat } from '../sandbox/index.ts'
import { movesOf, stepsOf } from './steps.ts'
import { openTheatre } from './theatre.ts'

/** Posts whose holders show most of what the product does; a newcomer is offered them first. */
const leading = new Set(['wardSecretary', 'wardStandingDeputySecretary', 'peoplesCommitteeChair', 'secretary'])
const order = new Map<string, number>(
  posts.map(({ code, place }, index) => [code, place === 'ward' ? index : 100 + index]),
)

/** The sandbox's web chat, with the registry's word on who is who, and a month to be played in a world of its own. */
export function openWebChat(app: App, sandbox: Sandbox): Hono {
  return createWebChat(sandbox, {
    title: 'Liên Chi',
    seats: () => seatsOf(app),
    playMonth: () => playMonth(app),
    nextDue: () => app.nextDue(),
  })
}

async function playMonth({ services }: App): Promise<MonthPlay> {
  const theatre = await openTheatre(services.texts)
  return {
    steps: stepsOf(movesOf((tell) => theatre.perform(tell))),
    world: {
      sandbox: theatre.sandbox,
      title: services.texts('demo:title'),
      seats: () => seatsOf(theatre.app),
      nextDue: () => theatre.app.nextDue(),
    },
    close: () => theatre.close(),
  }
}

/** Everybody who can be reached, the ward's and the branches' posts first; members by their branch. */
async function seatsOf({ services }: App): Promise<Seat[]> {
  const links = await services.database.accountLink.findMany({
    where: { endedAt: null },
    select: {
      accountId: true,
      person: {
        select: {
          positions: {
            where: { to: null },
            select: { post: true, title: true, organisation: { select: { name: true } } },
          },
          memberships: { where: { to: null, kind: 'official' }, select: { organisation: { select: { name: true } } } },
        },
      },
    },
  })
  const officers = await services.database.appointment.findMany({ where: { to: null } })
  const kept = new Set(officers.filter(({ role }) => role === 'officer').map(({ accountId }) => accountId))
  return links
    .map(({ accountId, person }) => {
      const held = person.positions.sort((a, b) => rank(a.post) - rank(b.post))
      const titles = held.map(({ title, organisation }) => placed(title, organisation?.name))
      const branch = person.memberships[0]?.organisation.name ?? ''
      const keeps = kept.has(accountId)
      const words = [keeps ? services.texts('start:keepsRegistry') : '', ...titles, titles.length === 0 ? branch : '']
      return {
        rank: keeps ? -1 : rank(held[0]?.post ?? ''),
        seat: {
          account: Number(accountId),
          label: words.filter(Boolean).slice(0, 2).join(', '),
          leading: keeps || held.some(({ post }) => leading.has(post)),
        },
      }
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ seat }) => seat)
}

/** "Bí thư chi bộ" of "Chi bộ tổ dân phố số 1" is "Bí thư Chi bộ tổ dân phố số 1". */
function placed(title: string, branch: string | undefined): string {
  return branch === undefined ? title : `${title.replace(/ chi bộ$/, '')} ${branch}`
}

function rank(post: string): number {
  return order.get(post) ?? 1000
}
