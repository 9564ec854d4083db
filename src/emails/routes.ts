import type { Dependencies } from '../app.ts';
import { sendDetail } from '../details.ts';
import { authorizedRead } from '../guard.ts';
import { sendList } from '../lists.ts';
import { operation } from '../operation.ts';
import { CompanyParams } from '../schemas.ts';
import { queryErrors } from '../threads/filters.ts';
import { CommunicationThreadList, ThreadParams } from '../threads/schema.ts';
import { EmailsQuery, EmailThread } from './schema.ts';
import { getEmailThread, listEmails } from './service.ts';

const tags = ['Emails'];

export const listEmailsOperation = ({ db, ring }: Dependencies) =>
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
      const emails = await authorizedRead(request, reply, db, (connection) =>
        listEmails(ring, connection, params.company_id, query),
      );
      return sendList(request, reply, emails);
    },
  );

export const getEmailThreadOperation = ({ db, ring }: Dependencies) =>
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
      return sendDetail(request, reply, await getEmailThread(ring, db, companyId, threadId));
    },
  );
