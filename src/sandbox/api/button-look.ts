import { badRequest } from '../errors.ts'
import { type JsonObject, textField } from './params.ts'

type Style = 'danger' | 'success' | 'primary'

/** How a button of either kind looks, as far as it is said. */
export function readLook(button: JsonObject): { style?: Style; icon_custom_emoji_id?: string } {
  const style = textField(button, 'style')?.toLowerCase() ?? 'default'
  const icon = textField(button, 'icon_custom_emoji_id')
  if (style !== '' && style !== 'default' && !isStyle(style)) throw badRequest('invalid button style specified')
  return { ...(isStyle(style) ? { style } : {}), ...(icon ? { icon_custom_emoji_id: icon } : {}) }
}

function isStyle(style: string): style is Style {
  return style === 'danger' || style === 'success' || style === 'primary'
}
