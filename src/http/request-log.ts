import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { clientAddress } from './client-address.ts';
import type { Metrics } from './metrics.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The problem code of a 4xx response. */
    refusal: string | undefined;
  }
}

/**
 * Writes one log line and one metric for each request when it ends, whether answered or aborted. The line has the route
 * pattern, ids and numbers, never the URL, whose query may contain names, and never a body.
 */
export const requestLog = fastifyPlugin<{ metrics: Metrics }>(observeRequests, { name: 'request-log' });

async function observeRequests(app: FastifyInstance, { metrics }: { metrics: Metrics }): Promise<void> {
  const answered = new WeakSet<FastifyRequest>();
  app.decorateRequest('refusal');
  app.addHook('onRequest', (request, reply, done) => {
    clientAddress(request);
    // Fastify has no hook for a client that closes the connection before the response is sent.
    reply.raw.once('close', () => {
      if (!answered.has(request)) record(request, reply, metrics, true);
    });
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    answered.add(request);
    record(request, reply, metrics, false);
    done();
  });
}

function record(request: FastifyRequest, reply: FastifyReply, metrics: Metrics, isAborted: boolean): void {
  const { method } = request;
  const route = routeOf(request);
  const isStream = String(reply.getHeader('content-type') ?? '').startsWith('text/event-stream');
  if (isAborted && !isStream) metrics.countAborted(method, route);
  else if (!isStream) metrics.countRequest(method, route, reply.statusCode, reply.elapsedTime / 1000);
  const { company_id: companyId } = (request.params ?? {}) as { company_id?: string };
  const { caller } = request as { caller?: { userId: string } };
  // Load balancers and Prometheus send a request every few seconds, so successful probes are logged at debug level.
  const level = PROBES.has(route) && reply.statusCode < 400 ? 'debug' : 'info';
  request.log[level](
    {
      method,
      route,
      address: clientAddress(request),
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      ...(companyId === undefined ? {} : { companyId }),
      ...(caller === undefined ? {} : { userId: caller.userId }),
      ...(request.refusal === undefined ? {} : { reason: request.refusal }),
      ...(isAborted ? { aborted: true } : {}),
    },
    'request',
  );
}

const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * One label for `/api` and `/api/v1`, and one for all URLs without a route, so that the labels of the metrics are
 * bounded.
 */
function routeOf(request: FastifyRequest): string {
  const { url } = request.routeOptions;
  return request.is404 || url === undefined ? 'none' : url.replace(/^\/api\/v1\//, '/api/');
}
