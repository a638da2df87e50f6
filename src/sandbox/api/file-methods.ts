import { badRequest } from '../errors.ts'
import { fileById, filePath, fileUniqueId } from '../files/store.ts'
import type { Handlers } from './call.ts'

export const LARGEST_DOWNLOAD = 20 * 1024 * 1024

export const fileMethods: Handlers = {
  getFile({ state, bot, params }) {
    const id = params.text('file_id')
    if (id === '') throw badRequest('file_id not specified')
    const found = fileById(state, bot, id)
    if (!found) throw badRequest('invalid file_id')
    if (found.file.size > LARGEST_DOWNLOAD) throw badRequest('file is too big')
    return {
      file_id: id,
      file_unique_id: fileUniqueId(found.kind, found.file, found.size),
      file_size: found.file.size,
      file_path: filePath(found),
    }
  },
}
