import { randomUUID } from 'node:crypto';
import cors, { type FastifyCorsOptionsDelegateCallback } from '@fastify/cors';
import type { FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  LogController,
  type RawServerDefault,
} from 'fastify';
import { EmailThread } from './api/emails/schema.ts';
import { LiveEvents } from './api/events/live-stream.ts';
import { CommunicationEvent, CommunicationEventList, StreamTicket } from './api/events/schema.ts';
import { Health, Readiness } from './api/health/schema.ts';
import { ManualLog } from './api/manual-logs/schema.ts';
import { PaymentPromise, PaymentPromiseList, PromiseChange } from './api/promises/schema.ts';
import { REFERENCE_SCHEMAS } from './api/reference-data/schema.ts';
import { Credentials, Session } from './api/sessions/schema.ts';
import { NewThreadNote, ThreadNote, ThreadNoteChange, ThreadNoteList } from './api/thread-notes/schema.ts';
import { ThreadChange } from './api/threads/patch-schema.ts';
import {
  Attachment,
  CommunicationThread,
  CommunicationThreadDetail,
  CommunicationThreadList,
  CommunicationThreadWithOthers,
  EmailParty,
} from './api/threads/schema.ts';
import {
  NewWebhookEndpoint,
  OutgoingEvent,
  WebhookDelivery,
  WebhookDeliveryList,
  WebhookEndpoint,
  WebhookEndpointChange,
  WebhookEndpointList,
  WebhookEndpointWithSecret,
  WebhookReplay,
} from './api/webhook-endpoints/schema.ts';
import { Acknowledgement } from './api/webhooks/schema.ts';
import { collectMethods } from './http/allowed-methods.ts';
import {
  MAX_HEADER_BYTES,
  refuseInNodesPlace,
  registerErrors,
  sendClientError,
  sendUnroutable,
} from './http/error-handler.ts';
import { registerResponseCache } from './http/lists/response-cache.ts';
import { Metrics } from './http/metrics.ts';
import { registerDocumentation } from './http/openapi/plugin.ts';
import { registerInbox } from './http/pages/inbox.ts';
import { registerLlmsText } from './http/pages/llms.ts';
import { Problem } from './http/problem.ts';
import { registerRateLimit } from './http/rate-limit.ts';
import { observeRequests } from './http/request-log.ts';
import { registerRequestChecks } from './http/request-pipeline.ts';
import { registerResponseHeaders } from './http/security-headers.ts';
import { type Dependencies, registerApi, registerService, type Settings } from './routes.ts';

export type AppOptions = Omit<Dependencies, 'live' | 'metrics'> & {
  log: FastifyBaseLogger | false;
  /** Where several processes are one server, the one that gathers theirs. */
  metrics?: Metrics;
  /** Where requests are counted when this process is not the whole server. */
  rateLimitStore?: FastifyRateLimitStoreCtor;
};

/** Of a process; more are closed when they connect. Each may hold headers of 16 KiB and a socket's buffers. */
const MAX_CONNECTIONS = 5_000;
const MEBIBYTE = 1024 * 1024;
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;
/** The named components of the OpenAPI document. */
const SHARED_SCHEMAS = [
  ...REFERENCE_SCHEMAS,
  Problem,
  Credentials,
  Session,
  EmailParty,
  Attachment,
  CommunicationThread,
  CommunicationThreadList,
  CommunicationThreadDetail,
  CommunicationThreadWithOthers,
  EmailThread,
  ManualLog,
  ThreadNote,
  ThreadNoteList,
  NewThreadNote,
  ThreadChange,
  ThreadNoteChange,
  PaymentPromise,
  PaymentPromiseList,
  PromiseChange,
  CommunicationEvent,
  CommunicationEventList,
  StreamTicket,
  WebhookEndpoint,
  WebhookEndpointWithSecret,
  WebhookEndpointList,
  NewWebhookEndpoint,
  WebhookEndpointChange,
  WebhookReplay,
  WebhookDelivery,
  WebhookDeliveryList,
  OutgoingEvent,
  Acknowledgement,
  Health,
  Readiness,
];

/** The application without a process round it: no port, no environment. */
export async function buildApp({ log, rateLimitStore, ...given }: AppOptions): Promise<FastifyInstance> {
  const deps: Dependencies = { ...given, live: new LiveEvents(given.db), metrics: given.metrics ?? new Metrics() };
  deps.metrics.watch(deps);
  const options: FastifyHttpOptions<RawServerDefault> = {
    ...(log ? { loggerInstance: log } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: MEBIBYTE,
    trustProxy: trustedProxies(deps.settings.trustProxy),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 256 },
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    // Zero by default, which holds slow clients for ever.
    connectionTimeout: 15_000,
    requestTimeout: 10_000,
    keepAliveTimeout: deps.settings.keepAliveSeconds * 1_000,
    http: {
      headersTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: MAX_HEADER_BYTES,
      // `refuseInNodesPlace` does.
      requireHostHeader: false,
    },
    clientErrorHandler: sendClientError,
    frameworkErrors: sendUnroutable,
  };
  const app = Fastify(options);
  app.server.maxConnections = MAX_CONNECTIONS;

  // Streams never end by themselves, and closing waits for what is in flight.
  app.addHook('preClose', async () => deps.live.close());
  observeRequests(app, deps.metrics);
  registerErrors(app);
  registerResponseHeaders(app);
  refuseInNodesPlace(app);
  registerResponseCache(app);
  for (const schema of SHARED_SCHEMAS) app.addSchema(schema);
  if (deps.settings.corsOrigins.length > 0) await app.register(cors, { delegator: corsFor(deps.settings.corsOrigins) });
  await registerRateLimit(app, deps.settings, rateLimitStore);
  registerRequestChecks(app, deps);
  const refuseOtherMethods = collectMethods(app);
  await registerDocumentation(app);
  registerInbox(app);
  registerLlmsText(app);

  await app.register(async (api) => registerApi(api, deps), { prefix: '/api' });
  await app.register(async (api) => registerApi(hiddenFromDocument(api), deps), { prefix: '/api/v1' });
  registerService(app, deps);
  refuseOtherMethods();
  return app;
}

/** A number means so many proxies before the client. */
function trustedProxies(setting: Settings['trustProxy']) {
  return typeof setting === 'number' ? (_address: string, hop: number) => hop < setting : setting;
}

function hiddenFromDocument(api: FastifyInstance): FastifyInstance {
  return api.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, hide: true };
  });
}

/** An OPTIONS that is no preflight is answered as without CORS: with the methods of its address, or 404. */
function corsFor(origins: readonly string[]): FastifyCorsOptionsDelegateCallback {
  const options = corsOptions(origins);
  return ({ headers }, done) => {
    const preflight = headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
    done(null, { ...options, preflight });
  };
}

function corsOptions(origins: readonly string[]) {
  return {
    origin: [...origins],
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'Prefer',
      'If-Match',
      'If-None-Match',
      'Last-Event-ID',
      'X-Request-Id',
      'Cache-Control',
    ],
    exposedHeaders: [
      'Link',
      'Location',
      'ETag',
      'Retry-After',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'X-Request-Id',
      'X-Ignored-Parameters',
      'Idempotency-Replayed',
      'Preference-Applied',
    ],
    maxAge: 600,
  };
}
