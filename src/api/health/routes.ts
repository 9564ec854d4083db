import type { KeyRing } from '../../crypto/key-ring.ts';
import { unavailable } from '../../domain/errors.ts';
import type { Metrics } from '../../http/metrics.ts';
import { operation } from '../../http/operation.ts';
import { findFault } from './readiness.ts';
import { Exposition, Health } from './schema.ts';

const tags = ['Service'];

export const healthzOperation = () =>
  operation(
    {
      operationId: 'healthz',
      summary: 'Process health',
      description: 'Whether the process answers. Asks nothing of the database.',
      tags,
      response: { 200: Health },
    },
    { access: 'public' },
    async () => ({ status: 'ok' }),
  );

export const readyzOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'readyz',
      summary: 'Readiness',
      description: 'Whether the database can be reached, its migrations are applied and the encryption keys fit.',
      tags,
      response: { 200: Health },
    },
    { access: 'public' },
    async (request) => {
      const fault = await findFault(request.db, ring);
      if (fault) throw unavailable(fault.cause, fault.detail);
      return { status: 'ok' };
    },
  );

export const metricsOperation = ({ metrics }: { metrics: Metrics }) =>
  operation(
    {
      operationId: 'metrics',
      summary: 'Metrics',
      description:
        'For Prometheus: requests by route and status with their latencies, connections, the event loop, what became of ' +
        "providers' events, encryption key ids in use. Nothing of a company.",
      tags,
      response: { 200: Exposition },
    },
    { access: 'public' },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.render()),
  );
