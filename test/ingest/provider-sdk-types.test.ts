import { verifySignature } from '@vonage/jwt';
import type { Vonage } from '@vonage/server-sdk';
import type { Message, WebhookTriggers } from 'nylas';
import { describe, expect, it } from 'vitest';
import { nylasEvent, nylasMessageObject } from '../support/nylas-samples.ts';
import {
  vonageAnswered,
  vonageCompleted,
  vonageDelivery,
  vonageHuman,
  vonageRinging,
  vonageStarted,
  vonageUnanswered,
} from '../support/vonage-samples.ts';

/** The SDK speaks camelCase, the wire snake_case. */
type SnakeCase<S extends string> = S extends `${infer Head}${infer Tail}`
  ? Head extends Lowercase<Head>
    ? `${Head}${SnakeCase<Tail>}`
    : `_${Lowercase<Head>}${SnakeCase<Tail>}`
  : S;
type Wire<T> = T extends (infer Entry)[]
  ? Wire<Entry>[]
  : T extends object
    ? { [Key in keyof T as Key extends string ? SnakeCase<Key> : Key]: Wire<T[Key]> }
    : T;

type CallDetail = Awaited<ReturnType<Vonage['voice']['getCall']>>;
type CallStatus = `${CallDetail['status']}`;

// What the type checker accepts here is what the official SDKs say that the providers send.
nylasMessageObject satisfies Wire<Message>;
'message.created' satisfies `${WebhookTriggers}`;
'message.created.truncated' satisfies `${WebhookTriggers}`;
'message.created.cleaned' satisfies `${WebhookTriggers}`;
vonageStarted.status satisfies CallStatus;
vonageRinging.status satisfies CallStatus;
vonageAnswered.status satisfies CallStatus;
vonageCompleted.status satisfies CallStatus;
vonageUnanswered.status satisfies CallStatus;
vonageStarted.direction satisfies `${CallDetail['direction']}`;
const { duration, rate, price, network, uuid } = vonageCompleted;
({ duration, rate, price, network, uuid }) satisfies Pick<
  CallDetail,
  'duration' | 'rate' | 'price' | 'network' | 'uuid'
>;

// And what it refuses, lest a type that turned into `any` accept everything.
// @ts-expect-error a date is a number
({ ...nylasMessageObject, date: 'now' }) satisfies Wire<Message>;
// @ts-expect-error an attachment has a content type
({ ...nylasMessageObject, attachments: [{ id: 'a', grant_id: 'g', filename: 'f' }] }) satisfies Wire<Message>;
// @ts-expect-error no such status
'finished' satisfies CallStatus;

describe('sample events', () => {
  it('are what the official SDK types describe', () => {
    expect(nylasEvent().data.object.object).toBe('message');
    // The SDK's list of statuses lacks `human`, which the webhook reference has.
    expect(vonageHuman.status).toBe('human');
  });

  it('carry a signature that the official verifier accepts', async () => {
    const { headers } = await vonageDelivery(vonageStarted, 'signature-secret');
    const token = headers.authorization.replace('Bearer ', '');
    expect(verifySignature(token, 'signature-secret')).toBe(true);
    expect(verifySignature(token, 'another-secret')).toBe(false);
  });
});
