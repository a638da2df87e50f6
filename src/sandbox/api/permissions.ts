import type { ChatPermissions } from '@grammyjs/types'
import { badRequest } from '../errors.ts'
import { PERMISSION_NAMES, permissionFlags } from '../world/rights.ts'
import { flagField, isObject } from './params.ts'

/** Permissions of a call; what is not given is not allowed. */
export function readPermissions(given: unknown): ChatPermissions {
  if (!isObject(given)) throw badRequest("can't parse permissions JSON object")
  const permissions: ChatPermissions = permissionFlags({})
  for (const name of PERMISSION_NAMES) permissions[name] = flagField(given, name)
  // Before media were told apart there was one permission for all of them.
  if (flagField(given, 'can_send_media_messages'))
    for (const name of PERMISSION_NAMES.slice(0, 7)) permissions[name] = true
  return permissions
}
