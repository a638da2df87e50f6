import activities from '../../locales/vi/activities.json' with { type: 'json' }
import ballots from '../../locales/vi/ballots.json' with { type: 'json' }
import calendar from '../../locales/vi/calendar.json' with { type: 'json' }
import common from '../../locales/vi/common.json' with { type: 'json' }
import demo from '../../locales/vi/demo.json' with { type: 'json' }
import domain from '../../locales/vi/domain.json' with { type: 'json' }
import entries from '../../locales/vi/entries.json' with { type: 'json' }
import health from '../../locales/vi/health.json' with { type: 'json' }
import linking from '../../locales/vi/linking.json' with { type: 'json' }
import notices from '../../locales/vi/notices.json' with { type: 'json' }
import operations from '../../locales/vi/operations.json' with { type: 'json' }
import plans from '../../locales/vi/plans.json' with { type: 'json' }
import privacy from '../../locales/vi/privacy.json' with { type: 'json' }
import registry from '../../locales/vi/registry.json' with { type: 'json' }
import schemes from '../../locales/vi/schemes.json' with { type: 'json' }
import start from '../../locales/vi/start.json' with { type: 'json' }
import tasks from '../../locales/vi/tasks.json' with { type: 'json' }
import telegram from '../../locales/vi/telegram.json' with { type: 'json' }
import transfers from '../../locales/vi/transfers.json' with { type: 'json' }
import votes from '../../locales/vi/votes.json' with { type: 'json' }

/** Every namespace of `locales/vi`, a capability's texts in its own file. */
export const resources = {
  ballots,
  activities,
  calendar,
  common,
  demo,
  domain,
  entries,
  health,
  linking,
  notices,
  operations,
  plans,
  privacy,
  registry,
  schemes,
  start,
  tasks,
  telegram,
  transfers,
  votes,
}

type Leaves<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${K}` : Leaves<T[K], `${Path}${K}.`>
}[keyof T & string]

/** `<namespace>:<key>`; a key that no file holds is an error of the compiler. */
export type TextKey = { [N in keyof typeof resources]: `${N}:${Leaves<(typeof resources)[N]>}` }[keyof typeof resources]
