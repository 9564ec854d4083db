import type { InjectOptions } from 'fastify';
import { newId } from '../../src/domain/ids.ts';
import type { TestApp } from './app.ts';
import {
  addAttachment,
  addMember,
  createAction,
  createContact,
  createCustomer,
  createInvoice,
  createMessage,
  createPromise,
  createTenant,
  createTouchpoint,
  createUser,
  createWebhookEndpoint,
} from './factories.ts';
import { connectMailbox, connectPhone, mail, NYLAS_SECRET, VONAGE_SECRET } from './ingest.ts';
import { nylasDelivery } from './nylas-samples.ts';
import { vonageCompleted, vonageDelivery } from './vonage-samples.ts';

/** One of everything, so that every operation has something to answer. */
export type World = Awaited<ReturnType<typeof createWorld>>;

export async function createWorld({ db, ring }: TestApp) {
  const tenant = await createTenant(db, { role: 'admin' });
  const { companyId, userId } = tenant;
  const username = `robin-${companyId}`;
  await addMember(db, companyId, await createUser(db, { username, password: 'a long password' }));
  const customerId = await createCustomer(db, companyId);
  const contactId = await createContact(db, companyId, customerId);
  const invoiceId = await createInvoice(db, companyId, customerId);
  const first = await createMessage(db, ring, companyId, { customerId, contactId, invoiceIds: [invoiceId] });
  await addAttachment(db, companyId, first.id);
  const { threadGroupId } = first;
  const answer = await createMessage(db, ring, companyId, { customerId, threadGroupId, direction: 'outbound' });
  const log = await createMessage(db, ring, companyId, {
    customerId,
    communicationType: 'meeting',
    source: 'manual',
    loggedById: userId,
    scheduledActionId: await createAction(db, companyId, customerId, 'completed'),
  });
  await connectPhone(db, companyId, '+15551230000');
  return {
    ...tenant,
    username,
    customerId,
    contactId,
    invoiceId,
    threadId: first.id,
    latestId: answer.id,
    logId: log.id,
    actionId: await createAction(db, companyId, customerId),
    touchpointId: await createTouchpoint(db, companyId, customerId),
    grantId: await connectMailbox(db, tenant),
    noteId: '',
    referenceIds: {
      customers: newId(),
      contacts: newId(),
      invoices: newId(),
      actions: newId(),
      touchpoints: newId(),
    },
    endpointId: await createWebhookEndpoint(db, ring, companyId),
    deletedEndpointId: await createWebhookEndpoint(db, ring, companyId),
    promiseId: await createPromise(db, companyId, { customerId, threadId: log.id, invoiceIds: [invoiceId] }),
  };
}

type Call = InjectOptions & { url: string };

/**
 * Calls that succeed, by operationId and in the order of a story: every operation of the document has at least one, and
 * the lists one for each filter, because each filter is another statement.
 */
export const CALLS: Record<string, (world: World) => Call[] | Promise<Call[]>> = {
  healthz: () => [{ url: '/healthz' }],
  readyz: () => [{ url: '/readyz' }],
  metrics: () => [{ url: '/metrics' }],
  login: ({ username }) => [post('/api/auth/login/', { username, password: 'a long password' })],
  listThreads: (world) =>
    listCalls(world, `${communications(world)}/threads`, [
      'view=message',
      'communication_type=manual,call',
      'source=nylas',
      ...FOLLOWED.map((query) => `view=message&${query}`),
    ]),
  listEmails: (world) => listCalls(world, `${communications(world)}/emails`, ['is_ar_related=false']),
  getThread: (world) => [world.threadId, world.logId].map((id) => ({ url: `${communications(world)}/threads/${id}` })),
  getEmailThread: (world) => [{ url: `${communications(world)}/emails/${world.threadId}` }],
  // Succeeds with a Nylas to ask only: `attachments.test.ts` has one.
  getAttachment: () => [],
  updateThread: (world) => [
    patch(`${communications(world)}/threads/${world.threadId}`, {
      is_resolved: true,
      strategy_tags: ['promise-to-pay'],
      follow_up_at: '2999-01-01T00:00:00Z',
      assignee_id: world.userId,
    }),
    patch(`${communications(world)}/threads/${world.threadId}`, {
      customer_id: world.customerId,
      requires_response: true,
    }),
  ],
  logManualCommunication: (world) => [
    post(
      `${communications(world)}/log-manual`,
      {
        communication_type: 'call',
        notes: 'They pay on Friday.',
        contact_id: world.contactId,
        invoice_ids: [world.invoiceId],
        scheduled_action_id: world.actionId,
        scheduled_touchpoint_id: world.touchpointId,
      },
      { 'idempotency-key': 'the-call' },
    ),
    post(`${communications(world)}/log-manual`, {
      communication_type: 'note',
      notes: 'Seen.',
      customer_id: world.customerId,
      promise: { due_on: '2999-01-01', amount: '10.00', currency: 'EUR', invoice_ids: [world.invoiceId] },
      dispute: { reason: 'price', invoice_ids: [world.invoiceId] },
      follow_up_at: '2999-01-01T00:00:00Z',
      assignee_id: world.userId,
    }),
  ],
  listPromises: (world) =>
    [
      '',
      '?status=open,broken,kept,cancelled&due_from=2026-01-01&due_to=2999-12-31',
      `?customer_id=${world.customerId}`,
      `?invoice_id=${world.invoiceId}`,
    ].map((query) => ({ url: `/api/companies/${world.companyId}/promises${query}` })),
  getPromise: (world) => [{ url: `/api/companies/${world.companyId}/promises/${world.promiseId}` }],
  updatePromise: (world) => [
    patch(`/api/companies/${world.companyId}/promises/${world.promiseId}`, { status: 'kept', due_on: '2999-02-03' }),
  ],
  createThreadNote: (world) => [post(notes(world), { thread_id: world.threadId, content: 'Robin follows up.' })],
  listThreadNotes: (world) => [
    { url: notes(world) },
    ...[
      'page=1',
      'page_size=1',
      'limit=1&offset=1',
      `thread_id=${world.threadId}&page=1`,
      `author_id=${world.userId}`,
    ].map((query) => ({ url: `${notes(world)}?${query}` })),
  ],
  getThreadNote: (world) => [{ url: `${notes(world)}/${world.noteId}` }],
  updateThreadNote: (world) => [patch(`${notes(world)}/${world.noteId}`, { content: 'Robin has followed up.' })],
  deleteThreadNote: (world) => [{ method: 'DELETE', url: `${notes(world)}/${world.noteId}` }],
  listCustomers: (world) =>
    [
      ``,
      `external_id=A,B`,
      `updated_after=2026-01-01T00:00:00Z`,
      `page=2&page_size=1`,
      `search=acme`,
      `has_open=true`,
      `ordering=-waiting_since`,
    ].map((query) => ({ url: `${reference(world)}/customers?${query}` })),
  putCustomer: (world) => [put(`${reference(world)}/customers/${world.referenceIds.customers}`, { name: 'Acme Corp' })],
  batchCustomers: (world) => [
    post(`${reference(world)}/customers/batch`, { data: [{ external_id: 'B-1', ...{ name: 'Acme Corp' } }] }),
  ],
  getCustomer: (world) => [{ url: `${reference(world)}/customers/${world.referenceIds.customers}` }],
  deleteCustomer: (world) => [
    { method: 'DELETE', url: `${reference(world)}/customers/${world.referenceIds.customers}` },
  ],
  listContacts: (world) =>
    [
      ``,
      `external_id=A,B`,
      `updated_after=2026-01-01T00:00:00Z`,
      `page=2&page_size=1`,
      `search=acme`,
      `email=a@b.example`,
      `phone=%2B15551234567`,
      `customer_id=${world.customerId}`,
    ].map((query) => ({ url: `${reference(world)}/contacts?${query}` })),
  putContact: (world) => [
    put(`${reference(world)}/contacts/${world.referenceIds.contacts}`, { customer_id: world.customerId, name: 'Pat' }),
  ],
  batchContacts: (world) => [
    post(`${reference(world)}/contacts/batch`, {
      data: [{ external_id: 'B-1', ...{ customer_id: world.customerId, name: 'Pat' } }],
    }),
  ],
  getContact: (world) => [{ url: `${reference(world)}/contacts/${world.referenceIds.contacts}` }],
  deleteContact: (world) => [{ method: 'DELETE', url: `${reference(world)}/contacts/${world.referenceIds.contacts}` }],
  listInvoices: (world) =>
    [
      ``,
      `external_id=A,B`,
      `updated_after=2026-01-01T00:00:00Z`,
      `page=2&page_size=1`,
      `search=inv`,
      `number=INV-1`,
      `status=open`,
      `due_from=2026-01-01&due_to=2026-12-31`,
      `ordering=due_date`,
      `customer_id=${world.customerId}`,
    ].map((query) => ({ url: `${reference(world)}/invoices?${query}` })),
  putInvoice: (world) => [
    put(`${reference(world)}/invoices/${world.referenceIds.invoices}`, {
      customer_id: world.customerId,
      number: 'INV-7',
    }),
  ],
  batchInvoices: (world) => [
    post(`${reference(world)}/invoices/batch`, {
      data: [{ external_id: 'B-1', ...{ customer_id: world.customerId, number: 'INV-7' } }],
    }),
  ],
  getInvoice: (world) => [{ url: `${reference(world)}/invoices/${world.referenceIds.invoices}` }],
  deleteInvoice: (world) => [{ method: 'DELETE', url: `${reference(world)}/invoices/${world.referenceIds.invoices}` }],
  listActions: (world) =>
    [
      ``,
      `external_id=A,B`,
      `updated_after=2026-01-01T00:00:00Z`,
      `page=2&page_size=1`,
      `status=scheduled,proposed`,
      `invoice_id=${world.invoiceId}`,
      `due_before=2026-01-01T00:00:00Z`,
      `customer_id=${world.customerId}`,
    ].map((query) => ({ url: `${reference(world)}/actions?${query}` })),
  putAction: (world) => [
    put(`${reference(world)}/actions/${world.referenceIds.actions}`, {
      customer_id: world.customerId,
      action_type: 'call',
      status: 'scheduled',
    }),
  ],
  batchActions: (world) => [
    post(`${reference(world)}/actions/batch`, {
      data: [{ external_id: 'B-1', ...{ customer_id: world.customerId, action_type: 'call', status: 'scheduled' } }],
    }),
  ],
  getAction: (world) => [{ url: `${reference(world)}/actions/${world.referenceIds.actions}` }],
  deleteAction: (world) => [{ method: 'DELETE', url: `${reference(world)}/actions/${world.referenceIds.actions}` }],
  listTouchpoints: (world) =>
    [
      ``,
      `external_id=A,B`,
      `updated_after=2026-01-01T00:00:00Z`,
      `page=2&page_size=1`,
      `status=pending,ready`,
      `due_before=2026-01-01T00:00:00Z`,
      `customer_id=${world.customerId}`,
    ].map((query) => ({ url: `${reference(world)}/touchpoints?${query}` })),
  putTouchpoint: (world) => [
    put(`${reference(world)}/touchpoints/${world.referenceIds.touchpoints}`, {
      customer_id: world.customerId,
      step_type: 'call',
      status: 'pending',
    }),
  ],
  batchTouchpoints: (world) => [
    post(`${reference(world)}/touchpoints/batch`, {
      data: [{ external_id: 'B-1', ...{ customer_id: world.customerId, step_type: 'call', status: 'pending' } }],
    }),
  ],
  getTouchpoint: (world) => [{ url: `${reference(world)}/touchpoints/${world.referenceIds.touchpoints}` }],
  deleteTouchpoint: (world) => [
    { method: 'DELETE', url: `${reference(world)}/touchpoints/${world.referenceIds.touchpoints}` },
  ],
  listMembers: (world) => [{ url: `${reference(world)}/members?role=member` }],
  listEvents: (world) =>
    ['', '?limit=1', '?after=latest'].map((query) => ({ url: `${communications(world)}/events${query}` })),
  createStreamTicket: (world) => [{ method: 'POST', url: `${communications(world)}/events/ticket` }],
  createWebhookEndpoint: (world) => [
    post(hooks(world), { url: 'https://hooks.northbrook.example/', event_types: ['thread.created'] }),
    post(hooks(world), { url: 'https://hooks.northbrook.example/' }, { 'idempotency-key': 'the-hook' }),
  ],
  listWebhookEndpoints: (world) => ['', '?page=1', '?page_size=1'].map((query) => ({ url: `${hooks(world)}${query}` })),
  getWebhookEndpoint: (world) => [{ url: `${hooks(world)}/${world.endpointId}` }],
  updateWebhookEndpoint: (world) => [
    patch(`${hooks(world)}/${world.endpointId}`, { is_enabled: false }),
    patch(`${hooks(world)}/${world.endpointId}`, { is_enabled: true }),
    patch(`${hooks(world)}/${world.endpointId}`, { description: 'Team channel' }),
  ],
  rotateWebhookSecret: (world) => [{ method: 'POST', url: `${hooks(world)}/${world.endpointId}/rotate-secret` }],
  testWebhookEndpoint: (world) => [{ method: 'POST', url: `${hooks(world)}/${world.endpointId}/test` }],
  replayWebhookEvents: (world) => [
    post(`${hooks(world)}/${world.endpointId}/replay`, { after: '2026-01-01T00:00:00Z' }),
  ],
  listWebhookDeliveries: (world) =>
    ['', '?page=1'].map((query) => ({ url: `${hooks(world)}/${world.endpointId}/deliveries${query}` })),
  deleteWebhookEndpoint: (world) => [{ method: 'DELETE', url: `${hooks(world)}/${world.deletedEndpointId}` }],
  answerNylasChallenge: () => [{ url: '/api/webhooks/nylas?challenge=bc609b38' }],
  recordNylasWebhook: ({ grantId }) => {
    const { bytes, headers } = nylasDelivery(mail(grantId), NYLAS_SECRET);
    return [{ method: 'POST', url: '/api/webhooks/nylas', payload: bytes, headers }];
  },
  recordVonageWebhook: async () => {
    const { bytes, headers } = await vonageDelivery(vonageCompleted, VONAGE_SECRET);
    return [{ method: 'POST', url: '/api/webhooks/vonage', payload: bytes, headers }];
  },
  logout: () => [{ method: 'POST', url: '/api/auth/logout/' }],
};

function communications({ companyId }: World): string {
  return `/api/companies/${companyId}/communications`;
}

function reference({ companyId }: World): string {
  return `/api/companies/${companyId}`;
}

function put(url: string, payload: object): Call {
  return { method: 'PUT', url, payload };
}

function hooks({ companyId }: World): string {
  return `/api/companies/${companyId}/webhook-endpoints`;
}

function notes({ companyId }: World): string {
  return `/api/companies/${companyId}/thread-notes`;
}

/** What a collector writes down. */
const FOLLOWED = [
  'outcome=spoke,promise_to_pay',
  'assignee_id=me',
  'follow_up_before=2999-01-01T00:00:00Z',
  'is_snoozed=false',
];

function listCalls({ customerId, contactId, invoiceId }: World, url: string, more: string[]): Call[] {
  const queries = [
    '',
    'page=2&page_size=1',
    'limit=1&offset=1',
    'direction=inbound',
    'requires_response=true',
    'is_resolved=false',
    'is_ar_related=true',
    'date_from=2026-01-01&date_to=2026-12-31',
    `customer_id=${customerId}`,
    `contact_id=${contactId}`,
    `invoice_id=${invoiceId}`,
    ...FOLLOWED,
    'search=invoice',
    `search=invoice&${FOLLOWED.join('&')}`,
    `updated_after=2026-01-01T00:00:00Z&${FOLLOWED.join('&')}`,
    `search=invoice&customer_id=${customerId}&is_resolved=false&date_from=2026-01-01`,
    'updated_after=2026-01-01T00:00:00Z',
    ...more,
    ...more.map((query) => `${query}&customer_id=${customerId}&invoice_id=${invoiceId}`),
  ];
  return queries.map((query) => ({ url: `${url}?${query}` }));
}

function post(url: string, payload: object, headers: Record<string, string> = {}): Call {
  return { method: 'POST', url, payload, headers };
}

function patch(url: string, payload: object): Call {
  return { method: 'PATCH', url, payload };
}
