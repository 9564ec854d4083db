import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { readNylasDelivery } from '../../src/ingest/nylas/delivery.ts';
import { readNylasEvent } from '../../src/ingest/nylas/event.ts';
import readInTurn from '../../src/ingest/nylas/reading-thread.ts';
import { bytesOf, nylasEvent } from '../support/nylas-samples.ts';

/** Large and compressed deliveries are read in a thread of their own, and come out as small ones do. */

const receivedAt = new Date('2026-03-01T10:00:00Z');
const LONG = `<p>We paid <b>INV-1001</b>.</p><blockquote>${'When will you pay? '.repeat(10_000)}</blockquote>`;

describe('a large delivery', () => {
  it.each([
    ['a long body', { body: LONG }],
    ['no body', { body: undefined, snippet: 'We paid. '.repeat(20_000) }],
    [
      'many recipients',
      { to: Array.from({ length: 3_000 }, (_, nth) => ({ name: 'P', email: `p${nth}@acme.example` })) },
    ],
    ['marks', { subject: `a${'\u0301'.repeat(100_000)}` }],
    ['NUL and half a surrogate', { body: `${LONG}\0\ud800` }],
  ])('is read as a small one is: %s', async (_, object) => {
    const bytes = bytesOf(nylasEvent(object));
    expect(bytes.length).toBeGreaterThan(65_536);
    const event = await readNylasDelivery({ bytes, receivedAt });
    expect(event).toEqual(await readNylasEvent({ bytes, receivedAt }));
    expect(event.kind).toBe('message');
  });

  it.each([
    ['compressed', gzipSync(bytesOf(nylasEvent({ body: LONG }))), 'message'],
    ['compressed badly', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(10)]), 'unreadable'],
    ['not JSON', Buffer.from('x'.repeat(100_000)), 'unreadable'],
    ['of a type of its own', bytesOf({ type: 'grant.expired', padding: 'x'.repeat(100_000) }), 'other'],
  ])('is read as a small one is: %s', async (_, bytes, kind) => {
    const event = await readNylasDelivery({ bytes, receivedAt });
    expect(event).toEqual(await readNylasEvent({ bytes, receivedAt }));
    expect(event.kind).toBe(kind);
  });

  it('with more values than any mail is unreadable, and is not parsed', async () => {
    for (const value of ['{}', '0', '[[]]']) {
      const lists = `{"id":"e","type":"message.created","data":[${Array(600_000).fill(value).join(',')}]}`;
      const event = await readNylasDelivery({ bytes: gzipSync(lists), receivedAt });
      expect(event).toMatchObject({ kind: 'unreadable', reason: 'has too many values' });
    }
  });

  it('isn’t parsed in the event loop’s thread', async () => {
    const parse = vi.spyOn(JSON, 'parse');
    const [large, small] = [bytesOf(nylasEvent({ body: LONG })), bytesOf(nylasEvent())];
    await readNylasDelivery({ bytes: large, receivedAt });
    await readNylasDelivery({ bytes: gzipSync(small), receivedAt });
    expect(parse).not.toHaveBeenCalled();
    await readNylasDelivery({ bytes: small, receivedAt });
    expect(parse).toHaveBeenCalledOnce();
    parse.mockRestore();
  });

  it('is followed by a rest as long as reading it took, so that a burst leaves the processors to requests', async () => {
    const bytes = bytesOf(nylasEvent({ body: LONG.repeat(5) }));
    const startedAt = performance.now();
    await readInTurn({ bytes, receivedAt });
    const readAt = performance.now();
    await readInTurn({ bytes: bytesOf(nylasEvent()), receivedAt });
    // Timers end up to a millisecond early.
    expect(performance.now() - readAt).toBeGreaterThan((readAt - startedAt) / 2 - 1);
  });
});
