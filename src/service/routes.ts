import { Type } from '@sinclair/typebox';
import type { Dependencies } from '../app.ts';
import { unavailable } from '../errors.ts';
import { operation } from '../operation.ts';
import { Answer } from '../schemas.ts';
import { findFault } from './readiness.ts';

const tags = ['Service'];
const Ok = Answer(
  { status: Type.String({ description: 'Always `ok`.', examples: ['ok'] }) },
  { description: 'All is well.' },
);

export const healthzOperation = () =>
  operation(
    {
      operationId: 'healthz',
      summary: 'Process health',
      description: 'Whether the process answers. Asks nothing of the database.',
      tags,
      response: { 200: Ok },
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
      response: { 200: Ok },
    },
    { access: 'public' },
    async () => {
      const fault = await findFault(db, ring);
      if (fault) throw unavailable(fault.cause, fault.detail);
      return { status: 'ok' };
    },
  );
