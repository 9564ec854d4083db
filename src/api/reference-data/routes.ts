import { type TSchema, Type } from '@sinclair/typebox';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { authorizedRead } from '../../http/auth/guard.ts';
import { PreconditionHeaders, preconditionOf, sendChanged, sendDetail } from '../../http/conditional-requests.ts';
import { actorOf, createOnce } from '../../http/create-once.ts';
import { IdempotencyHeaders } from '../../http/idempotency.ts';
import { pagingErrors, sendList } from '../../http/lists/pagination.ts';
import { operation } from '../../http/operation.ts';
import { prefers } from '../../http/preferences.ts';
import { CompanyParams } from '../../http/schema.ts';
import type { Collection } from './collection.ts';
import { COLLECTIONS } from './definitions.ts';
import { listRows, queryErrors } from './list.ts';
import { listMembers, type MembersQuery as MembersInput } from './members.ts';
import { BatchOutcomes, MemberList, MembersQuery, SCHEMAS } from './schema.ts';
import type { ListQuery } from './selection.ts';
import { batchRows, deleteRow, getRow, putRow } from './service.ts';
import type { RowInput } from './values.ts';

/**
 * The operations of each collection, from its definition:
 * `listCustomers`, `getCustomer`, `putCustomer`, `deleteCustomer`, `batchCustomers`,
 * `listContacts`, `getContact`, `putContact`, `deleteContact`, `batchContacts`,
 * `listInvoices`, `getInvoice`, `putInvoice`, `deleteInvoice`, `batchInvoices`,
 * `listActions`, `getAction`, `putAction`, `deleteAction`, `batchActions`,
 * `listTouchpoints`, `getTouchpoint`, `putTouchpoint`, `deleteTouchpoint`, `batchTouchpoints`.
 */

/** Schemas are generated from the definitions, so their static types aren't known. */
const generated = (schema: TSchema) => schema as TSchema & { static: never };
type RowParams = { company_id: string; id: string };

export const REFERENCE_COLLECTIONS = Object.values(COLLECTIONS);

export const listRowsOperation = (collection: Collection, { ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: `list${collection.plural}`,
      summary: `List ${collection.name}`,
      description: `The company’s ${collection.name}, by ${Object.keys(collection.orders)[0]} unless \`ordering\` is given.`,
      tags: [collection.tag],
      params: CompanyParams,
      querystring: generated(SCHEMAS[collection.name].query),
      response: { 200: generated(SCHEMAS[collection.name].list) },
    },
    {
      access: 'read',
      hasETag: true,
      authorizesItself: true,
      queryErrors: queryErrors as (query: never) => ReturnType<typeof queryErrors>,
    },
    async (request, reply) => {
      const { company_id: companyId } = request.params;
      const isExact = prefers(request, 'exactCount');
      const list = await authorizedRead(request, reply, (connection) =>
        listRows(collection, ring, connection, companyId, request.query as ListQuery, isExact),
      );
      return sendList(request, reply, list) as never;
    },
  );

export const getRowOperation = (collection: Collection) =>
  operation(
    {
      operationId: `get${collection.singular}`,
      summary: `Get one of the ${collection.name}`,
      description: `One of the company’s ${collection.name}.`,
      tags: [collection.tag],
      params: generated(SCHEMAS[collection.name].params),
      response: { 200: generated(SCHEMAS[collection.name].row) },
    },
    { access: 'read', hasETag: true },
    async (request, reply) => {
      const { company_id: companyId, id } = request.params as RowParams;
      return sendDetail(request, reply, await getRow(collection, request.db, companyId, id));
    },
  );

export const putRowOperation = (collection: Collection) =>
  operation(
    {
      operationId: `put${collection.singular}`,
      summary: `Create or replace one of the ${collection.name}`,
      description:
        'Creates the row with this id (201) or replaces it (200). An omitted field gets its default, except `external_id`, ' +
        'which is kept. A row that is already equal isn’t written.',
      tags: [collection.tag],
      params: generated(SCHEMAS[collection.name].params),
      headers: PreconditionHeaders,
      body: generated(SCHEMAS[collection.name].body),
      response: { 200: generated(SCHEMAS[collection.name].row), 201: generated(SCHEMAS[collection.name].row) },
    },
    { access: 'write', problems: ['precondition_failed'] },
    async (request, reply) => {
      const { company_id: companyId, id } = request.params as RowParams;
      const check = preconditionOf(request, reply);
      const { row, outcome } = await request.db.transaction((tx) =>
        putRow(tx, collection, companyId, actorOf(request), id, request.body as RowInput, check),
      );
      reply.code(outcome === 'created' ? 201 : 200);
      return sendChanged(reply, row);
    },
  );

export const batchRowsOperation = (collection: Collection, { ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: `batch${collection.plural}`,
      summary: `Create or replace many ${collection.name}`,
      description:
        'Creates or replaces up to 500 rows, all or nothing, each identified by its `id`, its `external_id` or both. The ' +
        'response has the outcome for each row, in order. A row that is already equal isn’t written.',
      tags: [collection.tag],
      params: CompanyParams,
      headers: IdempotencyHeaders,
      body: generated(SCHEMAS[collection.name].batch),
      response: { 200: BatchOutcomes },
    },
    { access: 'write', problems: ['idempotency_key_in_use', 'idempotency_key_reused'] },
    async (request, reply) => {
      const { company_id: companyId } = request.params;
      const { data } = request.body as { data: RowInput[] };
      return createOnce(request, reply, ring, async (tx, writer) => ({
        status: 200,
        created: await batchRows(tx, collection, companyId, await writer, data),
      }));
    },
  );

export const deleteRowOperation = (collection: Collection) =>
  operation(
    {
      operationId: `delete${collection.singular}`,
      summary: `Delete one of the ${collection.name}`,
      description: 'Deletes the row, unless other rows refer to it. A body is ignored.',
      tags: [collection.tag],
      params: generated(SCHEMAS[collection.name].params),
      headers: PreconditionHeaders,
      response: { 204: Type.Null({ description: 'The row is deleted.' }) },
    },
    { access: 'write', problems: ['precondition_failed', 'in_use'] },
    async (request, reply) => {
      const { company_id: companyId, id } = request.params as RowParams;
      const check = preconditionOf(request, reply);
      await request.db.transaction((tx) => deleteRow(tx, collection, companyId, actorOf(request), id, check));
      return reply.code(204).send();
    },
  );

export const listMembersOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'listMembers',
      summary: 'List members',
      description: 'The company’s members, by name.',
      tags: ['Members'],
      params: CompanyParams,
      querystring: MembersQuery,
      response: { 200: MemberList },
    },
    { access: 'read', hasETag: true, authorizesItself: true, queryErrors: pagingErrors },
    async (request, reply) => {
      const list = await authorizedRead(request, reply, (connection) =>
        listMembers(ring, connection, request.params.company_id, request.query as MembersInput),
      );
      return sendList(request, reply, list) as never;
    },
  );
