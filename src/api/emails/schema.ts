import { type Static, Type } from '@sinclair/typebox';
import { PagingQuery } from '../../http/lists/pagination.ts';
import { UpdatedAfterQuery } from '../../http/lists/updated-after.ts';
import { EXAMPLE_IDS } from '../../http/openapi/examples.ts';
import { doc, MediaTypes, Reference, ResponseObject, Uuid } from '../../http/schema.ts';
import { THREAD_EXAMPLES } from '../threads/examples.ts';
import { ThreadFilters } from '../threads/query-schema.ts';
import { CommunicationThreadDetail, ThreadParams } from '../threads/schema.ts';

export const EmailsQuery = Type.Object({
  ...ThreadFilters,
  is_ar_related: Type.Optional(
    Type.Boolean(
      doc(
        'Filter by AR classification. `true`: only AR-related emails; `false`: the rest, unclassified included.',
        true,
      ),
    ),
  ),
  ...UpdatedAfterQuery,
  ...PagingQuery,
});
export type EmailsQuery = Static<typeof EmailsQuery>;

export const EmailThread = ResponseObject(
  {
    ...CommunicationThreadDetail.properties,
    messages: Type.Array(Reference(CommunicationThreadDetail), {
      description: 'All messages of the conversation, this one included, oldest first, each with its attachments.',
    }),
  },
  { $id: 'EmailThread', description: 'An email and its whole conversation.', examples: [THREAD_EXAMPLES.email] },
);
export type EmailThread = Static<typeof EmailThread>;

export const AttachmentParams = Type.Object({
  ...ThreadParams.properties,
  attachment_id: Uuid(doc('The attachment.', EXAMPLE_IDS.attachment)),
});

export const AttachmentFile = MediaTypes<never>(
  'The bytes, with the media type in the mail if a browser can show it safely.',
  {
    'application/octet-stream': Type.String({ format: 'binary' }),
  },
);
