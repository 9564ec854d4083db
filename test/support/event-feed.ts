import { afterAll, beforeAll, expect } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';
import { createMessage, createTenant } from './factories.ts';
import { settle } from './settle.ts';

/** The event feed of a running server, with companies whose notes make its events. */

export let t: TestApp;
export let base: string;

/** Starts a server for a test file. */
export function useEventFeed(): void {
  beforeAll(async () => {
    t = await startTestApp();
    base = await t.app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => t.close());
}

type Tenant = Awaited<ReturnType<typeof createTenant>>;
export const auth = ({ token }: { token: string }) => ({ authorization: `Token ${token}` });
export const eventsOf = ({ companyId }: Tenant) => `/api/companies/${companyId}/communications/events`;

export async function list(tenant: Tenant, query = '') {
  await settle(t.db);
  return listAtOnce(tenant, query);
}

export async function listAtOnce(tenant: Tenant, query = '') {
  const response = await t.app.inject({ url: `${eventsOf(tenant)}${query}`, headers: auth(tenant) });
  return response.json();
}

export async function addNote(tenant: Tenant, threadId: string, content = 'A note.') {
  const response = await t.app.inject({
    method: 'POST',
    url: `/api/companies/${tenant.companyId}/thread-notes`,
    headers: auth(tenant),
    payload: { thread_id: threadId, content },
  });
  expect(response.statusCode).toBe(201);
  return response.json().id as string;
}

/** A company with one thread and so many notes on it. */
export async function createHistory(noteCount: number) {
  const tenant = await createTenant(t.db);
  const thread = await createMessage(t.db, t.ring, tenant.companyId);
  const noteIds = [];
  for (let n = 0; n < noteCount; n++) noteIds.push(await addNote(tenant, thread.id));
  return { tenant, thread, noteIds };
}

export async function requestTicket(tenant: Tenant): Promise<string> {
  const response = await t.app.inject({ method: 'POST', url: `${eventsOf(tenant)}/ticket`, headers: auth(tenant) });
  expect(response.statusCode).toBe(201);
  return response.json().ticket;
}
