import type { Dependencies } from '../app.ts';
import { authorizedRead } from '../guard.ts';
import { IdempotencyHeaders } from '../idempotency.ts';
import { sendList } from '../lists.ts';
import { operation } from '../operation.ts';
import { isPaged, pagingErrors } from '../pagination.ts';
import { CompanyParams } from '../schemas.ts';
import { streamList } from '../streaming.ts';
import { actorOf, createOnce } from '../writes.ts';
import { NewThreadNote, ThreadNote, ThreadNoteList, ThreadNotesQuery } from './schema.ts';
import { createThreadNote, listThreadNotes, streamThreadNotes } from './service.ts';

const tags = ['Thread notes'];

export const listThreadNotesOperation = ({ db, ring }: Dependencies) =>
  operation(
    {
      operationId: 'listThreadNotes',
      summary: 'List thread notes',
      description:
        'All notes attached to communication threads of the company, newest first. Without a paging parameter the answer ' +
        'holds every note, as `count` and `data`; with one it pages like the other lists.',
      tags,
      params: CompanyParams,
      querystring: ThreadNotesQuery,
      response: { 200: ThreadNoteList },
    },
    { access: 'read', hasETag: true, authorizesItself: true, queryErrors: pagingErrors },
    async (request, reply) => {
      const { params, query } = request;
      const notes = await authorizedRead(request, reply, db, async (connection) =>
        isPaged(query) ? listThreadNotes(ring, connection, params.company_id, query) : 'all',
      );
      if (notes !== 'all') return sendList(request, reply, notes);
      return streamList(reply, streamThreadNotes(ring, db, params.company_id, query));
    },
  );

export const createThreadNoteOperation = (dependencies: Dependencies) =>
  operation(
    {
      operationId: 'createThreadNote',
      summary: 'Create thread note',
      description:
        'Attaches an internal note to a communication thread. Notes are visible only to your team and are not sent to the customer.',
      tags,
      params: CompanyParams,
      headers: IdempotencyHeaders,
      body: NewThreadNote,
      response: { 201: ThreadNote },
    },
    { access: 'write', problems: ['idempotency_key_in_use', 'idempotency_key_reused'] },
    async (request, reply) => {
      const { company_id: companyId } = request.params;
      return createOnce(request, reply, dependencies, async (tx) => {
        const created = await createThreadNote(tx, dependencies.ring, companyId, actorOf(request), request.body);
        return { created, location: `/api/companies/${companyId}/thread-notes?thread_id=${created.thread_id}` };
      });
    },
  );
