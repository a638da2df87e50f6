import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Action, permissions, type Relation, type Role, roles } from '../../src/domain/access.ts'
import { root } from './source-files.ts'
import { readUseCases, type UseCase } from './use-cases.ts'

const page = join(root, 'docs/permissions.md')

const roleNames: Record<Role, string> = {
  officer: 'cán bộ văn phòng Đảng ủy',
  operator: 'người vận hành',
  leader: 'lãnh đạo phường',
  supervisor: 'đảng ủy viên phụ trách chi bộ',
  secretary: 'bí thư chi bộ',
  deputy: 'phó bí thư chi bộ',
  committee: 'chi ủy viên',
  member: 'đảng viên chính thức',
  probationary: 'đảng viên dự bị, hoặc sinh hoạt tạm thời',
}
const relationNames: Record<Relation, string> = { ward: 'phường', branch: 'chi bộ', self: 'mình' }

/** The page that says who may do what, made from the table and from the use-cases that ask it. */
function permissionsPage(): string {
  const useCases = readUseCases()
  return [
    '# Who may do what',
    '',
    'Made by `npm run permissions` from `src/domain/access.ts` and the use-cases; `npm run check` compares it.',
    'What does not stand here is refused. *phường*: anywhere in the ward of the role; *chi bộ*: in the branch the role is held in;',
    '*mình*: about oneself only. Roles follow from posts, membership and appointments of the day (`src/domain/grants.ts`) and add up.',
    '',
    '| Role | |',
    '| --- | --- |',
    ...roles.map((role) => `| \`${role}\` | ${roleNames[role]} |`),
    '',
    `| Action | ${roles.join(' | ')} | Asked by |`,
    `| --- |${' --- |'.repeat(roles.length + 1)}`,
    ...actionRows(useCases),
    '',
    '## What asks no leave',
    '',
    '| Use-case | Why |',
    '| --- | --- |',
    ...useCases
      .filter(({ reason }) => reason !== null)
      .map(({ name, path, reason }) => `| \`${name}\` (${featureOf(path)}) | ${reason} |`),
    '',
  ].join('\n')
}

function actionRows(useCases: readonly UseCase[]): string[] {
  const table: Readonly<Record<string, Partial<Record<Role, Relation>>>> = permissions
  return Object.entries(table).map(([action, row]) => {
    const cells = roles.map((role) => {
      const relation = row[role]
      return relation ? relationNames[relation] : '–'
    })
    const asked = useCases.filter((one) => one.asks && one.actions.some((known: Action) => known === action))
    return `| \`${action}\` | ${cells.join(' | ')} | ${asked.map(({ name }) => `\`${name}\``).join(', ') || '–'} |`
  })
}

function featureOf(path: string): string {
  return path.split('/')[2] ?? ''
}

/** A page that no longer says what the table says. */
export function permissionsPageProblems(): string[] {
  const isCurrent = readFileSync(page, 'utf8') === permissionsPage()
  return isCurrent ? [] : ['docs/permissions.md is not what the table and the use-cases say: npm run permissions']
}

if (import.meta.main) writeFileSync(page, permissionsPage())
