import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import type { Db } from '../../db/client.ts';
import { invalidSignature, unavailable } from '../../domain/errors.ts';
import { takeRawBodies } from '../../http/input/body-parsers.ts';
import type { Metrics } from '../../http/metrics.ts';
import { operation } from '../../http/operation.ts';
import { JwtIdReusedError } from '../../ingest/apply-call.ts';
import type { Outcome } from '../../ingest/event-ledger.ts';
import { recordNylasWebhook, recordVonageWebhook } from '../../ingest/ingest.ts';
import { verifyNylasSignature } from '../../ingest/nylas/signature.ts';
import { verifyVonageSignature } from '../../ingest/vonage/signature.ts';
import { createGate, type Gate } from './concurrency-limit.ts';
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

export const recordNylasWebhookOperation = ({ settings, metrics }: Receiver, gate: Gate) =>
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
    { access: 'public', problems: ['invalid_signature', 'payload_too_large'], delivery: NYLAS_DELIVERY },
    async (request) => {
      if (settings.nylasWebhookSecrets.length === 0) throw notSetUp('NYLAS_WEBHOOK_SECRET');
      const bytes = bytesOf(request);
      if (!verifyNylasSignature(bytes, request.headers['x-nylas-signature'], settings.nylasWebhookSecrets))
        throw invalidSignature();
      const contentEncoding = request.headers['content-encoding'];
      const outcome = await gate(request.timeLeftMs, () =>
        recordNylasWebhook(request.db.for(FINDING_OUT), request.log, { bytes, contentEncoding }),
      );
      metrics.countIngested('nylas', outcome.state);
      return acknowledge(outcome);
    },
  );

export const recordVonageWebhookOperation = ({ settings, metrics }: Receiver, gate: Gate) =>
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
    { access: 'public', problems: ['invalid_signature', 'payload_too_large'], delivery: VONAGE_DELIVERY },
    async (request) => {
      if (settings.vonageSignatureSecrets.length === 0) throw notSetUp('VONAGE_SIGNATURE_SECRET');
      const bytes = bytesOf(request);
      const { authorization } = request.headers;
      const verdict = await verifyVonageSignature(bytes, authorization, settings.vonageSignatureSecrets);
      if (!verdict.ok) throw invalidSignature();
      try {
        const outcome = await gate(request.timeLeftMs, () =>
          recordVonageWebhook(request.db.for(FINDING_OUT), request.log, bytes, verdict.claims),
        );
        metrics.countIngested('vonage', outcome.state);
        return acknowledge(outcome);
      } catch (error) {
        throw error instanceof JwtIdReusedError ? invalidSignature() : error;
      }
    },
  );

/** Whose a delivery is turns out on the way. */
const FINDING_OUT = { rows: 'every' };

/** A scope whose routes take a body of any type as its bytes: a signature counts for them as they came. */
export function takingRawBodies(api: FastifyInstance, register: (scope: FastifyInstance) => void): void {
  api.register(async (scope) => {
    takeRawBodies(scope, WEBHOOK_BODY_BYTES);
    register(scope);
  });
}

/** A burst of deliveries leaves half the connections to the people who read. */
export function createWebhookGate({ db }: { db: Db }): Gate {
  return createGate(Math.max(1, Math.floor(db.pool.options.max / 2)));
}

function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** As when the database is away: the provider comes again, and by then somebody may have set it. */
function notSetUp(setting: string) {
  return unavailable(undefined, `${setting} is not set.`);
}

function acknowledge({ state, reason }: Outcome) {
  return { state, reason: reason ?? null };
}
