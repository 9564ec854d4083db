import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { generateSecret, signHeaders } from '../../src/api/webhook-endpoints/secrets.ts';
import { verifyWebhook, WebhookVerificationError } from '../../src/client/index.ts';

/** What a receiver does with a delivery, with the signatures of the server itself. */

const NOW = new Date('2026-05-12T14:30:00.000Z');
const ID = '0192f0c4-7c1e-7b43-9d5f-3c6a1f0e9b21';
const EVENT = { type: 'note.created', timestamp: NOW.toISOString(), data: { company_id: 'c', note_id: 'n – ü' } };
const BODY = JSON.stringify(EVENT);
const secret = generateSecret();
const headers = signHeaders([secret], ID, NOW, BODY);

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('verifyWebhook', () => {
  it.each([
    ['an object of headers', BODY, { ...headers }],
    [
      'headers in another case',
      BODY,
      Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toUpperCase(), v])),
    ],
    ['the Headers of a fetch', BODY, new Headers(headers)],
    ['the bytes of the body', new TextEncoder().encode(BODY), headers],
    ['a Buffer', Buffer.from(BODY), headers],
    ['a signature of another version before ours', BODY, behind('v2,AAAA')],
    ['a signature that is no base64 before ours', BODY, behind('v1,*')],
  ])('gives the event, with %s', async (_name, body, given) => {
    expect(await verifyWebhook(secret, body, given)).toEqual(EVENT);
  });

  it('takes the example of the specification', async () => {
    const example = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    vi.setSystemTime(1_614_265_330_000);
    const key = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(await verifyWebhook(key, '{"test": 2432232314}', example)).toEqual({ test: 2_432_232_314 });
  });

  it('takes both secrets while they are being changed, each with the other one’s signature beside it', async () => {
    const next = generateSecret();
    const rotated = signHeaders([next, secret], ID, NOW, BODY);
    expect(await verifyWebhook(secret, BODY, rotated)).toEqual(EVENT);
    expect(await verifyWebhook(next, BODY, rotated)).toEqual(EVENT);
    await expect(verifyWebhook(generateSecret(), BODY, rotated)).rejects.toThrow(WebhookVerificationError);
  });

  it.each([
    ['another secret', BODY, signHeaders([generateSecret()], ID, NOW, BODY), 'No signature of this secret.'],
    ['a changed body', BODY.replace('created', 'deleted'), headers, 'No signature of this secret.'],
    [
      'a body that was parsed and written again',
      JSON.stringify(EVENT, null, 1),
      headers,
      'No signature of this secret.',
    ],
    ['a changed id', BODY, { ...headers, 'webhook-id': `${ID}x` }, 'No signature of this secret.'],
    ['a changed time', BODY, { ...headers, 'webhook-timestamp': stampOf(1) }, 'No signature of this secret.'],
    ['a time that is long ago', BODY, signedAt(-301), 'The webhook-timestamp is too far from now.'],
    ['a time that lies ahead', BODY, signedAt(301), 'The webhook-timestamp is too far from now.'],
    [
      'a time that is none',
      BODY,
      { ...headers, 'webhook-timestamp': '1e9' },
      'The webhook-timestamp is too far from now.',
    ],
    ['no id', BODY, without('webhook-id'), 'The header webhook-id is missing.'],
    ['no time', BODY, without('webhook-timestamp'), 'The header webhook-timestamp is missing.'],
    ['no signature', BODY, without('webhook-signature'), 'The header webhook-signature is missing.'],
    ['an empty signature', BODY, { ...headers, 'webhook-signature': '' }, 'The header webhook-signature is missing.'],
    ['a signature of another version alone', BODY, only(headers['webhook-signature'].replace('v1', 'v1a'))],
    ['a signature cut short', BODY, only(headers['webhook-signature'].slice(0, -8))],
  ])('refuses %s', async (_name, body, given, reason = 'No signature of this secret.') => {
    await expect(verifyWebhook(secret, body, given)).rejects.toThrow(new WebhookVerificationError(reason));
  });

  it.each([-300, 300])('takes a time that differs by %i seconds, and as far as it is told to', async (seconds) => {
    expect(await verifyWebhook(secret, BODY, signedAt(seconds))).toEqual(EVENT);
    const strict = verifyWebhook(secret, BODY, signedAt(seconds), { toleranceSeconds: 299 });
    await expect(strict).rejects.toThrow('too far from now');
  });

  it('names a secret that is none, whatever was sent', async () => {
    await expect(verifyWebhook('whsec_*', BODY, headers)).rejects.toThrow('The secret must be whsec_ and base64.');
  });

  it('agrees with the library of the specification', async () => {
    const signature = new Webhook(secret).sign(ID, NOW, BODY);
    expect(await verifyWebhook(secret, BODY, only(signature))).toEqual(EVENT);
  });
});

function only(signature: string) {
  return { ...headers, 'webhook-signature': signature };
}

function behind(signature: string) {
  return only(`${signature} ${headers['webhook-signature']}`);
}

function signedAt(seconds: number) {
  return signHeaders([secret], ID, new Date(NOW.getTime() + seconds * 1_000), BODY);
}

function stampOf(seconds: number): string {
  return String(NOW.getTime() / 1_000 + seconds);
}

function without(name: keyof typeof headers) {
  const { [name]: _left, ...others } = headers;
  return others;
}
