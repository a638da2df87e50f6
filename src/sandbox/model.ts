import type {
  BotCommand,
  ChatAdministratorRights,
  ChatPermissions,
  InlineKeyboardMarkup,
  MenuButton,
  MessageEntity,
  ReactionType,
  ReplyKeyboardMarkup,
  Update,
} from '@grammyjs/types'

/**
 * What the sandbox holds. Plain data only (objects, Maps, Sets, Buffers; references may run in circles), so that a
 * snapshot is one structured copy. What cannot be copied (sockets, timers, waiting calls) lives in `state.ts`.
 */

/** A user or a bot, as Telegram knows them. */
export interface Account {
  id: number
  isBot: boolean
  firstName: string
  lastName?: string
  username?: string
  phone?: string
  languageCode?: string
  /** A label of whoever seeds the world, such as a member's number; Telegram never sees it. */
  person?: string
  /** Bots this person has blocked. */
  blocked: Set<number>
  /** Groups the account is in now. */
  groups: Set<number>
}

export type UpdateType = Exclude<keyof Update, 'update_id'>

export interface QueuedUpdate {
  update: Update
  /** Updates with the same key are delivered by webhook in order. */
  key: string
  /** Milliseconds of the sandbox's clock. */
  expiresAt: number
}

export interface Webhook {
  url: string
  secret?: string
  maxConnections: number
  lastErrorAt?: number
  lastError?: string
}

export interface Bot {
  account: Account
  token: string
  /** Privacy mode: sees in groups only what is meant for it, unless it is an administrator. */
  privacy: boolean
  nextUpdateId: number
  updates: QueuedUpdate[]
  allowedUpdates: Set<UpdateType> | undefined
  /** By the person's id. */
  privateChats: Map<number, Chat>
  commands: Map<string, BotCommand[]>
  menuButtons: Map<number, MenuButton>
  texts: Map<string, string>
  defaultRights: Map<'groups' | 'channels', ChatAdministratorRights>
  webhook?: Webhook
  loggedOut: boolean
  nextEphemeralId: number
}

export type MemberStatus = 'creator' | 'administrator' | 'member' | 'restricted' | 'left' | 'kicked'

export interface Member {
  account: Account
  status: MemberStatus
  rights?: ChatAdministratorRights
  /** Granted by the bot itself, so it may take it back. */
  promotedBy?: number
  title?: string
  tag?: string
  permissions?: ChatPermissions
  /** Unix seconds; 0 or absent means for ever. */
  until?: number
  /** `seq` of the sandbox when the account came in; basic groups show nothing older. */
  joinedSeq: number
}

export interface Topic {
  id: number
  name: string
  iconColor: number
  iconEmoji?: string
  closed: boolean
  hidden: boolean
}

export interface Chat {
  id: number
  type: 'private' | 'group' | 'supergroup'
  title: string
  username?: string
  description?: string
  /** Private chats: the person and the bot. */
  person?: Account
  botId?: number
  /** Private chats: the person has written, so the bot may. */
  started: boolean
  members: Map<number, Member>
  memberCount: number
  /** Bots that are in the chat now. */
  bots: Set<number>
  messages: Map<number, Message>
  /** By the receiver's id and the message's own number. */
  ephemerals: Map<string, Message>
  lastMessageId: number
  /** Every new message, edit and deletion, in order of `seq`; an entry older than its message's `seq` is void. */
  log: { seq: number; message: Message }[]
  pinned: Message[]
  permissions: ChatPermissions
  migratedTo?: number
  migratedFrom?: number
  lastBotWriter?: number
  /** Basic groups: dissolved by its owner. */
  deleted: boolean
  forum: boolean
  topics: Map<number, Topic>
  protectedContent: boolean
  inviteLink?: string
}

export interface StoredFile {
  index: number
  name: string
  mime: string
  size: number
  bytes: Buffer
  width?: number
  height?: number
}

export type MediaKind = 'document' | 'photo' | 'audio' | 'video' | 'animation' | 'voice' | 'video_note' | 'sticker'

export interface Media {
  kind: MediaKind
  file: StoredFile
  duration: number
  spoiler: boolean
  performer?: string
  title?: string
  emoji?: string
}

export interface PollOption {
  id: string
  text: string
  entities: MessageEntity[]
}

export interface PollRecord {
  id: string
  botId: number | undefined
  question: string
  questionEntities: MessageEntity[]
  options: PollOption[]
  /** Chosen options by the voter's id. */
  votes: Map<number, number[]>
  anonymous: boolean
  type: 'regular' | 'quiz'
  multiple: boolean
  revoting: boolean
  closed: boolean
  correct: number[]
  explanation?: string
  explanationEntities: MessageEntity[]
  description?: string
  openPeriod?: number
  closeDate?: number
  message?: Message
}

export type Service =
  | { type: 'group_chat_created' }
  | { type: 'supergroup_chat_created' }
  | { type: 'new_chat_members'; accounts: Account[] }
  | { type: 'left_chat_member'; account: Account }
  | { type: 'new_chat_title'; title: string }
  | { type: 'migrate_to_chat_id'; chatId: number }
  | { type: 'migrate_from_chat_id'; chatId: number }
  | { type: 'pinned_message'; message: Message }
  | { type: 'chat_shared'; requestId: number; chat: Chat; title: boolean; username: boolean }
  | { type: 'users_shared'; requestId: number; accounts: Account[]; name: boolean; username: boolean }
  | { type: 'forum_topic_created'; name: string; iconColor: number; iconEmoji?: string }
  | { type: 'forum_topic_edited'; name?: string; iconEmoji?: string }
  | { type: 'forum_topic_closed' }
  | { type: 'forum_topic_reopened' }
  | { type: 'general_forum_topic_hidden' }
  | { type: 'general_forum_topic_unhidden' }

export type Content =
  | { kind: 'text'; text: string; entities: MessageEntity[]; linkPreview?: Record<string, unknown> }
  | { kind: 'media'; media: Media; caption: string; captionEntities: MessageEntity[]; captionAbove?: boolean }
  | { kind: 'contact'; phone: string; firstName: string; lastName?: string; userId?: number; vcard?: string }
  | { kind: 'location'; latitude: number; longitude: number; title?: string; address?: string }
  | { kind: 'dice'; emoji: string; value: number }
  | { kind: 'poll'; poll: PollRecord }
  | { kind: 'service'; service: Service }

export type Keyboard =
  | ReplyKeyboardMarkup
  | { force_reply: true; input_field_placeholder?: string; selective?: boolean }
  | { remove_keyboard: true; selective?: boolean }

export interface Origin {
  from: Account
  date: number
  senderChat?: Chat
}

export interface Message {
  /** 0 for ephemeral messages. */
  id: number
  chat: Chat
  from: Account
  /** An anonymous administrator writes as the group itself. */
  anonymous: boolean
  /** Unix seconds. */
  date: number
  /** Of the newest change. */
  seq: number
  /** Of its sending. */
  bornSeq: number
  content: Content
  inline?: InlineKeyboardMarkup
  keyboard?: Keyboard
  replyTo?: Message
  quote?: { text: string; entities: MessageEntity[]; position: number }
  threadId?: number
  forwarded?: Origin
  editDate?: number
  deleted: boolean
  protected: boolean
  albumId?: string
  ephemeral?: { id: number; receiver: Account }
  /** An ephemeral message shown in place of the one that was pressed. */
  replaces?: Message
  viaBot?: Account
  reactions?: Map<number, ReactionType[]>
  effectId?: string
}

export interface CallbackQueryRecord {
  id: string
  botId: number
  from: Account
  message: Message
  data: string
  /** Milliseconds of the sandbox's clock. */
  at: number
}

export interface CallAnswer {
  text?: string
  alert: boolean
  url?: string
}
