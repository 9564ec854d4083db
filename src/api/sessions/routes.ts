import { Type } from '@sinclair/typebox';
import type { Config } from '../../config.ts';
import type { Db } from '../../db/client.ts';
import { clientAddress } from '../../http/client-address.ts';
import { createConcurrencyLimit } from '../../http/concurrency-limit.ts';
import { actorOf } from '../../http/create-once.ts';
import { operation } from '../../http/operation.ts';
import { Credentials, Session } from './schema.ts';
import { login, logout } from './service.ts';

const tags = ['Authentication'];
/** Enough for a username and a password of the maximum length with every character escaped. */
const MAX_CREDENTIALS_BYTES = 16 * 1024;

type LoginOptions = { db: Db; settings: Pick<Config, 'tokenTtlDays'> };

export const loginOperation = ({ db, settings }: LoginOptions) => {
  const limit = createConcurrencyLimit(Math.max(1, Math.floor(db.pool.options.max / 4)));
  return operation(
    {
      operationId: 'login',
      summary: 'Log in',
      description: 'Checks the username and password and returns a token with the companies that the user belongs to.',
      tags,
      body: Credentials,
      response: { 200: Session },
    },
    { access: 'public', problems: ['invalid_credentials'], bodyLimit: MAX_CREDENTIALS_BYTES },
    (request) =>
      login(
        request.db,
        { tokenTtlDays: settings.tokenTtlDays, limit },
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
      description: 'Revokes the token of this request. A body is ignored.',
      tags,
      response: { 204: Type.Null({ description: 'The token is revoked.' }) },
    },
    { access: 'token' },
    async (request, reply) => {
      await logout(request.db, actorOf(request));
      return reply.code(204).send();
    },
  );
