import type { Feature } from '../../telegram/feature.ts'
import type { Turn } from '../../telegram/turn.ts'
import { acceptConsent } from './accept-consent.ts'
import { describeAccount } from './describe-account.ts'
import { withdrawConsent } from './end-account-link.ts'
import type { LinkingParts } from './parts.ts'
import { consentMessage, ownDataMessage, withdrawQuestion } from './screens-consent.ts'

/** What a person may see and decide about their own data. */
export function ownDataHandlers(parts: LinkingParts): Pick<Feature, 'commands' | 'buttons'> {
  const show = async (turn: Turn) =>
    turn.reply(ownDataMessage(turn.texts, await describeAccount(turn.context, turn.speaker.accountName)))

  const withdraw = async (turn: Turn) => {
    if (turn.args !== 'yes') return turn.reply(withdrawQuestion(turn.texts))
    const withdrawn = await withdrawConsent(turn.context)
    if (!withdrawn.ok) return turn.refuse(withdrawn.problem)
    await turn.edit({ text: turn.texts('linking:own.withdrawn') })
    await parts.publishCommands(turn.speaker.accountId)
  }

  /** `read` shows the notice; `show` asks an account that was linked without consent, `yes` is its answer. */
  const consent = async (turn: Turn) => {
    const waits = turn.speaker.link !== null && !turn.speaker.link.consented
    if (turn.args !== 'yes') return turn.reply(consentMessage(turn.texts, waits ? 'consent:yes' : null))
    const accepted = await acceptConsent(turn.context)
    if (!accepted.ok) return turn.refuse(accepted.problem)
    await turn.clearButtons()
    await turn.reply({
      text: turn.texts('linking:consent.accepted'),
      buttons: [[{ text: turn.texts('telegram:openMenu'), data: 'menu:menu' }]],
    })
    await parts.publishCommands(turn.speaker.accountId)
  }

  return {
    commands: [
      {
        name: 'dulieucuatoi',
        chats: ['private'],
        audience: 'linked',
        label: 'linking:labels.ownData',
        handle: show,
      },
    ],
    buttons: { lwithdraw: { handle: withdraw }, consent: { open: true, handle: consent } },
  }
}
