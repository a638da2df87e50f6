import type { ButtonHandler, FormHandler } from '../../telegram/feature.ts'
import { changeNumberForm, readNumberForm, viewNumberForm } from './number-form.ts'

/** The form of the ward's numbers: typed, shown as the next number would look, then used. */
export const numberFormButtons: Record<string, ButtonHandler> = {
  nnum: {
    handle: async (turn) => {
      const now = await viewNumberForm(turn.context)
      if (!now.ok) return turn.refuse(now.problem)
      await turn.ask('nnum', {}, { text: turn.texts('notices:askNumberForm', { next: now.value.next }) })
    },
  },
  nnumuse: {
    handle: async (turn) => {
      const open = await turn.openForm()
      if (open?.kind !== 'nnum' || typeof open.data.form !== 'string')
        return turn.refuse({ code: 'notices.noSuchSetting' })
      const changed = await changeNumberForm(turn.context, { form: open.data.form })
      if (!changed.ok) return turn.refuse(changed.problem)
      await turn.closeForm()
      await turn.edit({ text: turn.texts('notices:numberFormChanged', { next: changed.value.next }) })
    },
  },
}

export const numberFormForms: Record<string, FormHandler> = {
  nnum: {
    handle: async (turn) => {
      const form = readNumberForm(turn.message?.text ?? '')
      if (!form.ok) return turn.refuse(form.problem)
      const shown = await viewNumberForm(turn.context, { form: form.value })
      if (!shown.ok) return turn.refuse(shown.problem)
      await turn.ask(
        'nnum',
        { form: form.value },
        {
          text: turn.texts('notices:numberFormPreview', { next: shown.value.next }),
          buttons: [
            [{ text: turn.texts('notices:useNumberForm'), data: 'nnumuse' }],
            [{ text: turn.texts('common:cancel'), data: 'cancel' }],
          ],
        },
      )
    },
  },
}
