/** A refusal in the words of the official Bot API server. */
export class ApiError extends Error {
  readonly code: number
  readonly parameters: { migrate_to_chat_id?: number; retry_after?: number } | undefined

  constructor(code: number, description: string, parameters?: ApiError['parameters']) {
    super(description)
    this.code = code
    this.parameters = parameters
  }
}

export function badRequest(text: string): ApiError {
  return new ApiError(400, `Bad Request: ${text}`)
}

export function forbidden(text: string): ApiError {
  return new ApiError(403, `Forbidden: ${text}`)
}

/** A refusal on the people's side: `code` for programs, the message (Vietnamese) for people. */
export class PeopleError extends Error {
  readonly code: string
  readonly status: 400 | 403 | 404 | 409
  readonly details: Record<string, unknown>

  constructor(
    code: string,
    message: string,
    status: PeopleError['status'] = 400,
    details: Record<string, unknown> = {},
  ) {
    super(message)
    this.code = code
    this.status = status
    this.details = details
  }
}
