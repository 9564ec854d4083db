import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommunicationThread } from '../../../src/api/threads/schema.ts';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { addAttachment, createCustomer } from '../../support/factories.ts';
import { expectProblem } from '../../support/http.ts';
import { createThreadsCompany } from '../../support/threads-company.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const company = (options: { timezone?: string } = {}) => createThreadsCompany(t, options);
const at = (minute: number) => new Date(Date.UTC(2026, 4, 12, 14, minute)).toISOString();

describe('GET /companies/{company_id}/communications/threads/{thread_id}', () => {
  it('answers 200 with the message in detail form and all other messages of its group, oldest first', async () => {
    const { caller, base, companyId, message } = await company();
    const customerId = await createCustomer(t.db, companyId);
    const first = await message({ timestamp: at(1), customerId });
    const group = { threadGroupId: first.threadGroupId };
    const latest = await message({ ...group, timestamp: at(3), body: 'plain', bodyType: 'text/plain' });
    const middle = await message({ ...group, timestamp: at(2) });
    await message({ timestamp: at(2) });
    const file = await addAttachment(t.db, companyId, middle.id, { filename: 'INV-1001.pdf', sizeBytes: 48213 });
    const logo = await addAttachment(t.db, companyId, middle.id, { filename: 'logo.png', isInline: true, position: 1 });

    const response = await caller.get(`${base}/${middle.id}`);
    expect(response.statusCode).toBe(200);
    const { messages, ...thread } = response.json();
    const listed = (await caller.get(`${base}?view=message`)).json().data as CommunicationThread[];
    const summaryOf = (id: string) => listed.find((row) => row.id === id);
    expect(thread).toEqual({
      ...summaryOf(middle.id),
      body: '<p>We will pay on Friday.</p>',
      body_type: 'text/html',
      body_truncated: false,
      attachments: [
        { id: file, filename: 'INV-1001.pdf', content_type: 'application/pdf', size_bytes: 48213, is_inline: false },
        { id: logo, filename: 'logo.png', content_type: 'application/pdf', size_bytes: 1024, is_inline: true },
      ],
    });
    const whole = { body_truncated: false, attachments: [] };
    expect(messages).toEqual([
      { ...summaryOf(first.id), ...whole, body: '<p>We will pay on Friday.</p>', body_type: 'text/html' },
      { ...summaryOf(latest.id), ...whole, body: 'plain', body_type: 'text/plain' },
    ]);
  });

  it("takes any message's id, and orders equal times by id", async () => {
    const { caller, base, message } = await company();
    const first = await message({ timestamp: at(1) });
    const others = [first];
    for (let nth = 0; nth < 3; nth += 1)
      others.push(await message({ threadGroupId: first.threadGroupId, timestamp: at(1) }));
    for (const { id } of others) {
      const thread = (await caller.get(`${base}/${id}`)).json();
      expect(thread.id).toBe(id);
      const ids = thread.messages.map((other: CommunicationThread) => other.id);
      expect(ids).toEqual(
        others
          .map((other) => other.id)
          .filter((other) => other !== id)
          .sort(),
      );
    }
  });

  it('holds null body and body_type for manual logs, with their notes', async () => {
    const { caller, base, message } = await company();
    const log = await message({ source: 'manual', communicationType: 'meeting', plainNotes: 'Met at their office.' });
    expect((await caller.get(`${base}/${log.id}`)).json()).toMatchObject({
      notes: 'Met at their office.',
      body: null,
      body_type: null,
      body_truncated: false,
      attachments: [],
      messages: [],
    });
  });

  it('compares ids without case', async () => {
    const { caller, base, message } = await company();
    const { id } = await message();
    expect((await caller.get(`${base}/${id.toUpperCase()}`)).json().id).toBe(id);
  });

  it('404 for an id of nothing and for an id that is no UUID', async () => {
    const { caller, base } = await company();
    for (const id of [newId(), 'x', '1', `urn:uuid:${newId()}`, `${newId()}0`, `{${newId()}}`, '%00'])
      expectProblem(await caller.get(`${base}/${id}`), 'not_found');
  });

  it('does not show a company outside the schema: a column that the schema does not name never leaks', async () => {
    const { caller, base, message } = await company();
    const { id } = await message({ provider: { grantId: 'grant-1', messageId: 'provider-1' } });
    const body = (await caller.get(`${base}/${id}`)).body;
    expect(body).not.toMatch(/grant-1|provider-1|search_words|is_latest|is_truncated/);
  });
});
