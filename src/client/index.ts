import createFetchClient, { type Client } from 'openapi-fetch';
import { ApiProblem } from './errors.ts';
import { eventsClient } from './events.ts';
import type { components, operations, paths } from './openapi.ts';
import { eachRow } from './pages.ts';
import { promisesClient } from './promises.ts';
import { collectionClient, membersClient } from './reference-data.ts';
import { webhookEndpointsClient } from './webhooks.ts';

/**
 * The typed client of the API. Runs in Node and in browsers; its types are generated from the OpenAPI document.
 *
 *     const client = createClient({ baseUrl: 'http://127.0.0.1:3000' });
 *     const { companies: [company] } = await client.login({ username, password });
 *     for await (const thread of client.company(company.id).threads.iterate({ is_resolved: false })) …
 *
 * Every method throws `ApiProblem` when the server refuses.
 */

export { ApiProblem, type ProblemCode } from './errors.ts';
export type {
  CommunicationEvent,
  CommunicationEventList,
  EventsQuery,
  FollowOptions,
  StreamTicket,
} from './events.ts';
export type { components, operations, paths } from './openapi.ts';
export type { PaymentPromise, PaymentPromiseChange, PaymentPromiseList, PromisesQuery } from './promises.ts';
export type {
  Action,
  BatchOutcome,
  Contact,
  Customer,
  Invoice,
  Member,
  MembersQuery,
  Touchpoint,
} from './reference-data.ts';
export {
  type NewWebhookEndpoint,
  type OutgoingEvent,
  type VerifyOptions,
  verifyWebhook,
  type WebhookDeliveryList,
  type WebhookEndpoint,
  type WebhookEndpointChange,
  type WebhookEndpointList,
  type WebhookEndpointWithSecret,
  type WebhookReplay,
  type WebhooksQuery,
  WebhookVerificationError,
} from './webhooks.ts';

type Schemas = components['schemas'];
export type Credentials = Schemas['Credentials'];
export type Session = Schemas['Session'];
export type CommunicationThread = Schemas['CommunicationThread'];
export type CommunicationThreadDetail = Schemas['CommunicationThreadDetail'];
export type CommunicationThreadList = Schemas['CommunicationThreadList'];
export type CommunicationThreadWithOthers = Schemas['CommunicationThreadWithOthers'];
export type EmailThread = Schemas['EmailThread'];
export type ManualLog = Schemas['ManualLog'];
export type ThreadNote = Schemas['ThreadNote'];
export type ThreadNoteList = Schemas['ThreadNoteList'];
export type NewThreadNote = Schemas['NewThreadNote'];
export type ThreadChange = Schemas['ThreadChange'];
export type ThreadNoteChange = Schemas['ThreadNoteChange'];

type QueryOf<Name extends keyof operations> = NonNullable<operations[Name]['parameters']['query']>;
/** The query without its paging parameters, which `iterate` sets. */
type Unpaged<Query> = Omit<Query, 'page' | 'limit' | 'offset' | 'cursor'>;
export type ThreadsQuery = QueryOf<'listThreads'>;
export type EmailsQuery = QueryOf<'listEmails'>;
export type ThreadNotesQuery = QueryOf<'listThreadNotes'>;

export type ClientOptions = {
  /** URL of the server, such as `https://comms.example.com`. */
  baseUrl: string;
  /** Without a token, call `login` first. */
  token?: string;
  /** Used instead of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
};

/**
 * A repeated request with the same key and body returns the first response and changes nothing, so retries are safe.
 */
export type WriteOptions = { idempotencyKey?: string };

export type CommunicationsClient = ReturnType<typeof createClient>;
export type CompanyClient = ReturnType<CommunicationsClient['company']>;

export function createClient({ baseUrl: givenUrl, token: given, fetch }: ClientOptions) {
  let token = given;
  const baseUrl = givenUrl.replace(/\/+$/, '');
  const http = createFetchClient<paths>({
    baseUrl,
    ...(fetch ? { fetch } : {}),
    querySerializer: { array: { style: 'form', explode: false } },
  });
  http.use({
    onRequest: ({ request }) => {
      if (token !== undefined) request.headers.set('authorization', `Token ${token}`);
    },
    onResponse: async ({ response }) => {
      if (!response.ok && response.status !== 304) throw await ApiProblem.from(response);
    },
  });

  return {
    /** Every operation of the OpenAPI document by its path. Throws `ApiProblem` like the methods. */
    http,
    /** Logs in with username and password. From then on the client sends the token. */
    login: async (credentials: Credentials): Promise<Session> => {
      const session = answered(await http.POST('/api/auth/login/', { body: credentials }));
      token = session.token;
      return session;
    },
    /** Revokes the token that the client sends. */
    logout: async (): Promise<void> => {
      await http.POST('/api/auth/logout/');
      token = undefined;
    },
    /** The methods for one company. */
    company: (companyId: string) => companyClient(http, baseUrl, companyId),
  };
}

function companyClient(http: Client<paths>, baseUrl: string, companyId: string) {
  return {
    threads: threadsClient(http, companyId),
    emails: emailsClient(http, companyId),
    threadNotes: threadNotesClient(http, companyId),
    promises: promisesClient(http, companyId),
    customers: collectionClient(http, companyId, 'customers'),
    contacts: collectionClient(http, companyId, 'contacts'),
    invoices: collectionClient(http, companyId, 'invoices'),
    actions: collectionClient(http, companyId, 'actions'),
    touchpoints: collectionClient(http, companyId, 'touchpoints'),
    members: membersClient(http, companyId),
    events: eventsClient(http, baseUrl, companyId),
    webhookEndpoints: webhookEndpointsClient(http, companyId),
    /** Logs a communication by hand, and completes the scheduled action or touchpoint that it refers to. */
    logManualCommunication: async (log: ManualLog, options: WriteOptions = {}): Promise<CommunicationThreadDetail> =>
      answered(
        await http.POST('/api/companies/{company_id}/communications/log-manual', {
          params: { path: { company_id: companyId }, header: writeHeaders(options) },
          body: log,
        }),
      ),
  };
}

function threadsClient(http: Client<paths>, companyId: string) {
  const list = async (query: ThreadsQuery = {}): Promise<CommunicationThreadList> =>
    answered(
      await http.GET('/api/companies/{company_id}/communications/threads', {
        params: { path: { company_id: companyId }, query },
      }),
    );
  return {
    /** One page, newest first. */
    list,
    /** Every row, newest first, page by page: `for await (const thread of threads.iterate(…))`. */
    iterate: (query: Unpaged<ThreadsQuery> = {}) =>
      eachRow((cursor) => list({ ...query, ...(cursor ? { cursor } : {}) })),
    /** A message and all other messages of its conversation, oldest first. */
    get: async (threadId: string): Promise<CommunicationThreadWithOthers> =>
      answered(
        await http.GET('/api/companies/{company_id}/communications/threads/{thread_id}', {
          params: { path: { company_id: companyId, thread_id: threadId } },
        }),
      ),
    /** Changes the conversation of a message. Fields that are left out stay; null clears a field. */
    update: async (threadId: string, change: ThreadChange): Promise<CommunicationThreadWithOthers> =>
      answered(
        await http.PATCH('/api/companies/{company_id}/communications/threads/{thread_id}', {
          params: { path: { company_id: companyId, thread_id: threadId } },
          body: change,
        }),
      ),
  };
}

function emailsClient(http: Client<paths>, companyId: string) {
  const list = async (query: EmailsQuery = {}): Promise<CommunicationThreadList> =>
    answered(
      await http.GET('/api/companies/{company_id}/communications/emails', {
        params: { path: { company_id: companyId }, query },
      }),
    );
  return {
    /** One page of email conversations, newest first. */
    list,
    /** Every email conversation, newest first, page by page. */
    iterate: (query: Unpaged<EmailsQuery> = {}) =>
      eachRow((cursor) => list({ ...query, ...(cursor ? { cursor } : {}) })),
    /** An email with its whole conversation, oldest first. */
    get: async (threadId: string): Promise<EmailThread> =>
      answered(
        await http.GET('/api/companies/{company_id}/communications/emails/{thread_id}', {
          params: { path: { company_id: companyId, thread_id: threadId } },
        }),
      ),
    /**
     * Downloads an attachment. `body` is a stream, which has to be read or cancelled; reading throws when the download
     * breaks off. `content-type`, `content-length` and the file's name (`content-disposition`) are in the headers.
     */
    attachment: async (
      threadId: string,
      attachmentId: string,
      { signal }: { signal?: AbortSignal } = {},
    ): Promise<Response> => {
      const { response } = await http.GET(
        '/api/companies/{company_id}/communications/emails/{thread_id}/attachments/{attachment_id}',
        {
          params: { path: { company_id: companyId, thread_id: threadId, attachment_id: attachmentId } },
          parseAs: 'stream',
          ...(signal ? { signal } : {}),
        },
      );
      return response;
    },
  };
}

function threadNotesClient(http: Client<paths>, companyId: string) {
  const list = async (query: ThreadNotesQuery = {}): Promise<ThreadNoteList> =>
    answered(
      await http.GET('/api/companies/{company_id}/thread-notes', {
        params: { path: { company_id: companyId }, query },
      }),
    );
  return {
    /** All notes, newest first; one page of them with a paging parameter. */
    list,
    /** Every note, newest first, page by page. */
    iterate: ({ page_size = 100, ...query }: Unpaged<ThreadNotesQuery> = {}) =>
      eachRow((cursor) => list({ ...query, page_size, ...(cursor ? { cursor } : {}) })),
    create: async (note: NewThreadNote, options: WriteOptions = {}): Promise<ThreadNote> =>
      answered(
        await http.POST('/api/companies/{company_id}/thread-notes', {
          params: { path: { company_id: companyId }, header: writeHeaders(options) },
          body: note,
        }),
      ),
    get: async (noteId: string): Promise<ThreadNote> =>
      answered(
        await http.GET('/api/companies/{company_id}/thread-notes/{note_id}', {
          params: { path: { company_id: companyId, note_id: noteId } },
        }),
      ),
    /** Changes a note. Only its author and admins may do so. */
    update: async (noteId: string, change: ThreadNoteChange): Promise<ThreadNote> =>
      answered(
        await http.PATCH('/api/companies/{company_id}/thread-notes/{note_id}', {
          params: { path: { company_id: companyId, note_id: noteId } },
          body: change,
        }),
      ),
    remove: async (noteId: string): Promise<void> => {
      await http.DELETE('/api/companies/{company_id}/thread-notes/{note_id}', {
        params: { path: { company_id: companyId, note_id: noteId } },
      });
    },
  };
}

function writeHeaders({ idempotencyKey }: WriteOptions): { 'Idempotency-Key'?: string } {
  return idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey };
}

/** The response's body. `onResponse` has thrown already if the server refused. */
function answered<Body>({ data }: { data?: Body }): Body {
  return data as Body;
}
