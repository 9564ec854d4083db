import type { Dependencies } from '../app.ts';
import { unavailable } from '../errors.ts';
import { operation } from '../operation.ts';
import { findFault } from './readiness.ts';
import { Health } from './schema.ts';

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

export const readyzOperation = ({ db, ring }: Dependencies) =>
  operation(
    {
      operationId: 'readyz',
      summary: 'Readiness',
      description: 'Whether the database can be reached, its migrations are applied and the encryption keys fit.',
      tags,
      response: { 200: Health },
    },
    { access: 'public' },
    async () => {
      const fault = await findFault(db, ring);
      if (fault) throw unavailable(fault.cause, fault.detail);
      return { status: 'ok' };
    },
  );
