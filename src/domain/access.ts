import { fail, ok, type Result } from './result.ts'

/** What people are, on a day, by membership, post or appointment. A secretary holds the member's role too. */
export const roles = [
  'officer',
  'operator',
  'leader',
  'supervisor',
  'secretary',
  'deputy',
  'committee',
  'member',
  'probationary',
] as const
export type Role = (typeof roles)[number]

/** How near the target must be: anywhere in the role's ward, in the branch the role is held in, or the person themself. */
export type Relation = 'ward' | 'branch' | 'self'

/** A role held in a ward, and in one of its branches where the role is a branch's. */
export interface Grant {
  readonly role: Role
  readonly wardId: number
  readonly branchId: number | null
}

export interface Actor {
  readonly personId: number | null
  readonly wardId: number | null
  readonly grants: readonly Grant[]
}

/** What is acted upon: always in a ward, often in a branch, sometimes about a person. */
export interface Target {
  readonly wardId: number
  readonly branchId?: number
  readonly personId?: number
}

const branchLeadership = { secretary: 'branch', deputy: 'branch' } as const
const branchCommittee = { ...branchLeadership, committee: 'branch' } as const
const everyoneSelf = { member: 'self', probationary: 'self' } as const

/** Who may do what: action × role → how near the target must be. What does not stand here is refused. */
export const permissions = {
  'registry.import': { officer: 'ward' },
  'registry.export': { officer: 'ward' },
  /** Two records of one person, made one. */
  'registry.merge': { officer: 'ward' },
  'registry.view': { officer: 'ward', leader: 'ward', supervisor: 'branch', ...branchCommittee, ...everyoneSelf },
  /** The members of a branch with numbers and telephones, all at once. */
  'registry.list': { officer: 'ward', leader: 'ward', supervisor: 'branch', ...branchCommittee },
  /** What a branch says each year of a resident who belongs to a branch elsewhere (213-QĐ/TW). */
  'liaison.comment': branchLeadership,
  /** The empty workbook: it holds nobody's data. */
  'registry.template': { officer: 'ward', leader: 'ward' },
  'link.group': { officer: 'ward', secretary: 'branch' },
  'link.invite': { officer: 'ward', ...branchLeadership },
  'link.unlink': { officer: 'ward', secretary: 'branch', ...everyoneSelf },
  /** To link, or to cut off, whoever holds a post of the ward or an appointment: the office alone, whatever their branch may. */
  'link.holder': { officer: 'ward' },
  'ward.appoint': { officer: 'ward' },
  /** An officer may prepare the sheet; only a leader puts a name and post under it. */
  'notice.evaluation.draft': { officer: 'ward', leader: 'ward' },
  'notice.evaluation.issue': { leader: 'ward' },
  'notice.plain.issue': { leader: 'ward' },
  /** The month's rhythm, reminders, what a group may read. */
  'notice.settings': { officer: 'ward', leader: 'ward' },
  /** By which rules the ward rates its cadres. */
  'notice.scheme': { officer: 'ward', leader: 'ward' },
  'notice.acknowledge': branchLeadership,
  /** For oneself, where the notice asks members too. */
  'notice.confirm': { member: 'branch', probationary: 'branch' },
  'notice.confirmOnBehalf': { secretary: 'branch' },
  /** A plain notice that was meant for the person themself. */
  'notice.readOwn': { leader: 'self', ...everyoneSelf },
  /** Notices on paper: to print them, and to tell into whose hands they went. */
  'notice.handOver': { officer: 'ward', leader: 'ward' },
  'notice.viewStatus': { officer: 'ward', leader: 'ward', supervisor: 'branch', ...branchLeadership },
  /** What a branch's notice says: names and levels of its cadres, the words of a plain one. */
  'notice.viewLevels': {
    leader: 'ward',
    supervisor: 'branch',
    ...branchCommittee,
    member: 'branch',
    probationary: 'branch',
  },
  /** Score and remark. */
  'notice.viewDetail': { ...branchCommittee, ...everyoneSelf },
  /** What the branch says of its own cadre for a period. */
  'notice.remark': branchCommittee,
  /** A cadre's one comment on a result of their own. */
  'notice.comment': everyoneSelf,
  /** Both sides of a cadre: the ward's results and the branch's remarks. */
  'notice.viewCadre': { leader: 'ward', ...branchCommittee },
  'task.assign': branchCommittee,
  'task.report': { ...branchLeadership, ...everyoneSelf },
  'task.review': branchLeadership,
  'task.view': { supervisor: 'branch', ...branchCommittee, ...everyoneSelf },
  'activity.organise': branchCommittee,
  'activity.join': { member: 'branch', probationary: 'branch' },
  'activity.view': {
    leader: 'ward',
    supervisor: 'branch',
    ...branchCommittee,
    member: 'branch',
    probationary: 'branch',
  },
  'plan.write': { ...branchLeadership, ...everyoneSelf },
  'plan.view': { supervisor: 'branch', ...branchCommittee, ...everyoneSelf },
  'plan.decide': branchLeadership,
  /** The ward's days off. */
  'calendar.edit': { officer: 'ward' },
  'vote.open': branchLeadership,
  'vote.close': branchLeadership,
  /** One's own voice in one's own branch; the roll decides whether it counts. */
  'vote.cast': { member: 'branch' },
  'vote.castOnBehalf': { secretary: 'branch' },
  /** To count a ballot and sign for it; the ballot says who is in its tally team. */
  'vote.tally': { member: 'branch' },
  /** To make the bot's vote the branches' ballot, by a paper of the ward. */
  'vote.standing': { leader: 'ward' },
  'vote.view': { supervisor: 'branch', ...branchCommittee, member: 'branch', probationary: 'branch' },
  /** Many people at once, and the end of a branch: the ward committee's office carries out its decisions. */
  'transfer.plan': { officer: 'ward' },
  'organisation.dissolve': { officer: 'ward' },
  /** The branch of the target is the one that is left. */
  'transfer.propose': { officer: 'ward', ...branchLeadership, ...everyoneSelf },
  'transfer.introduce': { officer: 'ward', ...branchLeadership },
  'transfer.cancel': { officer: 'ward', ...branchLeadership },
  /** The branch of the target is the one that receives. */
  'transfer.receive': { officer: 'ward', ...branchLeadership },
  /** Allowed where either branch is reached. */
  'transfer.view': { officer: 'ward', leader: 'ward', supervisor: 'branch', ...branchCommittee, ...everyoneSelf },
  'operations.view': { operator: 'ward' },
  /** Asking that one's data be corrected or erased; the branch asks for members without a smartphone. */
  'privacy.request': { officer: 'ward', secretary: 'branch', ...everyoneSelf },
  'privacy.decide': { officer: 'ward' },
  /** Who did what, with names. */
  'audit.view': { officer: 'ward' },
} as const satisfies Record<string, Partial<Record<Role, Relation>>>
export type Action = keyof typeof permissions

const table: Readonly<Record<Action, Partial<Record<Role, Relation>>>> = permissions

/** Asks the table whether one of the actor's roles reaches the target. Fails with `access.denied`, naming the action. */
export function may(actor: Actor, action: Action, target: Target): Result<true> {
  const allowed = actor.grants.some((grant) => {
    const relation = table[action][grant.role]
    return relation !== undefined && grant.wardId === target.wardId && reaches(relation, actor, grant, target)
  })
  return allowed ? ok(true) : fail('access.denied', { action })
}

/** The branches in which one of the actor's roles may do this. */
export function branchesWhereMay(actor: Actor, action: Action): number[] {
  const reached = actor.grants.flatMap(({ wardId, branchId }) =>
    branchId !== null && may(actor, action, { wardId, branchId }).ok ? [branchId] : [],
  )
  return [...new Set(reached)]
}

/** The roles that may do it at all, in the order of `roles`; for menus and command lists. */
export function rolesAllowed(action: Action): readonly Role[] {
  return roles.filter((role) => table[action][role] !== undefined)
}

function reaches(relation: Relation, actor: Actor, grant: Grant, target: Target): boolean {
  switch (relation) {
    case 'ward':
      return true
    case 'branch':
      return grant.branchId !== null && grant.branchId === target.branchId
    case 'self':
      return actor.personId !== null && actor.personId === target.personId
  }
}
