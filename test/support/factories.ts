import { encryptSecrets, generateSecret } from '../../src/api/webhook-endpoints/secrets.ts';
import { invoiceLinks, joinThreadGroup, type NewMessage } from '../../src/conversations/append.ts';
import { nameWords } from '../../src/conversations/search-words.ts';
import { vectorText } from '../../src/conversations/words-format.ts';
import { encryptField } from '../../src/crypto/field-encryption.ts';
import { notesRef } from '../../src/crypto/field-refs.ts';
import type { KeyRing } from '../../src/crypto/key-ring.ts';
import { hashPassword } from '../../src/crypto/password.ts';
import { createToken } from '../../src/crypto/token.ts';
import type { Db } from '../../src/db/client.ts';
import { newId } from '../../src/domain/ids.ts';
import type { ActionStatus, PromiseStatus, Role, TouchpointStatus } from '../../src/domain/vocabulary.ts';
import { addressKey } from '../../src/mail/address.ts';

/** Rows for tests, each with believable defaults. Everything returns the id that was made. */

export async function createCompany(db: Db, { name = 'Northbrook Packaging', timezone = 'UTC' } = {}): Promise<string> {
  const id = newId();
  await db.query({
    text: 'INSERT INTO companies (id, name, timezone) VALUES ($1, $2, $3)',
    values: [id, name, timezone],
  });
  return id;
}

export async function createUser(
  db: Db,
  { username = `user-${newId()}`, name = 'Sam Ortiz', password = '' } = {},
): Promise<string> {
  const id = newId();
  await db.query({
    text: 'INSERT INTO users (id, username, email, name, password_hash) VALUES ($1, $2, $3, $4, $5)',
    values: [id, username, `${username}@northbrook.example`, name, password ? await hashPassword(password) : null],
  });
  return id;
}

export async function addMember(db: Db, companyId: string, userId: string, role: Role = 'member'): Promise<void> {
  await db.query({
    text: 'INSERT INTO memberships (company_id, user_id, role) VALUES ($1, $2, $3)',
    values: [companyId, userId, role],
  });
}

export async function createUserToken(db: Db, userId: string, expiresAt: string | null = null): Promise<string> {
  const { token, hash, prefix } = createToken();
  await db.query({
    text: 'INSERT INTO tokens (id, user_id, prefix, hash, expires_at) VALUES ($1, $2, $3, $4, $5)',
    values: [newId(), userId, prefix, hash, expiresAt],
  });
  return token;
}

/** For tests that count statements: no request has a token's use to note, which happens once a minute. */
export async function noteUsesAhead(db: Db): Promise<void> {
  await db.query({ text: `UPDATE tokens SET last_used_at = now() + interval '1 day'` });
}

/** A company with one member and a token of theirs. */
export async function createTenant(
  db: Db,
  { role = 'member' as Role, name = 'Northbrook Packaging', timezone = 'UTC' } = {},
) {
  const companyId = await createCompany(db, { name, timezone });
  const userId = await createUser(db);
  await addMember(db, companyId, userId, role);
  return { companyId, userId, token: await createUserToken(db, userId) };
}

export async function createCustomer(db: Db, companyId: string, name = 'Acme Corp'): Promise<string> {
  const id = newId();
  await db.query({
    text: 'INSERT INTO customers (company_id, id, name, name_words) VALUES ($1, $2, $3, $4::tsvector)',
    values: [companyId, id, name, vectorText(nameWords(companyId, name))],
  });
  return id;
}

export async function createContact(
  db: Db,
  companyId: string,
  customerId: string,
  { name = 'Dana Reyes', email = 'dana@acme.example' } = {},
) {
  const id = newId();
  await db.query({
    text: 'INSERT INTO contacts (company_id, id, customer_id, name, email, email_key) VALUES ($1, $2, $3, $4, $5, $6)',
    values: [companyId, id, customerId, name, email, addressKey(email)],
  });
  return id;
}

export async function createInvoice(
  db: Db,
  companyId: string,
  customerId: string,
  number = `INV-${newId().slice(-6)}`,
): Promise<string> {
  const id = newId();
  await db.query({
    text: 'INSERT INTO invoices (company_id, id, customer_id, number, number_words) VALUES ($1, $2, $3, $4, $5::tsvector)',
    values: [companyId, id, customerId, number, vectorText(nameWords(companyId, number))],
  });
  return id;
}

export async function createAction(
  db: Db,
  companyId: string,
  customerId: string,
  status: ActionStatus = 'scheduled',
): Promise<string> {
  const id = newId();
  await db.query({
    text: `INSERT INTO scheduled_actions (company_id, id, customer_id, action_type, status, executed_at)
           VALUES ($1, $2, $3, 'call', $4, CASE WHEN $4 = 'completed' THEN timestamptz '2026-01-02T03:04:05.678Z' END)`,
    values: [companyId, id, customerId, status],
  });
  return id;
}

export async function createTouchpoint(
  db: Db,
  companyId: string,
  customerId: string,
  status: TouchpointStatus = 'pending',
): Promise<string> {
  const id = newId();
  await db.query({
    text: `INSERT INTO scheduled_touchpoints (company_id, id, customer_id, step_type, status, completed_at)
           VALUES ($1, $2, $3, 'call', $4, CASE WHEN $4 = 'completed' THEN timestamptz '2026-01-02T03:04:05.678Z' END)`,
    values: [companyId, id, customerId, status],
  });
  return id;
}

/** Conversations of one message each, a minute apart, in one statement. */
export async function createMany(db: Db, companyId: string, messages: number): Promise<void> {
  await db.query({
    text: `
      INSERT INTO communication_threads (company_id, id, thread_group_id, is_latest, message_count, "timestamp",
                                         communication_type, source, direction)
      SELECT $1, gen_random_uuid(), gen_random_uuid(), true, 1, timestamptz '2026-01-01Z' + n * interval '1 minute',
             'email', 'import', 'inbound'
      FROM generate_series(1, $2::int) n`,
    values: [companyId, messages],
  });
}

/** A promise that a message tells of; open, and due far ahead unless said otherwise. */
export async function createPromise(
  db: Db,
  companyId: string,
  {
    customerId,
    threadId,
    dueOn = '2999-01-01',
    status = 'open',
    invoiceIds = [],
  }: { customerId: string; threadId: string; dueOn?: string; status?: PromiseStatus; invoiceIds?: string[] },
): Promise<string> {
  const id = newId();
  await db.query({
    text: 'INSERT INTO promises (company_id, id, customer_id, thread_id, due_on, status) VALUES ($1, $2, $3, $4, $5, $6)',
    values: [companyId, id, customerId, threadId, dueOn, status],
  });
  await db.query({
    text: `INSERT INTO promise_invoices (company_id, promise_id, invoice_id, position)
           SELECT $1, $2, i.id, i.nth - 1 FROM unnest($3::uuid[]) WITH ORDINALITY AS i(id, nth)`,
    values: [companyId, id, invoiceIds],
  });
  return id;
}

/** An attachment of a message; `position` is its place in the mail, from 0. */
export async function addAttachment(
  db: Db,
  companyId: string,
  threadId: string,
  {
    filename = 'statement.pdf',
    contentType = 'application/pdf',
    sizeBytes = 1024,
    isInline = false,
    position = 0,
  } = {},
): Promise<string> {
  const id = newId();
  await db.query({
    text: `INSERT INTO attachments (company_id, id, thread_id, position, filename, content_type, size_bytes, is_inline)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [companyId, id, threadId, position, filename, contentType, sizeBytes, isInline],
  });
  return id;
}

export type MessageOverrides = Partial<NewMessage> & { invoiceIds?: string[]; plainNotes?: string };

/** A message in a group of its own, or in `threadGroupId`; an inbound email unless said otherwise. */
export async function createMessage(
  db: Db,
  ring: KeyRing,
  companyId: string,
  overrides: MessageOverrides = {},
): Promise<NewMessage> {
  const { invoiceIds = [], plainNotes, ...given } = overrides;
  const id = given.id ?? newId();
  const message: NewMessage = {
    id,
    threadGroupId: newId(),
    timestamp: new Date().toISOString(),
    createdAt: new Date().toISOString(),
    communicationType: 'email',
    source: 'nylas',
    direction: 'inbound',
    requiresResponse: false,
    isResolved: false,
    isArRelated: null,
    hasAttachments: false,
    customerId: null,
    contactId: null,
    loggedById: null,
    scheduledActionId: null,
    scheduledTouchpointId: null,
    subject: 'Invoice INV-1001',
    preview: 'We will pay on Friday.',
    ownText: given.preview === undefined ? 'We will pay on Friday.' : given.preview,
    body: '<p>We will pay on Friday.</p>',
    bodyType: 'text/html',
    notes: null,
    from: { name: 'Dana Reyes', email: 'dana@acme.example' },
    to: [{ name: 'AR', email: 'ar@northbrook.example' }],
    cc: [],
    call: null,
    strategyTags: [],
    ...given,
  };
  if (message.source === 'manual') {
    Object.assign(message, { body: null, bodyType: null, preview: null, from: null, to: [], cc: [] });
    message.notes = encryptField(ring, notesRef(companyId, id), plainNotes ?? 'Spoke with the AP manager.');
  }
  await db.transaction(async (tx) => {
    joinThreadGroup(tx, companyId, message, ...invoiceLinks(companyId, id, invoiceIds));
  });
  return message;
}

/** An endpoint that has been sent everything there is. */
export async function createWebhookEndpoint(
  db: Db,
  ring: KeyRing,
  companyId: string,
  { url = 'https://hooks.northbrook.example/', secret = generateSecret() } = {},
): Promise<string> {
  const id = newId();
  await db.query({
    text: `INSERT INTO webhook_endpoints (company_id, id, url, secrets, position_transaction, position_event)
           VALUES ($1, $2, $3, $4, pg_snapshot_xmin(pg_current_snapshot()), '00000000-0000-0000-0000-000000000000')`,
    values: [companyId, id, url, encryptSecrets(ring, companyId, id, [secret])],
  });
  return id;
}
