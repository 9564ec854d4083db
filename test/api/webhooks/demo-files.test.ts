import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readNylasEvent } from '../../../src/ingest/nylas/event.ts';
import { type Call, mergeCall } from '../../../src/ingest/vonage/call.ts';
import { readVonageEvent } from '../../../src/ingest/vonage/event.ts';
import { previewOf } from '../../../src/mail/preview.ts';

const folder = new URL('../../../demo/webhooks/', import.meta.url);
const bytesOf = (file: string) => readFileSync(new URL(file, folder));
const files = readdirSync(folder).toSorted();

describe('demo/webhooks', () => {
  it('holds events that are what their names say', async () => {
    const kinds: Record<string, string> = {};
    for (const file of files.filter((name) => name.startsWith('nylas-'))) {
      const event = await readNylasEvent({ bytes: bytesOf(file) });
      kinds[file] =
        event.kind === 'message' ? `message: ${previewOf(event.message.body, event.message.bodyType)}` : event.kind;
    }
    expect(kinds).toEqual({
      'nylas-1-reminder-sent.json': expect.stringMatching(/^message: Hello .*INV-10397 is still open/),
      'nylas-2-customer-reply.json':
        "message: Hello, it is in Tuesday's payment run 🙂 The remittance advice is attached.",
      'nylas-3-out-of-office.json': 'message: I work on Tuesdays and Thursdays and will answer then.',
      'nylas-4-truncated.json': 'message: null',
      'nylas-5-grant-expired.json': 'other',
    });
  });

  it('holds one call, event by event', () => {
    let call: Call | null = null;
    for (const file of files.filter((name) => name.startsWith('vonage-'))) {
      const event = readVonageEvent(bytesOf(file));
      if (event.kind === 'event') call = mergeCall(call, event);
    }
    expect(call).toMatchObject({ status: 'completed', durationSeconds: 187, recordings: [{ sizeBytes: 370_122 }] });
    expect(call?.parties).toMatchObject({ to: '+13125550100', direction: 'inbound' });
  });
});
