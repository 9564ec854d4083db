import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import type { Db } from '../../db/client.ts';
import { invalidSignature, unavailable } from '../../domain/errors.ts';
import { createFairConcurrencyLimit, type FairConcurrencyLimit } from '../../http/concurrency-limit.ts';
import { takeRawBodies } from '../../http/input/body-parsers.ts';
import type { Metrics } from '../../http/metrics.ts';
import { operation } from '../../http/operation.ts';
import { JwtIdReusedError } from '../../ingest/apply-call.ts';
import type { IngestOutcome } from '../../ingest/event-ledger.ts';
import { type RunInQueue, recordNylasWebhook, recordVonageWebhook } from '../../ingest/ingest.ts';
import { isNylasSignature, matchesNylasSignature, nylasHashes } from '../../ingest/nylas/signature.ts';
import { isPayloadHash, type VonageToken, verifyVonageToken } from '../../ingest/vonage/signature.ts';
import { Acknowledgement, Challenge, ChallengeQuery, NYLAS_DELIVERY, VONAGE_DELIVERY } from './schema.ts';

/**
 * Webhooks of providers (contract §3, Inbound webhooks). They are public and authenticated by a signature over the raw
 * body.
 */

const tags = ['Webhooks'];
const WEBHOOK_BODY_BYTES = 5 * 1024 * 1024;

export const answerNylasChallengeOperation = () =>
  operation(
    {
      operationId: 'answerNylasChallenge',
      summary: 'Answer the challenge of Nylas',
      description: 'Nylas sends a challenge once, when the webhook is set up, and expects the value back unchanged.',
      tags,
      querystring: ChallengeQuery,
      response: { 200: Challenge },
    },
    { access: 'public' },
    async ({ query }, reply) => reply.type('text/plain; charset=utf-8').send(query.challenge),
  );

type WebhookDependencies = {
  settings: Pick<Config, 'nylasWebhookSecrets' | 'vonageSignatureSecrets'>;
  metrics: Metrics;
};

export const recordNylasWebhookOperation = ({ settings, metrics }: WebhookDependencies, limit: FairConcurrencyLimit) =>
  operation(
    {
      operationId: 'recordNylasWebhook',
      summary: 'Take an event from Nylas',
      description:
        'A `message.created` becomes a message of its conversation; every other type is acknowledged and counted. ' +
        '`x-nylas-signature` is the HMAC-SHA256 of the raw body in hexadecimal. A repeated event has no effect.',
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
        request.db.for(ALL_COMPANIES),
        request.log,
        { bytes, contentEncoding, requestId: request.id },
        limitFor(request, limit),
      );
      metrics.countIngested('nylas', outcome.state);
      return acknowledge(outcome);
    },
  );

export const recordVonageWebhookOperation = ({ settings, metrics }: WebhookDependencies, limit: FairConcurrencyLimit) =>
  operation(
    {
      operationId: 'recordVonageWebhook',
      summary: 'Take a Voice event from Vonage',
      description:
        'The events of one call make one message, in any order. `Authorization: Bearer` has a JWT (HS256) with the SHA-256 of ' +
        'the body, at most five minutes old; each JWT id is accepted once.',
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
          request.db.for(ALL_COMPANIES),
          request.log,
          { bytes, requestId: request.id },
          token.claims,
          limitFor(request, limit),
        );
        metrics.countIngested('vonage', outcome.state);
        return acknowledge(outcome);
      } catch (error) {
        throw error instanceof JwtIdReusedError ? invalidSignature() : error;
      }
    },
  );

/** The verified tokens of deliveries whose bodies haven't been received completely. */
const tokens = new WeakMap<FastifyRequest, Extract<VonageToken, { ok: true }>>();

/** The query scope of a delivery, whose company isn't known before its event is read. */
const ALL_COMPANIES = { tenant: 'every' };

/** Registers routes that get the body of any content type as raw bytes, over which signatures are computed. */
export function takingRawBodies(api: FastifyInstance, register: (scope: FastifyInstance) => void): void {
  api.register(async (scope) => {
    takeRawBodies(scope, WEBHOOK_BODY_BYTES);
    register(scope);
  });
}

/** A delivery waits for the limit at most until its response is due. */
function limitFor(request: FastifyRequest, limit: FairConcurrencyLimit): RunInQueue {
  return (queue, job) => limit(queue, request.timeLeftMs, job);
}

/** Leaves half of the connections to requests of users during a burst of deliveries. */
export function createWebhookLimit({ db }: { db: Db }): FairConcurrencyLimit {
  return createFairConcurrencyLimit(Math.max(1, Math.floor(db.pool.options.max / 2)));
}

function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** Answers 503, so that the provider repeats the delivery, by which time the operator may have set the secret. */
function notSetUp(setting: string) {
  return unavailable(undefined, `${setting} is not set.`);
}

function acknowledge({ state, reason }: IngestOutcome) {
  return { state, reason: reason ?? null };
}
