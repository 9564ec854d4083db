import type { RouteShorthandOptionsWithHandler } from 'fastify';
import type { Config } from '../../config.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { authorizedRead } from '../../http/auth/guard.ts';
import { sendDetail } from '../../http/conditional-requests.ts';
import { sendList } from '../../http/lists/pagination.ts';
import { operation } from '../../http/operation.ts';
import { prefers } from '../../http/preferences.ts';
import { CompanyParams } from '../../http/schema.ts';
import { forCaller, isCallers, isShortList, queryErrors } from '../threads/list/filters.ts';
import { CommunicationThreadList, ThreadParams } from '../threads/schema.ts';
import { type AttachmentTiming, getAttachment, openAttachment } from './attachments.ts';
import { attachmentDisposition, safeContentType } from './content-disposition.ts';
import { AttachmentFile, AttachmentParams, EmailsQuery, EmailThread } from './schema.ts';
import { getEmailThread, listEmails } from './service.ts';

const tags = ['Emails'];

export const listEmailsOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'listEmails',
      summary: 'List emails',
      description:
        'A paginated list of email threads synced from connected mailboxes. Each row is the latest message of a conversation.',
      tags,
      params: CompanyParams,
      querystring: EmailsQuery,
      response: { 200: CommunicationThreadList },
    },
    { access: 'read', hasETag: true, authorizesItself: true, queryErrors },
    async (request, reply) => {
      const { params, query } = request;
      const emails = await authorizedRead(
        request,
        reply,
        (connection, caller) =>
          listEmails(ring, connection, params.company_id, forCaller(query, request), {
            isExact: prefers(request, 'exactCount'),
            caller,
          }),
        { isShort: isShortList(query), isCallers: isCallers(query) },
      );
      return sendList(request, reply, emails);
    },
  );

export const getEmailThreadOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'getEmailThread',
      summary: 'Get email thread',
      description: 'A single email with all messages in the conversation and their attachments.',
      tags,
      params: ThreadParams,
      response: { 200: EmailThread },
    },
    { access: 'read', hasETag: true },
    async (request, reply) => {
      const { company_id: companyId, thread_id: threadId } = request.params;
      return sendDetail(request, reply, await getEmailThread(ring, request.db, companyId, threadId));
    },
  );

type AttachmentDependencies = {
  settings: Pick<Config, 'nylasApiKey' | 'nylasApiUrl'>;
  attachmentTiming?: Partial<AttachmentTiming>;
};

export const getAttachmentOperation = ({
  settings,
  attachmentTiming,
}: AttachmentDependencies): RouteShorthandOptionsWithHandler => {
  const nylas = { apiKey: settings.nylasApiKey, apiUrl: settings.nylasApiUrl, timing: attachmentTiming };
  const route = operation(
    {
      operationId: 'getAttachment',
      summary: 'Get attachment',
      description:
        "The bytes of an attachment of the email's conversation, from the mail provider, as a download with the file name in " +
        'the mail. 503 without `NYLAS_API_KEY`, and while the provider is not available.',
      tags,
      params: AttachmentParams,
      response: { 200: AttachmentFile },
    },
    { access: 'read', problems: ['payload_too_large'] },
    async (request, reply) => {
      const { company_id: companyId, thread_id: threadId, attachment_id: attachmentId } = request.params;
      const attachment = await getAttachment(request.db, companyId, threadId, attachmentId);
      const client = new AbortController();
      reply.raw.once('close', () => client.abort());
      const { stream, sizeBytes } = await openAttachment(nylas, attachment, client.signal);
      if (sizeBytes !== undefined) reply.header('content-length', sizeBytes);
      return reply
        .type(safeContentType(attachment.contentType))
        .header('content-disposition', attachmentDisposition(attachment.filename))
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(stream);
    },
  );
  // A HEAD route would download the whole attachment and discard it.
  return { ...route, exposeHeadRoute: false };
};
