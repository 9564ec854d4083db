import { Type } from '@sinclair/typebox';
import type { FastifyRequest } from 'fastify';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { authorizedRead } from '../../http/auth/guard.ts';
import { PreconditionHeaders, preconditionOf, sendChanged, sendDetail } from '../../http/conditional-requests.ts';
import { actorOf, createOnce } from '../../http/create-once.ts';
import { IdempotencyHeaders } from '../../http/idempotency.ts';
import { isPaged, sendList } from '../../http/lists/pagination.ts';
import { operation } from '../../http/operation.ts';
import { CompanyParams } from '../../http/schema.ts';
import { streamList } from '../../http/stream-json.ts';
import { deleteThreadNote, type Editor, getThreadNote, updateThreadNote } from './edit.ts';
import {
  NewThreadNote,
  ThreadNote,
  ThreadNoteChange,
  ThreadNoteList,
  ThreadNoteParams,
  ThreadNotesQuery,
} from './schema.ts';
import { createThreadNote, findReferenceErrors, listThreadNotes, queryErrors, streamThreadNotes } from './service.ts';

const tags = ['Thread notes'];

export const listThreadNotesOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'listThreadNotes',
      summary: 'List thread notes',
      description:
        'All notes attached to communication threads of the company, newest first. Without a paging parameter the response ' +
        'contains every note, as `count` and `data`; with one, or with `updated_after`, it is paged like the other lists.',
      tags,
      params: CompanyParams,
      querystring: ThreadNotesQuery,
      response: { 200: ThreadNoteList },
    },
    { access: 'read', hasETag: true, authorizesItself: true, queryErrors },
    async (request, reply) => {
      const { params, query } = request;
      const notes = await authorizedRead(request, reply, async (connection) =>
        isPaged(query) || query.updated_after !== undefined
          ? listThreadNotes(ring, connection, params.company_id, query)
          : 'all',
      );
      if (notes !== 'all') return sendList(request, reply, notes);
      return streamList(reply, streamThreadNotes(ring, request.db, params.company_id, query));
    },
  );

export const createThreadNoteOperation = ({ ring }: { ring: KeyRing }) =>
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
    { access: 'write', authorizesItself: true, referenceErrors: findReferenceErrors },
    async (request, reply) => {
      const { company_id: companyId } = request.params;
      return createOnce(request, reply, ring, async (tx, author) => {
        const created = await createThreadNote(tx, ring, companyId, author, request.body);
        return { created, location: `/api/companies/${companyId}/thread-notes/${created.id}` };
      });
    },
  );

export const getThreadNoteOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'getThreadNote',
      summary: 'Get thread note',
      description: 'A single note.',
      tags,
      params: ThreadNoteParams,
      response: { 200: ThreadNote },
    },
    { access: 'read', hasETag: true },
    async (request, reply) => {
      const { company_id: companyId, note_id: noteId } = request.params;
      return sendDetail(request, reply, await getThreadNote(ring, request.db, companyId, noteId));
    },
  );

export const updateThreadNoteOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'updateThreadNote',
      summary: 'Change a thread note',
      description: 'Changes the content of a note. Only its author and admins may do so.',
      tags,
      params: ThreadNoteParams,
      headers: PreconditionHeaders,
      body: ThreadNoteChange,
      response: { 200: ThreadNote },
    },
    { access: 'write' },
    async (request, reply) => {
      const { company_id: companyId, note_id: noteId } = request.params;
      const check = preconditionOf(request, reply);
      const note = await request.db.transaction((tx) =>
        updateThreadNote(tx, ring, companyId, noteId, editorOf(request), request.body, check),
      );
      return sendChanged(reply, note);
    },
  );

export const deleteThreadNoteOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'deleteThreadNote',
      summary: 'Delete a thread note',
      description: 'Deletes a note permanently. Only its author and admins may do so. A body is ignored.',
      tags,
      params: ThreadNoteParams,
      headers: PreconditionHeaders,
      response: { 204: Type.Null({ description: 'The note is deleted.' }) },
    },
    { access: 'write' },
    async (request, reply) => {
      const { company_id: companyId, note_id: noteId } = request.params;
      const check = preconditionOf(request, reply);
      await request.db.transaction((tx) => deleteThreadNote(tx, ring, companyId, noteId, editorOf(request), check));
      return reply.code(204).send();
    },
  );

function editorOf(request: FastifyRequest): Editor {
  return { ...actorOf(request), role: request.caller.role };
}
