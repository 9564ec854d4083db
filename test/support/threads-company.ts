import { expect } from 'vitest';
import type { CommunicationThread } from '../../src/api/threads/schema.ts';
import type { TestApp } from './app.ts';
import { createMessage, createTenant, type MessageOverrides } from './factories.ts';
import { type Caller, callerWith } from './http.ts';

/** A company of its own, with a caller who belongs to it. */
export async function createThreadsCompany(t: TestApp, options: { timezone?: string } = {}) {
  const tenant = await createTenant(t.db, options);
  const caller = callerWith(t.app, tenant.token);
  const base = `/api/companies/${tenant.companyId}/communications/threads`;
  return {
    ...tenant,
    caller,
    base,
    message: (overrides: MessageOverrides = {}) => createMessage(t.db, t.ring, tenant.companyId, overrides),
    ids: async (query: string) => idsOf(caller, `${base}?${query}`),
  };
}

export async function idsOf(caller: Caller, url: string): Promise<string[]> {
  const response = await caller.get(url);
  expect(response.statusCode, response.body).toBe(200);
  const { count, data } = response.json();
  if (count !== undefined) expect(count).toBe(data.length);
  return data.map((thread: CommunicationThread) => thread.id);
}
