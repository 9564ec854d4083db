import type { components } from './openapi.ts';

type Problem = components['schemas']['Problem'];

/** Stable codes of the API's errors; `unknown` for an answer that is none of the server's, such as a proxy's. */
export type ProblemCode = Problem['code'] | 'unknown';

/** The server refused. Thrown by every method of the client. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: ProblemCode;
  /** Offending field (`invoice_ids[1]`, a parameter's name) → what is wrong with it. Empty when no field is to blame. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
  /** To quote when asking the operator; empty when the answer is none of the server's. */
  readonly requestId: string;
  /** Seconds to wait before the next try, where the server says so (429, 503, 409). */
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
