import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import type { Db } from '../../db/client.ts';
import { invalidSignature, unavailable } from '../../domain/errors.ts';
import { createFairGate, type FairGate } from '../../http/concurrency-limit.ts';
import { takeRawBodies } from '../../http/input/body-parsers.ts';
import type { Metrics } from '../../http/metrics.ts';
import { operation } from '../../http/operation.ts';
import { JwtIdReusedError } from '../../ingest/apply-call.ts';
import type { Outcome } from '../../ingest/event-ledger.ts';
import { recordNylasWebhook, recordVonageWebhook, type TakeTurn } from '../../ingest/ingest.ts';
import { isNylasSignature, matchesNylasSignature, nylasHashes } from '../../ingest/nylas/signature.ts';
import { isPayloadHash, type VonageToken, verifyVonageToken } from '../../ingest/vonage/signature.ts';
import { Acknowledgement, Challenge, ChallengeQuery, NYLAS_DELIVERY, VONAGE_DELIVERY } from './schema.ts';

/** Where providers deliver (contract §3, Inbound webhooks). Public: the signature over the raw bytes is the key. */

const tags = ['Webhooks'];
export const WEBHOOK_BODY_BYTES = 5 * 1024 * 1024;

export const answerNylasChallengeOperation = () =>
  operation(
    {
      operationId: 'answerNylasChallenge',
      summary: 'Answer the challenge of Nylas',
      description: 'Nylas asks once, when the webhook is set up, and expects the value back as it is.',
      tags,
      querystring: ChallengeQuery,
      response: { 200: Challenge },
    },
    { access: 'public' },
    async ({ query }, reply) => reply.type('text/plain; charset=utf-8').send(query.challenge),
  );

type Receiver = {
  settings: Pick<Config, 'nylasWebhookSecrets' | 'vonageSignatureSecrets'>;
  metrics: Metrics;
};

export const recordNylasWebhookOperation = ({ settings, metrics }: Receiver, gate: FairGate) =>
  operation(
    {
      operationId: 'recordNylasWebhook',
      summary: 'Take an event from Nylas',
      description:
        'A `message.created` becomes a message of its conversation; every other type is acknowledged and counted. ' +
        '`x-nylas-signature` is the hex HMAC-SHA256 of the body as it travels. The same event again changes nothing.',
      tags,
      response: { 200: Acknowledgement },
    },
    {
      access: 'public',
      problems: ['invalid_signature', 'payload_too_large'],
      delivery: NYLAS_DELIVERY,
      checkSender: async (request) => {
        if (settings.nylasWebhookSecrets.length === 0) throw notSetUp('NYLAS_WEBHOOK_SECRET');
        if (!isNylasSignature(request.headers['x-nylas-signature'])) throw invalidSignature();
        request.bodyHashes = nylasHashes(settings.nylasWebhookSecrets);
      },
    },
    async (request) => {
      const bytes = bytesOf(request);
      if (!matchesNylasSignature(request.headers['x-nylas-signature'], request.bodyHashes ?? []))
        throw invalidSignature();
      const contentEncoding = request.headers['content-encoding'];
      const outcome = await recordNylasWebhook(
        request.db.for(FINDING_OUT),
        request.log,
        { bytes, contentEncoding },
        turnsOf(request, gate),
      );
      metrics.countIngested('nylas', outcome.state);
      return acknowledge(outcome);
    },
  );

export const recordVonageWebhookOperation = ({ settings, metrics }: Receiver, gate: FairGate) =>
  operation(
    {
      operationId: 'recordVonageWebhook',
      summary: 'Take a Voice event from Vonage',
      description:
        'The events of one call grow one message, in any order. `Authorization: Bearer` holds a JWT (HS256) with the ' +
        "SHA-256 of the body, at most five minutes old; each token's id counts once.",
      tags,
      response: { 200: Acknowledgement },
    },
    {
      access: 'public',
      problems: ['invalid_signature', 'payload_too_large'],
      delivery: VONAGE_DELIVERY,
      checkSender: async (request) => {
        if (settings.vonageSignatureSecrets.length === 0) throw notSetUp('VONAGE_SIGNATURE_SECRET');
        const token = await verifyVonageToken(request.headers.authorization, settings.vonageSignatureSecrets);
        if (!token.ok) throw invalidSignature();
        tokens.set(request, token);
        request.bodyHashes = [createHash('sha256')];
      },
    },
    async (request) => {
      const bytes = bytesOf(request);
      const token = tokens.get(request);
      const [bodyHash] = request.bodyHashes ?? [];
      if (!token || !bodyHash || !isPayloadHash(bodyHash.digest(), token.payloadHash)) throw invalidSignature();
      try {
        const outcome = await recordVonageWebhook(
          request.db.for(FINDING_OUT),
          request.log,
          bytes,
          token.claims,
          turnsOf(request, gate),
        );
        metrics.countIngested('vonage', outcome.state);
        return acknowledge(outcome);
      } catch (error) {
        throw error instanceof JwtIdReusedError ? invalidSignature() : error;
      }
    },
  );

/** Of deliveries whose bodies are still on their way. */
const tokens = new WeakMap<FastifyRequest, Extract<VonageToken, { ok: true }>>();

/** The company of a delivery is found while it is being recorded. */
const FINDING_OUT = { rows: 'every' };

/** A scope whose routes take a body of any type as its bytes: a signature counts for them as they came. */
export function takingRawBodies(api: FastifyInstance, register: (scope: FastifyInstance) => void): void {
  api.register(async (scope) => {
    takeRawBodies(scope, WEBHOOK_BODY_BYTES);
    register(scope);
  });
}

/** A delivery waits for its turn as long as there is time to answer it. */
function turnsOf(request: FastifyRequest, gate: FairGate): TakeTurn {
  return (queue, work) => gate(queue, request.timeLeftMs, work);
}

/** A burst of deliveries leaves half the connections to the requests of users. */
export function createWebhookGate({ db }: { db: Db }): FairGate {
  return createFairGate(Math.max(1, Math.floor(db.pool.options.max / 2)));
}

function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** As when the database is away: the provider delivers again, and by then the setting may be there. */
function notSetUp(setting: string) {
  return unavailable(undefined, `${setting} is not set.`);
}

function acknowledge({ state, reason }: Outcome) {
  return { state, reason: reason ?? null };
}
