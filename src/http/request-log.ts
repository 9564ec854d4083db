import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { clientAddress } from './client-address.ts';
import type { Metrics } from './metrics.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the answer is a 4xx: the problem's code. */
    refusal: string | undefined;
  }
}

/**
 * One log line and one measurement a request, when it has ended, whichever way. The route's pattern, ids and figures:
 * never the address as it came, whose query may hold names, and never a body.
 */
export const requestLog = fastifyPlugin<{ metrics: Metrics }>(observeRequests, { name: 'request-log' });

async function observeRequests(app: FastifyInstance, { metrics }: { metrics: Metrics }): Promise<void> {
  const answered = new WeakSet<FastifyRequest>();
  app.decorateRequest('refusal');
  app.addHook('onRequest', (request, reply, done) => {
    clientAddress(request);
    // A client that leaves early is told by no hook of Fastify's.
    reply.raw.once('close', () => {
      if (!answered.has(request)) observe(request, reply, metrics, true);
    });
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    answered.add(request);
    observe(request, reply, metrics, false);
    done();
  });
}

function observe(request: FastifyRequest, reply: FastifyReply, metrics: Metrics, isAborted: boolean): void {
  const { method } = request;
  const route = routeOf(request);
  const isStream = String(reply.getHeader('content-type') ?? '').startsWith('text/event-stream');
  if (isAborted && !isStream) metrics.countAborted(method, route);
  else if (!isStream) metrics.countRequest(method, route, reply.statusCode, reply.elapsedTime / 1000);
  const { company_id: companyId } = (request.params ?? {}) as { company_id?: string };
  const { caller } = request as { caller?: { userId: string } };
  // Load balancers and Prometheus ask every few seconds: of no interest while nothing is wrong.
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

/** `/api` and `/api/v1` are one address; what no route takes is one too, however many are tried. */
function routeOf(request: FastifyRequest): string {
  const { url } = request.routeOptions;
  return request.is404 || url === undefined ? 'none' : url.replace(/^\/api\/v1\//, '/api/');
}
