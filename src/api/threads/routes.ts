import type { KeyRing } from '../../crypto/key-ring.ts';
import { authorizedRead } from '../../http/auth/guard.ts';
import { PreconditionHeaders, preconditionOf, sendChanged, sendDetail } from '../../http/conditional-requests.ts';
import { actorOf } from '../../http/create-once.ts';
import { sendList } from '../../http/lists/pagination.ts';
import { operation } from '../../http/operation.ts';
import { prefers } from '../../http/preferences.ts';
import { CompanyParams } from '../../http/schema.ts';
import { forCaller, isCallers, isShortList, queryErrors } from './list/filters.ts';
import { ThreadChange } from './patch-schema.ts';
import { ThreadsQuery } from './query-schema.ts';
import { CommunicationThreadList, CommunicationThreadWithOthers, ThreadParams } from './schema.ts';
import { getThread, listThreads } from './service.ts';
import { findChangeErrors, updateThread } from './update.ts';

const tags = ['Threads'];

export const listThreadsOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'listThreads',
      summary: 'List threads',
      description:
        'A paginated list of communication threads, newest first. By default each thread group is collapsed to its most ' +
        'recent message (`view=thread`); `view=message` returns every individual message.',
      tags,
      params: CompanyParams,
      querystring: ThreadsQuery,
      response: { 200: CommunicationThreadList },
    },
    { access: 'read', hasETag: true, authorizesItself: true, queryErrors },
    async (request, reply) => {
      const { params, query } = request;
      const threads = await authorizedRead(
        request,
        reply,
        (connection, caller) =>
          listThreads(ring, connection, params.company_id, forCaller(query, request), {
            isExact: prefers(request, 'exactCount'),
            caller,
          }),
        { isShort: isShortList(query), isCallers: isCallers(query) },
      );
      return sendList(request, reply, threads);
    },
  );

export const getThreadOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'getThread',
      summary: 'Get thread detail',
      description: 'A single thread message and all other messages in the same thread group, ordered by timestamp.',
      tags,
      params: ThreadParams,
      response: { 200: CommunicationThreadWithOthers },
    },
    { access: 'read', hasETag: true },
    async (request, reply) => {
      const { company_id: companyId, thread_id: threadId } = request.params;
      return sendDetail(request, reply, await getThread(ring, request.db, companyId, threadId));
    },
  );

export const updateThreadOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'updateThread',
      summary: 'Change a thread',
      description:
        'Changes the given fields and keeps the others. `is_resolved` and `requires_response` are set on every message of the ' +
        'conversation. With `If-Match` the request succeeds only while the ETag of the thread’s detail is that one.',
      tags,
      params: ThreadParams,
      headers: PreconditionHeaders,
      body: ThreadChange,
      response: { 200: CommunicationThreadWithOthers },
    },
    { access: 'write', referenceErrors: findChangeErrors },
    async (request, reply) => {
      const { company_id: companyId, thread_id: threadId } = request.params;
      const check = preconditionOf(request, reply);
      const thread = await request.db.transaction((tx) =>
        updateThread(tx, ring, companyId, threadId, actorOf(request), request.body, check),
      );
      return sendChanged(reply, thread);
    },
  );
