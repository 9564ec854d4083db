import type { components } from './openapi.ts';

type Problem = components['schemas']['Problem'];

/** Stable codes of the API's errors; `unknown` for a response that isn't from the server, such as a proxy's. */
export type ProblemCode = Problem['code'] | 'unknown';

/** The server refused the request. Every method of the client throws it. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: ProblemCode;
  /** What is wrong with each field, by its path (`invoice_ids[1]`) or a parameter's name. Empty for other errors. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
  /** Quote it to the operator. Empty when the response isn't from the server. */
  readonly requestId: string;
  /** Seconds to wait before a retry, from `Retry-After` (429, 503, 409). */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problem: Partial<Problem>, headers: Headers) {
    super(problem.detail ?? `The server answered ${status}.`);
    this.status = status;
    this.code = problem.code ?? 'unknown';
    this.errors = problem.errors ?? {};
    this.requestId = problem.request_id ?? headers.get('x-request-id') ?? '';
    const retryAfter = headers.get('retry-after');
    this.retryAfterSeconds = retryAfter !== null && /^[0-9]+$/.test(retryAfter) ? Number(retryAfter) : undefined;
  }

  static async from(response: Response): Promise<ApiProblem> {
    return new ApiProblem(response.status, await problemIn(response), response.headers);
  }
}

async function problemIn(response: Response): Promise<Partial<Problem>> {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return {};
  return (await response.json().catch(() => ({}))) as Partial<Problem>;
}
