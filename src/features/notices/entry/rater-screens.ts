import { formatPeriod } from '../../../domain/period.ts'
import type { Message } from '../../../platform/messages.ts'
import { titled } from '../../../platform/messages.ts'
import type { Texts } from '../../../platform/texts.ts'
import type { PickList } from '../../../telegram/pick-list.ts'
import type { CadreChoice } from './choose-cadres.ts'
import type { DraftedEntries } from './draft-entered.ts'
import type { PastedProblem } from './read-pasted-lines.ts'
import type { RatersView } from './view-raters.ts'

const shownProblems = 15

/** Who has entered and who has not, for whoever issues. */
export function ratersMessage(texts: Texts, { period, raters, waiting, mayIssue }: RatersView): Message {
  const lines = raters.map(({ name, done, of, handedOver }, index) => {
    const line =
      name === null ? texts('entries:unchosenLine', { done, of }) : texts('entries:raterLine', { name, done, of })
    return `${index + 1}. ${handedOver ? texts('entries:raterHandedOver', { line }) : line}`
  })
  const gather = { text: texts('entries:gatherButton'), data: `negath:${period}` }
  const choose = { text: texts('entries:chooseButton'), data: 'necho:0' }
  const back = { text: texts('entries:listButton'), data: `nel:${period}:0` }
  return {
    ...titled(
      texts('entries:ratersTitle', { period: formatPeriod(period) }),
      '',
      ...lines,
      mayIssue && waiting > 0 && `\n${texts('entries:waitingSheets', { count: waiting })}`,
    ),
    buttons: [...(mayIssue && waiting > 0 ? [[gather]] : []), ...(mayIssue ? [[choose]] : []), [back]],
  }
}

/** The cadres to tick. */
export function choiceList(texts: Texts, choices: readonly CadreChoice[], page: number, backTo: string): PickList {
  return {
    title: texts('entries:chooseTitle'),
    intro: texts('entries:chooseIntro', { count: choices.filter(({ chosen }) => chosen).length }),
    items: choices.map(({ personId, fullName, chosen, other }) => ({
      label: other
        ? texts('entries:chooseLineOther', { name: fullName, rater: other.fullName })
        : texts('entries:chooseLine', { mark: chosen ? '✅' : '▫️', name: fullName }),
      data: `netick:${personId}:${chosen ? 0 : 1}:${page}`,
    })),
    page,
    pageData: (otherPage) => `necho:${otherPage}`,
    more: [[{ text: texts('entries:listButton'), data: backTo }]],
  }
}

/** Every line that could not be read, as it was pasted, with the remedy. */
export function pasteProblemsMessage(texts: Texts, problems: readonly PastedProblem[]): Message {
  const shown = problems
    .slice(0, shownProblems)
    .flatMap(({ line, text, problem }) => [
      texts('entries:pasteProblemLine', { line, text: text.slice(0, 100) }),
      texts('entries:pasteProblemWhy', { problem: texts.problem(problem) }),
    ])
  const more = problems.length - shownProblems
  return titled(
    texts('entries:pasteProblemsTitle', { count: problems.length }),
    '',
    ...shown,
    more > 0 && texts('entries:morePasteProblems', { count: more }),
    '',
    texts('entries:mendAndPaste'),
  )
}

/** Why what was entered cannot be a draft: the register or the rules say otherwise now. */
export function draftProblemsMessage(
  texts: Texts,
  problems: Extract<DraftedEntries, { problems: unknown }>['problems'],
): Message {
  const lines = problems
    .slice(0, shownProblems)
    .map(({ name, problem }, index) =>
      texts('entries:draftProblemLine', { index: index + 1, name, problem: texts.problem(problem) }),
    )
  return titled(texts('entries:draftProblemsTitle', { count: problems.length }), '', ...lines)
}
