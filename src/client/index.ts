import createFetchClient, { type Client } from 'openapi-fetch';
import { ApiProblem } from './errors.ts';
import { eventsClient } from './events.ts';
import type { components, paths } from './openapi.ts';
import { promisesClient } from './promises.ts';
import { collectionClient, membersClient } from './reference-data.ts';
import { bodyOf, iterateOver, type QueryOf } from './requests.ts';
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
      const session = await bodyOf(http.POST('/api/auth/login/', { body: credentials }));
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

const COMMUNICATIONS = '/api/companies/{company_id}/communications';
const NOTES = '/api/companies/{company_id}/thread-notes';

function companyClient(http: Client<paths>, baseUrl: string, companyId: string) {
  const path = { company_id: companyId };
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
    logManualCommunication: (log: ManualLog, options: WriteOptions = {}): Promise<CommunicationThreadDetail> =>
      bodyOf(http.POST(`${COMMUNICATIONS}/log-manual`, { params: { path, header: writeHeaders(options) }, body: log })),
  };
}

function threadsClient(http: Client<paths>, companyId: string) {
  const path = { company_id: companyId };
  const one = `${COMMUNICATIONS}/threads/{thread_id}` as const;
  const list = (query: ThreadsQuery = {}): Promise<CommunicationThreadList> =>
    bodyOf(http.GET(`${COMMUNICATIONS}/threads`, { params: { path, query } }));
  return {
    /** One page, newest first. */
    list,
    /** Every row, newest first, page by page: `for await (const thread of threads.iterate(…))`. */
    iterate: iterateOver(list),
    /** A message and all other messages of its conversation, oldest first. */
    get: (threadId: string): Promise<CommunicationThreadWithOthers> =>
      bodyOf(http.GET(one, { params: { path: { ...path, thread_id: threadId } } })),
    /** Changes the conversation of a message. Fields that are left out stay; null clears a field. */
    update: (threadId: string, change: ThreadChange): Promise<CommunicationThreadWithOthers> =>
      bodyOf(http.PATCH(one, { params: { path: { ...path, thread_id: threadId } }, body: change })),
  };
}

function emailsClient(http: Client<paths>, companyId: string) {
  const path = { company_id: companyId };
  const one = `${COMMUNICATIONS}/emails/{thread_id}` as const;
  const list = (query: EmailsQuery = {}): Promise<CommunicationThreadList> =>
    bodyOf(http.GET(`${COMMUNICATIONS}/emails`, { params: { path, query } }));
  return {
    /** One page of email conversations, newest first. */
    list,
    /** Every email conversation, newest first, page by page. */
    iterate: iterateOver(list),
    /** An email with its whole conversation, oldest first. */
    get: (threadId: string): Promise<EmailThread> =>
      bodyOf(http.GET(one, { params: { path: { ...path, thread_id: threadId } } })),
    /**
     * Downloads an attachment. `body` is a stream, which has to be read or cancelled; reading throws when the download
     * breaks off. `content-type`, `content-length` and the file's name (`content-disposition`) are in the headers.
     */
    attachment: async (
      threadId: string,
      attachmentId: string,
      { signal }: { signal?: AbortSignal } = {},
    ): Promise<Response> => {
      const { response } = await http.GET(`${one}/attachments/{attachment_id}`, {
        params: { path: { ...path, thread_id: threadId, attachment_id: attachmentId } },
        parseAs: 'stream',
        ...(signal ? { signal } : {}),
      });
      return response;
    },
  };
}

function threadNotesClient(http: Client<paths>, companyId: string) {
  const path = { company_id: companyId };
  const one = `${NOTES}/{note_id}` as const;
  const list = (query: ThreadNotesQuery = {}): Promise<ThreadNoteList> =>
    bodyOf(http.GET(NOTES, { params: { path, query } }));
  return {
    /** All notes, newest first; one page of them with a paging parameter. */
    list,
    /** Every note, newest first, page by page. */
    iterate: iterateOver(({ page_size = 100, ...query }: ThreadNotesQuery = {}) => list({ ...query, page_size })),
    create: (note: NewThreadNote, options: WriteOptions = {}): Promise<ThreadNote> =>
      bodyOf(http.POST(NOTES, { params: { path, header: writeHeaders(options) }, body: note })),
    get: (noteId: string): Promise<ThreadNote> =>
      bodyOf(http.GET(one, { params: { path: { ...path, note_id: noteId } } })),
    /** Changes a note. Only its author and admins may do so. */
    update: (noteId: string, change: ThreadNoteChange): Promise<ThreadNote> =>
      bodyOf(http.PATCH(one, { params: { path: { ...path, note_id: noteId } }, body: change })),
    remove: async (noteId: string): Promise<void> => {
      await http.DELETE(one, { params: { path: { ...path, note_id: noteId } } });
    },
  };
}

function writeHeaders({ idempotencyKey }: WriteOptions): { 'Idempotency-Key'?: string } {
  return idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey };
}
