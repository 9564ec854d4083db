import { randomUUID } from 'node:crypto';
import type { FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  LogController,
  type RawServerDefault,
} from 'fastify';
import { LiveEvents } from './api/events/live-stream.ts';
import { OUTGOING_WEBHOOK } from './api/webhook-endpoints/outgoing-webhook.ts';
import { allowedMethods, methodNotAllowed } from './http/allowed-methods.ts';
import { cors } from './http/cors.ts';
import {
  errorHandler,
  MAX_HEADER_BYTES,
  protocolChecks,
  sendClientError,
  sendUnroutable,
} from './http/error-handler.ts';
import { bodyBudget } from './http/input/body-parsers.ts';
import { responseCache } from './http/lists/response-cache.ts';
import { Metrics } from './http/metrics.ts';
import { components } from './http/openapi/components.ts';
import { documentation } from './http/openapi/plugin.ts';
import { inbox } from './http/pages/inbox.ts';
import { llmsText } from './http/pages/llms.ts';
import { rateLimit } from './http/rate-limit.ts';
import { requestLog } from './http/request-log.ts';
import { requestPipeline } from './http/request-pipeline.ts';
import { securityHeaders } from './http/security-headers.ts';
import { api, type Dependencies, type Settings, service } from './routes.ts';

export type AppOptions = Omit<Dependencies, 'live' | 'metrics'> & {
  log: FastifyBaseLogger | false;
  /** The metrics of a worker, which renders those of all workers. */
  metrics?: Metrics;
  /** Counts requests in another process, when the server has several workers. */
  rateLimitStore?: FastifyRateLimitStoreCtor;
};

/**
 * The limit on client connections of one process, which closes further connections at once. Each connection may take up
 * 16 KiB of headers and a socket's buffers.
 */
const MAX_CONNECTIONS = 5_000;
const MEBIBYTE = 1024 * 1024;
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * Builds the application, without listening and without reading the environment. The order of the plugins is the order
 * of their hooks. Each plugin declares the plugins that must be registered before it, and a missing one fails here.
 */
export async function buildApp({ log, rateLimitStore, ...given }: AppOptions): Promise<FastifyInstance> {
  const deps: Dependencies = { ...given, live: new LiveEvents(given.db), metrics: given.metrics ?? new Metrics() };
  deps.metrics.addGauges(deps);
  const app = Fastify(serverOptions(deps.settings, log));
  app.server.maxConnections = MAX_CONNECTIONS;
  // Event streams never end by themselves, and closing waits for responses in flight.
  app.addHook('preClose', async () => deps.live.close());

  app.register(requestLog, deps);
  app.register(errorHandler);
  app.register(securityHeaders);
  app.register(protocolChecks);
  app.register(responseCache);
  app.register(cors, deps);
  app.register(rateLimit, { ...deps, store: rateLimitStore });
  app.register(bodyBudget);
  app.register(requestPipeline, deps);
  app.register(allowedMethods);
  app.register(components);
  app.register(documentation, { outgoingWebhook: OUTGOING_WEBHOOK });
  app.register(inbox);
  app.register(llmsText);
  app.register(api, { ...deps, prefix: '/api' });
  app.register(api, { ...deps, prefix: '/api/v1', isHidden: true });
  app.register(service, deps);
  app.register(methodNotAllowed);
  await app.after();
  return app;
}

function serverOptions(settings: Settings, log: AppOptions['log']): FastifyHttpOptions<RawServerDefault> {
  return {
    ...(log ? { loggerInstance: log } : { logger: false }),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: MEBIBYTE,
    trustProxy: trustedProxies(settings.trustProxy),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 256 },
    requestIdHeader: false,
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    // The default, 0, is no timeout for slow clients.
    connectionTimeout: 15_000,
    requestTimeout: 10_000,
    keepAliveTimeout: settings.keepAliveSeconds * 1_000,
    http: {
      headersTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: MAX_HEADER_BYTES,
      // `protocolChecks` checks it and sends a problem document.
      requireHostHeader: false,
    },
    clientErrorHandler: sendClientError,
    frameworkErrors: sendUnroutable,
  };
}

/** A number means that this many proxies in front of the server are trusted. */
function trustedProxies(setting: Settings['trustProxy']) {
  return typeof setting === 'number' ? (_address: string, hop: number) => hop < setting : setting;
}
