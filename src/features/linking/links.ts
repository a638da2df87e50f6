/** Opens the private chat with the bot and hands it the code. */
export function startLinkUrl(username: string, word: 'p' | 'a', code: string): string {
  return `https://t.me/${username}?start=${word}_${code}`
}

/** Lets the reader choose a group, brings the bot into it and hands the group's code over there. */
export function groupLinkUrl(username: string, code: string): string {
  return `https://t.me/${username}?startgroup=g_${code}`
}
