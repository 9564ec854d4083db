/** The contract's stable error codes, each with its HTTP status and title. */
export const PROBLEMS = {
  validation_error: [400, 'Invalid request'],
  invalid_cursor: [400, 'Invalid cursor'],
  not_authenticated: [401, 'Not authenticated'],
  invalid_credentials: [401, 'Invalid credentials'],
  invalid_signature: [401, 'Invalid signature'],
  permission_denied: [403, 'Permission denied'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'Method not allowed'],
  request_timeout: [408, 'Request timeout'],
  in_use: [409, 'In use'],
  idempotency_key_in_use: [409, 'Idempotency-Key in use'],
  precondition_failed: [412, 'Precondition failed'],
  payload_too_large: [413, 'Payload too large'],
  uri_too_long: [414, 'URI too long'],
  unsupported_media_type: [415, 'Unsupported media type'],
  expectation_failed: [417, 'Expectation failed'],
  idempotency_key_reused: [422, 'Idempotency-Key reused'],
  throttled: [429, 'Too many requests'],
  headers_too_large: [431, 'Request header fields too large'],
  internal_error: [500, 'Internal error'],
  unavailable: [503, 'Unavailable'],
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** Field path (`invoice_ids[1]`, a parameter's name) → what is wrong with it. */
export type FieldErrors = Record<string, string[]>;

/** An error that the client receives as a problem document. `cause` is never sent. */
export class ApiError extends Error {
  readonly code: ProblemCode;
  readonly errors: FieldErrors | undefined;
  readonly headers: Record<string, string>;

  constructor(
    code: ProblemCode,
    detail: string,
    more: { errors?: FieldErrors; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }

  get status(): number {
    return PROBLEMS[this.code][0];
  }
}

/** 400 that names every offending field; `detail` repeats the first. */
export function invalid(errors: FieldErrors): ApiError {
  const [field, messages] = Object.entries(errors)[0] ?? ['', ['Invalid request.']];
  return new ApiError('validation_error', field ? `${field}: ${messages[0]}` : `${messages[0]}`, { errors });
}

export function invalidCursor(): ApiError {
  const message = 'Not a cursor of this list with these filters. Start again without it.';
  return new ApiError('invalid_cursor', message, { errors: { cursor: [message] } });
}

/** The same for a missing, wrong, expired or revoked token. */
export function notAuthenticated(): ApiError {
  return new ApiError('not_authenticated', 'Authentication credentials were not provided.', {
    headers: { 'www-authenticate': 'Token' },
  });
}

export function invalidCredentials(): ApiError {
  return new ApiError('invalid_credentials', 'Unable to log in with the provided credentials.', {
    headers: { 'www-authenticate': 'Token' },
  });
}

export function invalidSignature(): ApiError {
  return new ApiError('invalid_signature', 'The signature is missing or wrong.');
}

export function permissionDenied(detail = 'You do not have permission to perform this action.'): ApiError {
  return new ApiError('permission_denied', detail);
}

export function readOnlyRole(): ApiError {
  return permissionDenied('Your role in this company may only read.');
}

export function adminsOnly(): ApiError {
  return permissionDenied('Only an admin of this company may do this.');
}

export function notFound(): ApiError {
  return new ApiError('not_found', 'Not found.');
}

/** @param referrers what refers to the row, such as `invoices` */
export function inUse(referrers: string[]): ApiError {
  return new ApiError('in_use', `It can't be deleted while it is referred to by ${referrers.join(', ')}.`);
}

export function preconditionFailed(): ApiError {
  return new ApiError(
    'precondition_failed',
    'The precondition of If-Match or If-None-Match failed: it was changed or created meanwhile.',
  );
}

/**
 * @param retryAfterSeconds when to retry, at least 1
 * @param limit how many requests were allowed
 */
export function throttled(retryAfterSeconds: number, limit: number): ApiError {
  const seconds = String(retryAfterSeconds);
  return new ApiError('throttled', `Request was throttled. Expected available in ${seconds} seconds.`, {
    headers: {
      'retry-after': seconds,
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': '0',
      'ratelimit-reset': seconds,
    },
  });
}

/** The database can't be reached or the server sheds load; the client should retry. */
export function unavailable(
  cause?: unknown,
  detail = 'The service is temporarily unavailable. Try again shortly.',
): ApiError {
  return new ApiError('unavailable', detail, { headers: { 'retry-after': '1' }, cause });
}
