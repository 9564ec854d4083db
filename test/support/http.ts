import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import { PROBLEMS, type ProblemCode } from '../../src/domain/errors.ts';
import { UUID_PATTERN } from '../../src/domain/ids.ts';

/** Calls as a client makes them, and what every answer of a kind must look like. */
export type Caller = {
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  post(url: string, body: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  send(options: InjectOptions): Promise<LightMyRequestResponse>;
};

export function callerWith(app: FastifyInstance, token?: string): Caller {
  const send = ({ headers, ...options }: InjectOptions) =>
    app.inject({ ...options, headers: { ...(token ? { authorization: `Token ${token}` } : {}), ...headers } });
  return {
    send,
    get: (url, headers = {}) => send({ url, headers }),
    post: (url, body, headers = {}) => send({ method: 'POST', url, headers, payload: body as object }),
  };
}

/** The whole of a problem document, and the headers that go with it. @param fields the offending fields, all of them */
export function expectProblem(response: LightMyRequestResponse, code: ProblemCode, fields?: string[]): void {
  const [status, title] = PROBLEMS[code];
  const problem = response.json();
  expect(response.statusCode, response.body).toBe(status);
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(response.headers['cache-control']).toBe('no-store');
  expect(response.headers.etag).toBeUndefined();
  expect(problem).toEqual({
    type: 'about:blank',
    title,
    status,
    detail: expect.stringMatching(/./),
    code,
    request_id: response.headers['x-request-id'],
    ...(fields ? { errors: expect.anything() } : {}),
  });
  if (!fields) return;
  expect(Object.keys(problem.errors).sort()).toEqual([...fields].sort());
  for (const [field, messages] of Object.entries<string[]>(problem.errors)) {
    expect(messages.length, field).toBeGreaterThan(0);
    for (const message of messages) expect(message).toMatch(/^[A-Z].*[.?]$/);
  }
}

export const anId = expect.stringMatching(UUID_PATTERN);
/** RFC 3339 UTC with milliseconds and `Z`. */
export const aTime = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
