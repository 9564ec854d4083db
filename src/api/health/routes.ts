import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { hashToken } from '../../crypto/token.ts';
import { notFound, unavailable } from '../../domain/errors.ts';
import { VERSION } from '../../domain/version.ts';
import { isLoopback } from '../../http/client-address.ts';
import type { Metrics } from '../../http/metrics.ts';
import { operation } from '../../http/operation.ts';
import { findReadinessFault } from './readiness.ts';
import { Exposition, Health, Readiness } from './schema.ts';

const tags = ['Service'];

export const healthzOperation = () =>
  operation(
    {
      operationId: 'healthz',
      summary: 'Process health',
      description: 'Whether the process is running, and its version. It makes no query.',
      tags,
      response: { 200: Health },
    },
    { access: 'public' },
    async () => ({ status: 'ok', version: VERSION }),
  );

export const readyzOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'readyz',
      summary: 'Readiness',
      description: 'Whether the database can be reached, its migrations are applied and the encryption keys match it.',
      tags,
      response: { 200: Readiness },
    },
    { access: 'public' },
    async (request) => {
      const fault = await findReadinessFault(request.db, ring);
      if (fault) throw unavailable(fault.cause, fault.detail);
      return { status: 'ok' };
    },
  );

type MetricsDependencies = { metrics: Metrics; settings: Pick<Config, 'metricsToken'> };

export const metricsOperation = ({ metrics, settings }: MetricsDependencies) =>
  operation(
    {
      operationId: 'metrics',
      summary: 'Metrics',
      description:
        'For Prometheus: requests by route and status with their latencies, connections, the event loop, the states of ' +
        "providers' events, and the encryption key ids in use; nothing about companies. With the setting `METRICS_TOKEN` it " +
        'requires `Authorization: Bearer` with that token. Without the setting it is available only to clients on the loopback ' +
        'address, without a proxy between. Every other request is answered 404.',
      tags,
      response: { 200: Exposition },
    },
    { access: 'public', problems: ['not_found'] },
    async (request, reply) => {
      if (!mayRead(request, settings.metricsToken)) throw notFound();
      return reply.type(metrics.contentType).send(await metrics.render());
    },
  );

/** Headers that proxies add to a forwarded request. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

function mayRead({ headers, socket }: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined)
    return isLoopback(socket.remoteAddress ?? '') && FORWARDED.every((name) => headers[name] === undefined);
  const [, given] = /^Bearer +([^ ]+)$/i.exec(headers.authorization ?? '') ?? [];
  return given !== undefined && timingSafeEqual(hashToken(given), hashToken(token));
}
