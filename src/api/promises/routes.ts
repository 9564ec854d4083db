import type { KeyRing } from '../../crypto/key-ring.ts';
import { authorizedRead } from '../../http/auth/guard.ts';
import { PreconditionHeaders, preconditionOf, sendChanged, sendDetail } from '../../http/conditional-requests.ts';
import { actorOf } from '../../http/create-once.ts';
import { sendList } from '../../http/lists/pagination.ts';
import { operation } from '../../http/operation.ts';
import { CompanyParams } from '../../http/schema.ts';
import { PaymentPromise, PaymentPromiseList, PromiseChange, PromiseParams, PromisesQuery } from './schema.ts';
import { getPromise, listPromises, queryErrors } from './service.ts';
import { updatePromise } from './update.ts';

const tags = ['Promises'];

export const listPromisesOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'listPromises',
      summary: 'List promises',
      description:
        'Customers’ promises to pay, ordered by due date. An open promise has the status `broken` once its day has passed in ' +
        'the company’s time zone. Becoming broken isn’t a change for `updated_after`, because nothing is written: use ' +
        '`status=broken`.',
      tags,
      params: CompanyParams,
      querystring: PromisesQuery,
      response: { 200: PaymentPromiseList },
    },
    { access: 'read', hasETag: true, authorizesItself: true, queryErrors },
    async (request, reply) => {
      const { params, query } = request;
      const promises = await authorizedRead(request, reply, (connection) =>
        listPromises(ring, connection, params.company_id, query),
      );
      return sendList(request, reply, promises);
    },
  );

export const getPromiseOperation = () =>
  operation(
    {
      operationId: 'getPromise',
      summary: 'Get promise',
      description: 'A single promise.',
      tags,
      params: PromiseParams,
      response: { 200: PaymentPromise },
    },
    { access: 'read', hasETag: true },
    async (request, reply) => {
      const { company_id: companyId, promise_id: promiseId } = request.params;
      return sendDetail(request, reply, await getPromise(request.db, companyId, promiseId));
    },
  );

export const updatePromiseOperation = () =>
  operation(
    {
      operationId: 'updatePromise',
      summary: 'Change a promise',
      description:
        'Changes the given fields and keeps the others: kept, cancelled or open again, another day or amount.',
      tags,
      params: PromiseParams,
      headers: PreconditionHeaders,
      body: PromiseChange,
      response: { 200: PaymentPromise },
    },
    { access: 'write' },
    async (request, reply) => {
      const { company_id: companyId, promise_id: promiseId } = request.params;
      const check = preconditionOf(request, reply);
      const promise = await request.db.transaction((tx) =>
        updatePromise(tx, companyId, promiseId, actorOf(request), request.body, check),
      );
      return sendChanged(reply, promise);
    },
  );
