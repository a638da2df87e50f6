import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'

/** The first words to a member who has just been linked. */
export function welcomeMessage(
  texts: Texts,
  member: { fullName: string; branchName: string | null; isSecretary: boolean },
): Message {
  return {
    ...titled(
      texts('linking:welcome.title', { name: member.fullName }),
      member.branchName,
      '',
      texts(member.isSecretary ? 'linking:welcome.secretary' : 'linking:welcome.body'),
    ),
    buttons: [
      ...(member.isSecretary ? secretarySteps(texts) : []),
      [{ text: texts('telegram:openMenu'), data: 'menu:menu' }],
    ],
  }
}

function secretarySteps(texts: Texts): Button[][] {
  return [
    [{ text: texts('linking:group.connectAgain'), data: 'menu:ketnoi' }],
    [{ text: texts('linking:people.inviteButton'), data: 'menu:moi' }],
  ]
}

/** To the first officer: what to do next. */
export function wardFoundedMessage(texts: Texts, wardName: string): Message {
  return {
    ...titled(texts('linking:ward.foundedTitle', { ward: wardName }), '', texts('linking:ward.foundedBody')),
    buttons: [[{ text: texts('linking:ward.template'), data: 'menu:mau' }]],
  }
}
