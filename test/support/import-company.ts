import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { createUserToken } from './factories.ts';
import { callerWith } from './http.ts';
import {
  COMPANY,
  FOUNDATION,
  type ImportWorld,
  idOf,
  type Line,
  lineOf,
  startImportWorld,
  threadLine,
} from './import-world.ts';

/** A company to import into, and three lines for it: a mail, a log of a call about it and a note on the mail. */

export let world: ImportWorld;
export let token: string;

/** Starts the world of a test file. Each of its tests begins with a company that has no message. */
export function useEmptyCompany(): void {
  // A run of a property imports many files, and machines are shared.
  vi.setConfig({ testTimeout: 180_000 });

  beforeAll(async () => {
    world = await startImportWorld();
  });
  afterAll(() => world.close());

  beforeEach(async () => {
    await world.owner.query({ text: `TRUNCATE companies, users, audit_events, thread_count_deltas CASCADE` });
    // The versions begin again with the counts.
    world.app.responseCache.clear();
    await world.import(FOUNDATION);
    token = await createUserToken(world.db, idOf('dana'));
  });
}

export function api(path: string) {
  return callerWith(world.app, token).get(`/api/companies/${COMPANY}/${path}`);
}

export async function detail(name: string) {
  return (await api(`communications/threads/${idOf(name)}`)).json();
}

export async function rows<Row = Line>(text: string, values: unknown[] = []): Promise<Row[]> {
  return world.owner.query<Row>({ text, values });
}

/** Which transaction wrote each row: the same before and after means that nothing was written. */
export async function writers(): Promise<unknown[]> {
  const tables = [
    ...['companies', 'users', 'memberships', 'customers', 'contacts', 'invoices', 'scheduled_actions'],
    ...['scheduled_touchpoints', 'communication_threads', 'communication_thread_invoices', 'attachments'],
    ...[
      'thread_notes',
      'mailboxes',
      'phones',
      'thread_counts',
      'thread_day_counts',
      'company_totals',
      'thread_count_deltas',
      'audit_events',
      'former_customers',
    ],
  ];
  const selects = tables.map((table) => `SELECT '${table}' AS name, xmin::text, ctid::text AS place FROM ${table}`);
  return rows(`${selects.join(' UNION ALL ')} ORDER BY 1, 3`);
}

export const EMAIL: Line = threadLine('mail', {
  customer_id: idOf('acme'),
  contact_id: idOf('acme contact'),
  source: 'nylas',
  subject: 'Invoice INV-1001',
  body: '<p>Dear Dana,</p><p>it goes out <b>Friday</b>.</p>',
  body_type: 'text/html',
  from: { name: 'Pat', email: 'pat@acme.example' },
  to: [{ email: 'dana@northbrook.example' }],
  cc: [{ name: 'AR', email: 'ar@northbrook.example' }],
  requires_response: true,
  is_resolved: false,
  is_ar_related: true,
  strategy_tags: ['promise-to-pay', 'a "quoted", {braced} \\ tag', ''],
  invoice_ids: [idOf('acme invoice')],
  attachments: [
    { filename: 'logo.png', content_type: 'image/png', size_bytes: 12, is_inline: true },
    {
      id: idOf('pdf'),
      filename: 'remit\tance.pdf',
      content_type: 'application/pdf',
      size_bytes: 4_096,
      provider_id: 'p1',
    },
  ],
  provider: { grant_id: 'grant', message_id: 'm1', thread_id: 't1', rfc_message_id: '<m1@acme.example>' },
  created_at: '2026-05-12T14:30:05.000Z',
  updated_at: '2026-05-13T08:00:00.000Z',
});

export const LOG: Line = threadLine('log', {
  customer_id: idOf('acme'),
  communication_type: 'call',
  source: 'manual',
  direction: 'outbound',
  subject: 'Call with acme Corp',
  notes: 'Spoke with Pat.\n\tPays \\ Friday — “promised” 🤝',
  logged_by_id: idOf('dana'),
  scheduled_action_id: idOf('acme action'),
  timestamp: '2026-05-14T09:00:00Z',
});

export const NOTE: Line = lineOf('thread_note', 'note', {
  thread_id: idOf('mail'),
  author_id: idOf('dana'),
  content: 'Pat is on holiday next week.',
  created_at: '2026-05-12T15:00:00.000Z',
  updated_at: '2026-05-12T15:00:00.000Z',
});
