import type { Feature } from '../../telegram/feature.ts'
import type { Turn } from '../../telegram/turn.ts'
import { findCodeIn } from './codes.ts'
import { createOwnInvitation } from './create-own-invitation.ts'
import { consentMessage } from './screens-consent.ts'

/** Linking by one's own telephone number, which Telegram vouches for, matched with the register. */
export function phoneHandlers(): Pick<Feature, 'buttons' | 'forms'> {
  const ask = async (turn: Turn) => {
    if (turn.chat.kind === 'group') return turn.refuse({ code: 'telegram.onlyPrivate' })
    if (turn.speaker.link) return turn.refuse({ code: 'linking.alreadyLinked' })
    const { texts } = turn
    await turn.ask(
      'lcontact',
      {},
      {
        text: texts('linking:phone.ask'),
        keys: [[{ text: texts('linking:phone.share'), asks: 'contact' }], [{ text: texts('common:cancel') }]],
      },
    )
  }

  const receive = async (turn: Turn) => {
    const { texts, message } = turn
    const text = message?.text ?? ''
    if (text === texts('common:cancel')) return stop(turn, texts('telegram:cancelled'))
    if (findCodeIn(text) !== null) return false
    if (!message?.contact) return turn.refuse({ code: 'linking.contactAwaited' })
    // A visiting card can be anybody's: only what Telegram says is the sender's own counts.
    if (message.contact.user_id !== Number(turn.speaker.accountId))
      return turn.refuse({ code: 'linking.contactNotYours' })
    const made = await createOwnInvitation(turn.context, { phone: message.contact.phone_number })
    if (!made.ok) return stop(turn, texts.problem(made.problem))
    await stop(turn, texts('linking:phone.found'))
    await turn.reply(consentMessage(texts, `lc:${made.value.code}`))
  }

  return { buttons: { lphone: { open: true, handle: ask } }, forms: { lcontact: { open: true, handle: receive } } }
}

async function stop(turn: Turn, text: string): Promise<void> {
  await turn.closeForm()
  await turn.reply({ text, keys: 'none' })
}
