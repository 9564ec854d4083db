import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NylasMessage, readNylasEvent, readNylasType } from '../../src/ingest/nylas/event.ts';
import { MAX_UNPACKED_BYTES } from '../../src/ingest/nylas/unpack.ts';
import { bytesOf, nylasEvent } from '../support/nylas-samples.ts';

const receivedAt = new Date('2026-03-01T10:00:00Z');
const envelopeTime = new Date(1_760_000_005_000);

function read(payload: unknown, contentEncoding?: string) {
  return readNylasEvent({ bytes: bytesOf(payload), contentEncoding, receivedAt });
}

async function readMessage(object: object, envelope: object = {}): Promise<NylasMessage> {
  const event = await read(nylasEvent(object, envelope));
  if (event.kind !== 'message') throw new Error(`not a message: ${event.kind}`);
  return event.message;
}

describe('readNylasEvent', () => {
  it('reads a message whole', async () => {
    const event = await read(nylasEvent());
    expect(event).toEqual({
      kind: 'message',
      isUpdate: false,
      eventId: 'evt-18df98cadcc8534a',
      type: 'message.created',
      grantId: '4a2b7c1e-6f0d-4e8b-9a53-0c1d2e3f4a5b',
      sentAt: envelopeTime,
      message: {
        grantId: '4a2b7c1e-6f0d-4e8b-9a53-0c1d2e3f4a5b',
        messageId: '18df98cadcc8534a',
        threadId: '18df98cadcc8534a',
        subject: 'Invoice INV-1001 is overdue',
        from: { name: 'Ann Reed', email: 'ann.reed@acme.example' },
        to: [{ name: 'Accounts', email: 'ar@northwind.example' }],
        cc: [{ name: '', email: 'boss@acme.example' }],
        bcc: [],
        replyTo: [{ name: 'Ann Reed', email: 'ann.reed@acme.example' }],
        date: new Date(1_760_000_000_000),
        timestamp: new Date(1_760_000_000_000),
        body: '<div dir="ltr">We paid <b>INV-1001</b> yesterday.</div>',
        bodyType: 'text/html',
        snippet: 'We paid INV-1001 yesterday.',
        texts: {
          own: 'We paid INV-1001 yesterday.',
          searched: 'We paid INV-1001 yesterday.',
          full: 'We paid INV-1001 yesterday.',
        },
        folders: ['INBOX', 'UNREAD'],
        attachments: [
          {
            id: 'v0:cmVtaXR0YW5jZS5wZGY=:YXBwbGljYXRpb24vcGRm:12345',
            filename: 'remittance.pdf',
            contentType: 'application/pdf',
            sizeBytes: 12_345,
            isInline: false,
            contentId: null,
          },
          {
            id: 'v0:bG9nby5wbmc=:aW1hZ2UvcG5n:678',
            filename: 'logo.png',
            contentType: 'image/png',
            sizeBytes: 678,
            // The body shows no such picture.
            isInline: false,
            contentId: 'logo@acme.example',
          },
        ],
        headers: [
          { name: 'Message-ID', value: '<b1@acme.example>' },
          { name: 'In-Reply-To', value: '<a1@northwind.example>' },
          { name: 'References', value: '<a0@northwind.example> <a1@northwind.example>' },
        ],
        truncated: false,
      },
    });
  });

  it('unpacks gzip, by its header or its first bytes, and reads what a proxy already unpacked', async () => {
    const plain = await read(nylasEvent());
    const packed = gzipSync(bytesOf(nylasEvent()));
    for (const contentEncoding of ['gzip', 'GZIP', 'x-gzip', undefined]) {
      expect(await readNylasEvent({ bytes: packed, contentEncoding, receivedAt })).toEqual(plain);
    }
    expect(await read(nylasEvent(), 'gzip')).toEqual(plain);
  });

  it('stops a decompression bomb and says what it could not read', async () => {
    const bomb = gzipSync(Buffer.alloc(MAX_UNPACKED_BYTES + 1, 0x20));
    expect(bomb.length).toBeLessThan(100_000);
    const cases: [Uint8Array, string | undefined, string][] = [
      [bomb, 'gzip', 'unpacks to too many bytes'],
      [gzipSync(bytesOf(nylasEvent())).subarray(0, 200), 'gzip', 'cannot be unpacked'],
      [bytesOf(nylasEvent()), 'br', 'cannot be unpacked'],
      [bytesOf('{"type":'), undefined, 'is not JSON'],
      [Buffer.alloc(0), undefined, 'is not JSON'],
      [bytesOf('[]'), undefined, 'is not an object'],
      [bytesOf('null'), undefined, 'is not an object'],
      [bytesOf('{}'), undefined, 'has no type'],
      [bytesOf(nylasEvent({ id: null })), undefined, 'has no message id or no grant id'],
      [bytesOf(nylasEvent({ grant_id: '' })), undefined, 'has no message id or no grant id'],
      [bytesOf({ type: 'message.created', id: 'e', data: null }), undefined, 'has no message id or no grant id'],
    ];
    for (const [bytes, contentEncoding, reason] of cases) {
      expect(await readNylasEvent({ bytes, contentEncoding })).toMatchObject({ kind: 'unreadable', reason });
    }
  });

  it('gives an event without an id one by its bytes', async () => {
    const first = await read(nylasEvent({}, { id: undefined }));
    const again = await read(nylasEvent({}, { id: undefined }));
    const other = await read(nylasEvent({ id: 'other' }, { id: undefined }));
    expect(first.eventId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(again.eventId).toBe(first.eventId);
    expect(other.eventId).not.toBe(first.eventId);
  });

  it('reads the type as a name and a set of suffixes', async () => {
    expect(readNylasType('message.created.transformed.truncated')).toEqual({
      name: 'message.created',
      suffixes: new Set(['truncated', 'transformed']),
    });
    expect(await readMessage({}, { type: 'message.created.transformed' })).toMatchObject({ truncated: false });
    const truncated = await readMessage({ body: undefined }, { type: 'message.created.cleaned.truncated' });
    expect(truncated).toMatchObject({ truncated: true, body: null });
    expect(await read(nylasEvent({}, { type: 'message.updated' }))).toMatchObject({
      kind: 'message',
      isUpdate: true,
      type: 'message.updated',
    });
    expect(await read({ type: 'grant.expired', id: 'e1', data: { object: { grant_id: 'g1' } } })).toMatchObject({
      kind: 'other',
      eventId: 'e1',
      grantId: 'g1',
    });
  });

  it('knows that a cleaned body is Markdown, unless the cleaning failed', async () => {
    expect(await readMessage({ body: '**Hi**' }, { type: 'message.created.cleaned' })).toMatchObject({
      bodyType: 'text/plain',
    });
    const failed = await readMessage({ cleaning_status: 'failed' }, { type: 'message.created.cleaned' });
    expect(failed.bodyType).toBe('text/html');
  });

  it.each([
    ['seconds', 1_700_000_000, new Date(1_700_000_000_000)],
    ['seconds as text', '1700000000', new Date(1_700_000_000_000)],
    ['milliseconds', 1_700_000_000_123, new Date(1_700_000_000_123)],
    ['an old mail', 700_000_000, new Date(700_000_000_000)],
    ['missing', undefined, null],
    ['null', null, null],
    ['0', 0, null],
    ['negative', -5, null],
    ['no number', 'yesterday', null],
    ['the far future', 32_503_680_000, null],
    ['huge', 1e300, null],
    ['a list', [1_700_000_000], null],
  ])('takes a date that is %s, or falls back to the time of the event', async (_, date, expected) => {
    const message = await readMessage({ date });
    expect(message.date).toEqual(expected);
    expect(message.timestamp).toEqual(expected ?? envelopeTime);
  });

  it('falls back to the time of arrival where the event has no time either', async () => {
    expect((await readMessage({ date: 0 }, { time: 0 })).timestamp).toEqual(receivedAt);
  });

  it('replaces NUL and lone surrogates everywhere and keeps every other character', async () => {
    const bad = 'a\0b\uD83Dc';
    const good = 'a\uFFFDb\uFFFDc';
    const message = await readMessage({
      subject: bad,
      body: bad,
      snippet: bad,
      from: [{ name: bad, email: 'a@b.example' }],
      folders: [bad],
      attachments: [{ id: 'x', filename: bad, content_type: bad, size: 1 }],
      headers: [{ name: 'X', value: bad }],
    });
    expect([message.subject, message.body, message.snippet, message.from?.name, message.folders[0]]).toEqual(
      Array(5).fill(good),
    );
    expect([message.attachments[0]?.filename, message.headers[0]?.value]).toEqual([good, good]);
    const raw = JSON.stringify(nylasEvent({ subject: 'x' })).replace('"x"', '"a\0b"');
    expect(await read(raw)).toMatchObject({ message: { subject: 'a\uFFFDb' } });
    const scripts = 'Здравствуйте שלום مرحبا 請求書 👩‍👩‍👧 é';
    expect(await readMessage({ subject: scripts, body: scripts })).toMatchObject({ subject: scripts, body: scripts });
  });

  it('survives fields that are missing, null or of another type', async () => {
    const fields = [
      'thread_id',
      'subject',
      'from',
      'to',
      'cc',
      'bcc',
      'reply_to',
      'body',
      'snippet',
      'folders',
      'attachments',
      'headers',
    ];
    for (const value of [undefined, null, 5, {}, [null], [5], [[]], '']) {
      const message = await readMessage(Object.fromEntries(fields.map((field) => [field, value])));
      expect(message.to).toEqual([]);
      expect(message.from).toBeNull();
      expect(typeof message.subject).toBe('string');
    }
  });

  it('tidies addresses and sizes', async () => {
    const message = await readMessage({
      from: { name: ' Ann ', email: ' <Ann@Acme.example> ' },
      to: [
        { email: 'MAILTO:x@y.example' },
        'Bob <bob@acme.example>',
        { name: 'Only Name' },
        {},
        { email: '', name: '' },
      ],
      attachments: [{ size: '42' }, { size: -1 }, { size: 1.5 }, { size: null, content_disposition: 'inline' }],
    });
    expect(message.from).toEqual({ name: 'Ann', email: 'Ann@Acme.example' });
    expect(message.to).toEqual([
      { name: '', email: 'x@y.example' },
      { name: '', email: 'bob@acme.example' },
      { name: 'Only Name', email: '' },
    ]);
    expect(message.attachments.map(({ sizeBytes, isInline }) => [sizeBytes, isInline])).toEqual([
      [42, false],
      [null, false],
      [null, false],
      [null, false],
    ]);
  });

  it('takes a part that is marked inline for a file, unless it is a picture that the body shows', async () => {
    const part = (filename: string, contentType: string, id?: string) => ({
      filename,
      content_type: contentType,
      content_id: id,
      is_inline: true,
    });
    const message = await readMessage({
      body: '<img src="cid:logo@a.example"><img src=\'CID:scan%40a.example\'>',
      attachments: [
        part('logo.png', 'image/png', '<logo@a.example>'),
        part('scan.jpg', 'application/octet-stream', 'scan@a.example'),
        part('photo.jpg', 'image/jpeg', 'photo@a.example'),
        part('invoice.pdf', 'application/pdf', 'logo@a.example'),
        part('remittance.xlsx', 'application/octet-stream'),
      ],
    });

    expect(message.attachments.map(({ isInline }) => isInline)).toEqual([true, true, false, false, false]);
  });

  it('cuts a time after the notification to it', async () => {
    const sentAt = 1_760_000_000;
    const at = async (date: number) => (await readMessage({ date }, { time: sentAt })).timestamp.getTime() / 1000;

    expect(await at(sentAt + 3600)).toBe(sentAt);
    expect(await at(sentAt - 60)).toBe(sentAt - 60);
  });

  it('bounds what one mail can cost', async () => {
    const many = Array.from({ length: 18_000 }, (_, nth) => ({ name: 'n'.repeat(2_000), email: `a${nth}@b.example` }));
    const message = await readMessage({
      subject: `a${'\u0301'.repeat(25_000)}`,
      to: many,
      folders: Array.from({ length: 5_000 }, () => 'f'.repeat(5_000)),
    });

    expect(message.subject.length).toBe(31);
    expect(message.to).toHaveLength(2_000);
    expect(message.to[0]?.name).toHaveLength(500);
    expect(message.folders).toHaveLength(100);
    expect(message.folders[0]).toHaveLength(1_000);
  });

  it('decodes encoded words in names and subjects', async () => {
    const message = await readMessage({
      subject: '=?utf-8?Q?F=C3=BCr_Sie?=',
      from: { name: '=?utf-8?B?TcO8bGxlcg==?=', email: 'a@b.example' },
    });

    expect([message.subject, message.from?.name]).toEqual(['Für Sie', 'Müller']);
  });

  it('never throws, whatever the JSON', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (object, envelope) => {
        const payload = nylasEvent(Object(object), Object(envelope));
        expect(['message', 'other', 'unreadable']).toContain((await read(payload)).kind);
      }),
      { numRuns: 300 },
    );
  });
});
