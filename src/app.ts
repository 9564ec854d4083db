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
  /** Where several processes are one server, the one that gathers theirs. */
  metrics?: Metrics;
  /** Where requests are counted when this process is not the whole server. */
  rateLimitStore?: FastifyRateLimitStoreCtor;
};

/** Of a process; more are closed when they connect. Each may hold headers of 16 KiB and a socket's buffers. */
const MAX_CONNECTIONS = 5_000;
const MEBIBYTE = 1024 * 1024;
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/**
 * The application without a process round it: no port, no environment. The order of the plugins is the order of their
 * hooks; each declares which others must stand before it, and a missing one fails here.
 */
export async function buildApp({ log, rateLimitStore, ...given }: AppOptions): Promise<FastifyInstance> {
  const deps: Dependencies = { ...given, live: new LiveEvents(given.db), metrics: given.metrics ?? new Metrics() };
  deps.metrics.watch(deps);
  const app = Fastify(serverOptions(deps.settings, log));
  app.server.maxConnections = MAX_CONNECTIONS;
  // Streams never end by themselves, and closing waits for what is in flight.
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
    // Zero by default, which holds slow clients for ever.
    connectionTimeout: 15_000,
    requestTimeout: 10_000,
    keepAliveTimeout: settings.keepAliveSeconds * 1_000,
    http: {
      headersTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: MAX_HEADER_BYTES,
      // `protocolChecks` does.
      requireHostHeader: false,
    },
    clientErrorHandler: sendClientError,
    frameworkErrors: sendUnroutable,
  };
}

/** A number means so many proxies before the client. */
function trustedProxies(setting: Settings['trustProxy']) {
  return typeof setting === 'number' ? (_address: string, hop: number) => hop < setting : setting;
}
