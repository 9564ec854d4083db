import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { postgresPid } from './world.ts';

/** Who asks, and of what. */
export type Asker = { companyId: string; token: string; customerId: string; threadId: string };

export type Call = {
  what: string;
  status: number;
  retryAfter: string | null;
  replayed: string | null;
  milliseconds: number;
  body: string;
};

/** Requests whose answers are timed. @param of the server and the asker of the moment */
export function asking(of: () => { address: string; desk: Asker }) {
  async function call(what: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Call> {
    const { address, desk } = of();
    const since = performance.now();
    const answer = await fetch(address + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Token ${desk.token}`, 'content-type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return {
      what,
      status: answer.status,
      retryAfter: answer.headers.get('retry-after'),
      replayed: answer.headers.get('idempotency-replayed'),
      milliseconds: performance.now() - since,
      body: text,
    };
  }

  /** Every kind of request that needs the database. */
  function everyKind(): Promise<Call>[] {
    const { companyId, threadId } = of().desk;
    const company = `/api/companies/${companyId}`;
    return [
      call('threads', `${company}/communications/threads`),
      call('search', `${company}/communications/threads?search=friday`),
      call('thread', `${company}/communications/threads/${threadId}`),
      call('emails', `${company}/communications/emails`),
      call('events', `${company}/communications/events`),
      call('notes', `${company}/thread-notes`),
      call('note', `${company}/thread-notes`, { thread_id: threadId, content: 'x' }),
      logOnce('away'),
      call('login', '/api/auth/login/', { username: 'nobody', password: 'nothing' }),
      call('ready', '/readyz'),
    ];
  }

  function logOnce(subject: string, headers: Record<string, string> = {}): Promise<Call> {
    const { companyId, customerId } = of().desk;
    const log = { communication_type: 'call', customer_id: customerId, notes: 'x', subject };
    return call('log', `/api/companies/${companyId}/communications/log-manual`, log, headers);
  }

  return { call, everyKind, logOnce };
}

/** PostgreSQL's main process and all that it started. */
export async function postgresPids(dataDir: string): Promise<number[]> {
  const main = await postgresPid(dataDir);
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', String(main)]);
  return [main, ...stdout.trim().split(/\s+/).map(Number)];
}
