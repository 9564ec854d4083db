import { gzipSync } from 'node:zlib';
import { signNylas } from '../../src/ingest/nylas/signature.ts';

/** The documented shape of a message in a webhook; the SDK's types check it in `webhooks-sdk-types.test.ts`. */
export const nylasMessageObject = {
  id: '18df98cadcc8534a',
  grant_id: '4a2b7c1e-6f0d-4e8b-9a53-0c1d2e3f4a5b',
  object: 'message' as const,
  thread_id: '18df98cadcc8534a',
  subject: 'Invoice INV-1001 is overdue',
  from: [{ name: 'Ann Reed', email: 'ann.reed@acme.example' }],
  to: [{ name: 'Accounts', email: 'ar@northwind.example' }],
  cc: [{ name: '', email: 'boss@acme.example' }],
  bcc: [],
  reply_to: [{ name: 'Ann Reed', email: 'ann.reed@acme.example' }],
  date: 1_760_000_000,
  starred: false,
  unread: true,
  folders: ['INBOX', 'UNREAD'],
  snippet: 'We paid INV-1001 yesterday.',
  body: '<div dir="ltr">We paid <b>INV-1001</b> yesterday.</div>',
  attachments: [
    {
      id: 'v0:cmVtaXR0YW5jZS5wZGY=:YXBwbGljYXRpb24vcGRm:12345',
      grant_id: '4a2b7c1e-6f0d-4e8b-9a53-0c1d2e3f4a5b',
      filename: 'remittance.pdf',
      content_type: 'application/pdf',
      size: 12_345,
      is_inline: false,
      content_disposition: 'attachment; filename="remittance.pdf"',
    },
    {
      id: 'v0:bG9nby5wbmc=:aW1hZ2UvcG5n:678',
      grant_id: '4a2b7c1e-6f0d-4e8b-9a53-0c1d2e3f4a5b',
      filename: 'logo.png',
      content_type: 'image/png',
      size: 678,
      is_inline: true,
      content_id: 'logo@acme.example',
      content_disposition: 'inline; filename="logo.png"',
    },
  ],
  headers: [
    { name: 'Message-ID', value: '<b1@acme.example>' },
    { name: 'In-Reply-To', value: '<a1@northwind.example>' },
    { name: 'References', value: '<a0@northwind.example> <a1@northwind.example>' },
  ],
  metadata: {},
};

const isUsual = (date: unknown): date is number =>
  typeof date === 'number' && date > 1_760_000_000 && date < 2_000_000_000;

/** The CloudEvents envelope around a message object; `envelope` replaces its fields. */
export function nylasEvent(object: object = {}, envelope: object = {}) {
  const message = { ...nylasMessageObject, ...object };
  return {
    specversion: '1.0',
    type: 'message.created',
    source: '/google/emails/realtime',
    id: 'evt-18df98cadcc8534a',
    // A notification follows its mail by some seconds.
    time: (isUsual(message.date) ? message.date : 1_760_000_000) + 5,
    webhook_delivery_attempt: 1,
    data: { application_id: '0d3c1b2a-9f8e-4d7c-8b6a-5f4e3d2c1b0a', object: message },
    ...envelope,
  };
}

export function bytesOf(payload: unknown): Buffer {
  return Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
}

/** A delivery as it travels: the bytes and the headers. A gzip delivery signs the compressed bytes. */
export function nylasDelivery(payload: unknown, secret: string, { gzip = false } = {}) {
  const bytes = gzip ? gzipSync(bytesOf(payload)) : bytesOf(payload);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-nylas-signature': signNylas(bytes, secret),
    ...(gzip && { 'content-encoding': 'gzip' }),
  };
  return { bytes, headers };
}
