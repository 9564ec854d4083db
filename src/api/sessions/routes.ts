import { Type } from '@sinclair/typebox';
import type { Config } from '../../config.ts';
import type { Db } from '../../db/client.ts';
import { clientAddress } from '../../http/client-address.ts';
import { createGate } from '../../http/concurrency-limit.ts';
import { actorOf } from '../../http/create-once.ts';
import { operation } from '../../http/operation.ts';
import { Credentials, Session } from './schema.ts';
import { login, logout } from './service.ts';

const tags = ['Authentication'];
/** A username and a password of the greatest length, every character escaped. */
const CREDENTIALS_BYTES = 16 * 1024;

type LoginOptions = { db: Db; settings: Pick<Config, 'tokenTtlDays'> };

export const loginOperation = ({ db, settings }: LoginOptions) => {
  const gate = createGate(Math.max(1, Math.floor(db.pool.options.max / 4)));
  return operation(
    {
      operationId: 'login',
      summary: 'Log in',
      description: 'Checks username and password and answers a token with the companies it opens.',
      tags,
      body: Credentials,
      response: { 200: Session },
    },
    { access: 'public', problems: ['invalid_credentials'], bodyLimit: CREDENTIALS_BYTES },
    (request) =>
      login(
        request.db,
        { tokenTtlDays: settings.tokenTtlDays, gate },
        { address: clientAddress(request), requestId: request.id, timeLeftMs: request.timeLeftMs },
        request.body,
      ),
  );
};

export const logoutOperation = () =>
  operation(
    {
      operationId: 'logout',
      summary: 'Log out',
      description: 'Revokes the token that it was called with. A body is ignored.',
      tags,
      response: { 204: Type.Null({ description: 'The token is revoked.' }) },
    },
    { access: 'token' },
    async (request, reply) => {
      await logout(request.db, actorOf(request));
      return reply.code(204).send();
    },
  );
