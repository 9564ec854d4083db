/**
 * The types of the API, generated from its OpenAPI document by openapi-typescript: `npm run client:generate`. Never
 * edited by hand; `test/client/client.test.ts` fails when it is out of date.
 */

export interface paths {
    "/api/auth/login/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description Checks the username and password and returns a token with the companies that the user belongs to.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/communications/threads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List threads
         * @description A paginated list of communication threads, newest first. By default each thread group is collapsed to its most recent message (`view=thread`); `view=message` returns every individual message.
         */
        get: operations["listThreads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/communications/threads/{thread_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get thread detail
         * @description A single thread message and all other messages in the same thread group, ordered by timestamp.
         */
        get: operations["getThread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a thread
         * @description Changes the given fields and keeps the others. `is_resolved` and `requires_response` are set on every message of the conversation. With `If-Match` the request succeeds only while the ETag of the thread’s detail is that one.
         */
        patch: operations["updateThread"];
        trace?: never;
    };
    "/api/companies/{company_id}/communications/emails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List emails
         * @description A paginated list of email threads synced from connected mailboxes. Each row is the latest message of a conversation.
         */
        get: operations["listEmails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/communications/emails/{thread_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get email thread
         * @description A single email with all messages in the conversation and their attachments.
         */
        get: operations["getEmailThread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/communications/emails/{thread_id}/attachments/{attachment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get attachment
         * @description The bytes of an attachment of the email's conversation, from the mail provider, as a download with the file name in the mail. 503 without `NYLAS_API_KEY`, and while the provider is not available.
         */
        get: operations["getAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/communications/log-manual": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log manual communication
         * @description Creates a manual communication log entry for outreach outside the connected channels, such as a phone call, an in-person meeting or an external email. The `scheduled_action_id` or `scheduled_touchpoint_id` is marked completed in the same transaction.
         */
        post: operations["logManualCommunication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/promises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List promises
         * @description Customers’ promises to pay, ordered by due date. An open promise has the status `broken` once its day has passed in the company’s time zone. Becoming broken isn’t a change for `updated_after`, because nothing is written: use `status=broken`.
         */
        get: operations["listPromises"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/promises/{promise_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get promise
         * @description A single promise.
         */
        get: operations["getPromise"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a promise
         * @description Changes the given fields and keeps the others: kept, cancelled or open again, another day or amount.
         */
        patch: operations["updatePromise"];
        trace?: never;
    };
    "/api/companies/{company_id}/thread-notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List thread notes
         * @description All notes attached to communication threads of the company, newest first. Without a paging parameter the response contains every note, as `count` and `data`; with one, or with `updated_after`, it is paged like the other lists.
         */
        get: operations["listThreadNotes"];
        put?: never;
        /**
         * Create thread note
         * @description Attaches an internal note to a communication thread. Notes are visible only to your team and are not sent to the customer.
         */
        post: operations["createThreadNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/thread-notes/{note_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get thread note
         * @description A single note.
         */
        get: operations["getThreadNote"];
        put?: never;
        post?: never;
        /**
         * Delete a thread note
         * @description Deletes a note permanently. Only its author and admins may do so. A body is ignored.
         */
        delete: operations["deleteThreadNote"];
        options?: never;
        head?: never;
        /**
         * Change a thread note
         * @description Changes the content of a note. Only its author and admins may do so.
         */
        patch: operations["updateThreadNote"];
        trace?: never;
    };
    "/api/companies/{company_id}/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List customers
         * @description The company’s customers, by name unless `ordering` is given.
         */
        get: operations["listCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/customers/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create or replace many customers
         * @description Creates or replaces up to 500 rows, all or nothing, each identified by its `id`, its `external_id` or both. The response has the outcome for each row, in order. A row that is already equal isn’t written.
         */
        post: operations["batchCustomers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one of the customers
         * @description One of the company’s customers.
         */
        get: operations["getCustomer"];
        /**
         * Create or replace one of the customers
         * @description Creates the row with this id (201) or replaces it (200). An omitted field gets its default, except `external_id`, which is kept. A row that is already equal isn’t written.
         */
        put: operations["putCustomer"];
        post?: never;
        /**
         * Delete one of the customers
         * @description Deletes the row, unless other rows refer to it. A body is ignored.
         */
        delete: operations["deleteCustomer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List contacts
         * @description The company’s contacts, by name unless `ordering` is given.
         */
        get: operations["listContacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/contacts/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create or replace many contacts
         * @description Creates or replaces up to 500 rows, all or nothing, each identified by its `id`, its `external_id` or both. The response has the outcome for each row, in order. A row that is already equal isn’t written.
         */
        post: operations["batchContacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one of the contacts
         * @description One of the company’s contacts.
         */
        get: operations["getContact"];
        /**
         * Create or replace one of the contacts
         * @description Creates the row with this id (201) or replaces it (200). An omitted field gets its default, except `external_id`, which is kept. A row that is already equal isn’t written.
         */
        put: operations["putContact"];
        post?: never;
        /**
         * Delete one of the contacts
         * @description Deletes the row, unless other rows refer to it. A body is ignored.
         */
        delete: operations["deleteContact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invoices
         * @description The company’s invoices, by number unless `ordering` is given.
         */
        get: operations["listInvoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/invoices/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create or replace many invoices
         * @description Creates or replaces up to 500 rows, all or nothing, each identified by its `id`, its `external_id` or both. The response has the outcome for each row, in order. A row that is already equal isn’t written.
         */
        post: operations["batchInvoices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/invoices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one of the invoices
         * @description One of the company’s invoices.
         */
        get: operations["getInvoice"];
        /**
         * Create or replace one of the invoices
         * @description Creates the row with this id (201) or replaces it (200). An omitted field gets its default, except `external_id`, which is kept. A row that is already equal isn’t written.
         */
        put: operations["putInvoice"];
        post?: never;
        /**
         * Delete one of the invoices
         * @description Deletes the row, unless other rows refer to it. A body is ignored.
         */
        delete: operations["deleteInvoice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List actions
         * @description The company’s actions, by due_at unless `ordering` is given.
         */
        get: operations["listActions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/actions/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create or replace many actions
         * @description Creates or replaces up to 500 rows, all or nothing, each identified by its `id`, its `external_id` or both. The response has the outcome for each row, in order. A row that is already equal isn’t written.
         */
        post: operations["batchActions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/actions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one of the actions
         * @description One of the company’s actions.
         */
        get: operations["getAction"];
        /**
         * Create or replace one of the actions
         * @description Creates the row with this id (201) or replaces it (200). An omitted field gets its default, except `external_id`, which is kept. A row that is already equal isn’t written.
         */
        put: operations["putAction"];
        post?: never;
        /**
         * Delete one of the actions
         * @description Deletes the row, unless other rows refer to it. A body is ignored.
         */
        delete: operations["deleteAction"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/touchpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List touchpoints
         * @description The company’s touchpoints, by scheduled_for unless `ordering` is given.
         */
        get: operations["listTouchpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/touchpoints/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create or replace many touchpoints
         * @description Creates or replaces up to 500 rows, all or nothing, each identified by its `id`, its `external_id` or both. The response has the outcome for each row, in order. A row that is already equal isn’t written.
         */
        post: operations["batchTouchpoints"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/touchpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one of the touchpoints
         * @description One of the company’s touchpoints.
         */
        get: operations["getTouchpoint"];
        /**
         * Create or replace one of the touchpoints
         * @description Creates the row with this id (201) or replaces it (200). An omitted field gets its default, except `external_id`, which is kept. A row that is already equal isn’t written.
         */
        put: operations["putTouchpoint"];
        post?: never;
        /**
         * Delete one of the touchpoints
         * @description Deletes the row, unless other rows refer to it. A body is ignored.
         */
        delete: operations["deleteTouchpoint"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members
         * @description The company’s members, by name.
         */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/communications/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what changes
         * @description The changes in the company, in the order of the transactions, each once. `Accept: text/event-stream` opens a stream of server-sent events that continues after `Last-Event-ID` (or `after`); any other `Accept` returns a batch of the same feed as a list. Events contain ids only, never texts. An event appears only after all older transactions have ended, so a client that continues from its last `id` never misses one.
         *
         *     A user can have at most 20 open streams of a company in each process of the server (`WORKERS`); a further request is answered 429 until a stream ends.
         *
         *     An event concerns the whole conversation that it names. `thread.created` includes what the new message changed in the other messages. `thread.updated` is a change by a user, by a later event of a provider about a call or a mail, by `rematch` (one event per conversation), or by merging two conversations (one event for each, with the message that represented it in the lists). `import.completed` may concern everything in the company: read it again.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook endpoints
         * @description The webhook endpoints of the company, newest first. All operations on webhook endpoints are for admins only.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Create a webhook endpoint
         * @description From now on events are sent to the URL by POST, each signed with the `secret` according to Standard Webhooks 1.0. The secret is shown once. `webhooks` in this document describes the requests.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/webhook-endpoints/{endpoint_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook endpoint
         * @description A single endpoint, without its secret.
         */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook endpoint
         * @description Deletes the endpoint; no more events are sent to it. A body is ignored.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change a webhook endpoint
         * @description Changes the URL, the event types or the description, and enables or disables the endpoint. Events that occurred while it was disabled are sent only by a replay.
         */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/api/companies/{company_id}/webhook-endpoints/{endpoint_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send events again
         * @description Goes back to a position in the feed: every later event is sent, again or for the first time, in order and with its own `webhook-id`. A disabled endpoint gets only the events that exist now.
         */
        post: operations["replayWebhookEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/webhook-endpoints/{endpoint_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries
         * @description Delivery attempts of the last seven days, newest first.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/nylas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Answer the challenge of Nylas
         * @description Nylas sends a challenge once, when the webhook is set up, and expects the value back unchanged.
         */
        get: operations["answerNylasChallenge"];
        put?: never;
        /**
         * Take an event from Nylas
         * @description A `message.created` becomes a message of its conversation; every other type is acknowledged and counted. `x-nylas-signature` is the HMAC-SHA256 of the raw body in hexadecimal. A repeated event has no effect.
         */
        post: operations["recordNylasWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/vonage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a Voice event from Vonage
         * @description The events of one call make one message, in any order. `Authorization: Bearer` has a JWT (HS256) with the SHA-256 of the body, at most five minutes old; each JWT id is accepted once.
         */
        post: operations["recordVonageWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log out
         * @description Revokes the token of this request. A body is ignored.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/communications/events/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a stream ticket
         * @description Creates a ticket that opens one event stream within a minute, for a browser's EventSource, which can't send an Authorization header. After a broken connection the same URL with `Last-Event-ID` resumes the stream for five minutes. The stream ends when the caller's token does. A body is ignored.
         */
        post: operations["createStreamTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/webhook-endpoints/{endpoint_id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the secret
         * @description Creates a new secret and shows it once. For 24 hours each delivery has a signature with the new and with the replaced secret. A body is ignored.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/companies/{company_id}/webhook-endpoints/{endpoint_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test
         * @description Sends an `endpoint.test` event within seconds, once, to a disabled endpoint too. The list of deliveries shows the result. A body is ignored.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Process health
         * @description Whether the process is running, and its version. It makes no query.
         */
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Readiness
         * @description Whether the database can be reached, its migrations are applied and the encryption keys match it.
         */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics
         * @description For Prometheus: requests by route and status with their latencies, connections, the event loop, the states of providers' events, and the encryption key ids in use; nothing about companies. With the setting `METRICS_TOKEN` it requires `Authorization: Bearer` with that token. Without the setting it is available only to clients on the loopback address, without a proxy between. Every other request is answered 404.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    event: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An event is sent
         * @description Sent to every enabled endpoint that is subscribed to its type: at least once, in the order of the feed. Acknowledge it with any 2xx within 15 seconds; after any other response it is sent again later, and 410 disables the endpoint. Verify the signature first (`verify` of the client, or any library of the Standard Webhooks specification), and ignore a `webhook-id` that you have already processed.
         */
        post: operations["receiveEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * @description One of the company’s actions.
         * @example {
         *       "id": "019dab30-df00-7aa6-b8df-48180a1eaf97",
         *       "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *       "external_id": "D-10042",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "invoice_id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *       "action_type": "email",
         *       "status": "proposed",
         *       "description": "Call about INV-1001",
         *       "due_at": "2026-05-12T14:30:00.000Z",
         *       "executed_at": "2026-05-12T14:30:00.000Z",
         *       "completed_by_thread_id": "01a1d0b8-4660-735b-b7e0-86139f34bd11",
         *       "created_at": "2026-05-11T09:12:00.000Z",
         *       "updated_at": "2026-05-11T09:12:00.000Z"
         *     }
         */
        Action: {
            /**
             * Format: uuid
             * @description The id.
             * @example 019dab30-df00-7aa6-b8df-48180a1eaf97
             */
            id: string;
            /**
             * Format: uuid
             * @description The company.
             * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
             */
            company_id: string;
            /**
             * @description The key of the row in your ERP.
             * @example D-10042
             */
            external_id: string | null;
            /**
             * Format: uuid
             * @description The customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string;
            /**
             * Format: uuid
             * @description The invoice that the action is about.
             * @example 01a10d38-f900-74b0-b88c-838cda34844b
             */
            invoice_id: string | null;
            /**
             * @description The type of action.
             * @example email
             * @enum {string}
             */
            action_type: "email" | "call" | "task";
            /**
             * @description The status. A completed action keeps it.
             * @example proposed
             * @enum {string}
             */
            status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
            /**
             * @description A description of the action.
             * @example Call about INV-1001
             */
            description: string;
            /**
             * Format: date-time
             * @description When the action is due.
             * @example 2026-05-12T14:30:00.000Z
             */
            due_at: string | null;
            /**
             * Format: date-time
             * @description When the action was completed.
             * @example 2026-05-12T14:30:00.000Z
             */
            executed_at: string | null;
            /**
             * Format: uuid
             * @description The manual log that completed it.
             * @example 01a1d0b8-4660-735b-b7e0-86139f34bd11
             */
            completed_by_thread_id: string | null;
            /**
             * Format: date-time
             * @description When the row was created.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the row was last changed.
             * @example 2026-05-11T09:12:00.000Z
             */
            updated_at: string;
        };
        /**
         * @description Up to 500 actions.
         * @example {
         *       "data": [
         *         {
         *           "external_id": "D-10042",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "invoice_id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *           "action_type": "email",
         *           "status": "proposed",
         *           "description": "Call about INV-1001",
         *           "due_at": "2026-05-12T14:30:00.000Z",
         *           "executed_at": "2026-05-12T14:30:00.000Z"
         *         }
         *       ]
         *     }
         */
        ActionBatch: {
            /** @description The rows. */
            data: {
                /**
                 * Format: uuid
                 * @description The row.
                 * @example 019dab30-df00-7aa6-b8df-48180a1eaf97
                 */
                id?: string | null;
                /**
                 * Format: external-id
                 * @description The key of the row in your ERP, unique in the company, without commas and control characters.
                 * @example D-10042
                 */
                external_id?: string | null;
                /**
                 * Format: uuid
                 * @description The customer.
                 * @example 019dab30-df00-7212-a672-29797144857e
                 */
                customer_id?: string | null;
                /**
                 * @description The external id of the row that `customer_id` refers to, instead of `customer_id`.
                 * @example D-10042
                 */
                customer_external_id?: string | null;
                /**
                 * Format: uuid
                 * @description The invoice that the action is about.
                 * @example 01a10d38-f900-74b0-b88c-838cda34844b
                 */
                invoice_id?: string | null;
                /**
                 * @description The external id of the row that `invoice_id` refers to, instead of `invoice_id`.
                 * @example D-10042
                 */
                invoice_external_id?: string | null;
                /**
                 * @description The type of action.
                 * @example email
                 * @enum {string}
                 */
                action_type: "email" | "call" | "task";
                /**
                 * @description The status. A completed action keeps it.
                 * @example proposed
                 * @enum {string}
                 */
                status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
                /**
                 * @description A description of the action.
                 * @example Call about INV-1001
                 */
                description?: string | null;
                /**
                 * Format: date-time
                 * @description When the action is due.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                due_at?: string | null;
                /**
                 * Format: date-time
                 * @description When the action was completed.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                executed_at?: string | null;
            }[];
        };
        /**
         * @description The fields of one of the actions that a client writes.
         * @example {
         *       "external_id": "D-10042",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "invoice_id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *       "action_type": "email",
         *       "status": "proposed",
         *       "description": "Call about INV-1001",
         *       "due_at": "2026-05-12T14:30:00.000Z",
         *       "executed_at": "2026-05-12T14:30:00.000Z"
         *     }
         */
        ActionFields: {
            /**
             * Format: external-id
             * @description The key of the row in your ERP, unique in the company, without commas and control characters.
             * @example D-10042
             */
            external_id?: string | null;
            /**
             * Format: uuid
             * @description The customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id?: string | null;
            /**
             * @description The external id of the row that `customer_id` refers to, instead of `customer_id`.
             * @example D-10042
             */
            customer_external_id?: string | null;
            /**
             * Format: uuid
             * @description The invoice that the action is about.
             * @example 01a10d38-f900-74b0-b88c-838cda34844b
             */
            invoice_id?: string | null;
            /**
             * @description The external id of the row that `invoice_id` refers to, instead of `invoice_id`.
             * @example D-10042
             */
            invoice_external_id?: string | null;
            /**
             * @description The type of action.
             * @example email
             * @enum {string}
             */
            action_type: "email" | "call" | "task";
            /**
             * @description The status. A completed action keeps it.
             * @example proposed
             * @enum {string}
             */
            status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
            /**
             * @description A description of the action.
             * @example Call about INV-1001
             */
            description?: string | null;
            /**
             * Format: date-time
             * @description When the action is due.
             * @example 2026-05-12T14:30:00.000Z
             */
            due_at?: string | null;
            /**
             * Format: date-time
             * @description When the action was completed.
             * @example 2026-05-12T14:30:00.000Z
             */
            executed_at?: string | null;
        };
        /**
         * @description A page of actions.
         * @example {
         *       "count": 1,
         *       "page": 1,
         *       "page_size": 20,
         *       "next_cursor": null,
         *       "data": [
         *         {
         *           "id": "019dab30-df00-7aa6-b8df-48180a1eaf97",
         *           "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "external_id": "D-10042",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "invoice_id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *           "action_type": "email",
         *           "status": "proposed",
         *           "description": "Call about INV-1001",
         *           "due_at": "2026-05-12T14:30:00.000Z",
         *           "executed_at": "2026-05-12T14:30:00.000Z",
         *           "completed_by_thread_id": "01a1d0b8-4660-735b-b7e0-86139f34bd11",
         *           "created_at": "2026-05-11T09:12:00.000Z",
         *           "updated_at": "2026-05-11T09:12:00.000Z"
         *         }
         *       ]
         *     }
         */
        ActionList: {
            /**
             * @description The exact number of rows in the whole list. Null with `search` when more than 1,000 rows match, unless the request has `Prefer: count=exact`, and with `updated_after` when counting takes more than a second. Absent with a cursor.
             * @example 137
             */
            count?: number | null;
            /**
             * @description The page, from 1. Absent with a cursor.
             * @example 1
             */
            page?: number;
            /**
             * @description Rows a page.
             * @example 20
             */
            page_size: number;
            /**
             * @description Pass it as `cursor` for the next page; null on the last.
             * @example AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc
             */
            next_cursor: string | null;
            /**
             * @description Only with `updated_after`, on the first page: send it as `updated_after` with the next sync.
             * @example AQAAAAEEdY5ITkGU-Ak4R5VNv4JIElmSx2obDLcixlVQMqyU_nYLj97Wr3KAKPC2TF-lE_h1oXdyTLe_Ng
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["Action"][];
        };
        /** @description An attachment of an email. */
        Attachment: {
            /**
             * Format: uuid
             * @description The attachment.
             * @example 01a016a4-04b8-7f4a-83fb-adf577fcd861
             */
            id: string;
            /**
             * @description The file name in the mail.
             * @example INV-1001.pdf
             */
            filename: string;
            /**
             * @description The media type in the mail.
             * @example application/pdf
             */
            content_type: string;
            /**
             * @description Size in bytes.
             * @example 48213
             */
            size_bytes: number;
            /**
             * @description Whether it is shown inside the body, such as a logo.
             * @example false
             */
            is_inline: boolean;
        };
        /**
         * @description The outcome for each row of a batch.
         * @example {
         *       "data": [
         *         {
         *           "id": "019dab30-df00-7212-a672-29797144857e",
         *           "external_id": "D-10042",
         *           "outcome": "created"
         *         }
         *       ]
         *     }
         */
        BatchOutcomes: {
            /** @description In the order of the request. */
            data: {
                /**
                 * Format: uuid
                 * @description The row.
                 * @example 019dab30-df00-7212-a672-29797144857e
                 */
                id: string;
                /**
                 * @description The key of the row in your ERP.
                 * @example D-10042
                 */
                external_id: string | null;
                /**
                 * @description Whether the row was created, updated or already equal.
                 * @example created
                 * @enum {string}
                 */
                outcome: "created" | "updated" | "unchanged";
            }[];
        };
        /**
         * @description One change.
         * @example {
         *       "id": "019e1c98-3e41-75ee-91aa-e692f4035bcd",
         *       "type": "thread.created",
         *       "thread_id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *       "thread_group_id": "01a0167b-6648-73d9-87ee-67598f804cb3",
         *       "subject_id": null,
         *       "note_id": null,
         *       "promise_id": null,
         *       "user_id": null,
         *       "occurred_at": "2026-05-12T14:30:00.000Z"
         *     }
         */
        CommunicationEvent: {
            /**
             * @description The id, and the position in the feed: send it as `after`, or let EventSource send it as `Last-Event-ID`.
             * @example 019e1c98-3e41-75ee-91aa-e692f4035bcd
             */
            id: string;
            /**
             * @description The type. `import.completed` is the one event for all rows that an import wrote. `thread.deleted`: a message is no longer in the record, because it turned out to be a draft that was never sent, or the same call as another.
             * @example thread.created
             * @enum {string}
             */
            type: "thread.created" | "thread.updated" | "thread.deleted" | "note.created" | "note.updated" | "note.deleted" | "promise.created" | "promise.updated" | "customer.created" | "customer.updated" | "customer.deleted" | "contact.created" | "contact.updated" | "contact.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "action.created" | "action.updated" | "action.deleted" | "touchpoint.created" | "touchpoint.updated" | "touchpoint.deleted" | "import.completed";
            /**
             * Format: uuid
             * @description The message that the event is about; null for an import.
             * @example 01a01a5d-ebf0-7162-813c-ba360cda8a66
             */
            thread_id: string | null;
            /**
             * Format: uuid
             * @description The conversation of that message, of a deleted one the conversation it was in.
             * @example 01a0167b-6648-73d9-87ee-67598f804cb3
             */
            thread_group_id: string | null;
            /**
             * Format: uuid
             * @description The row that the event is about, for events of customers, contacts, invoices, actions and touchpoints.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            subject_id: string | null;
            /**
             * Format: uuid
             * @description The note, for events of notes.
             * @example 01a01a6e-89d8-770f-85ce-2e5b78845dab
             */
            note_id: string | null;
            /**
             * Format: uuid
             * @description The promise, for events of promises.
             * @example 019e1c98-3e46-7a43-86ff-3be749580a12
             */
            promise_id: string | null;
            /**
             * Format: uuid
             * @description The user who made the change; null for a provider or the operator.
             * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
             */
            user_id: string | null;
            /**
             * Format: date-time
             * @description When the change was written.
             * @example 2026-05-12T14:30:00.000Z
             */
            occurred_at: string;
        };
        /**
         * @description A batch of the feed, oldest first.
         * @example {
         *       "data": [
         *         {
         *           "id": "019e1c98-3e41-75ee-91aa-e692f4035bcd",
         *           "type": "thread.created",
         *           "thread_id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *           "thread_group_id": "01a0167b-6648-73d9-87ee-67598f804cb3",
         *           "subject_id": null,
         *           "note_id": null,
         *           "promise_id": null,
         *           "user_id": null,
         *           "occurred_at": "2026-05-12T14:30:00.000Z"
         *         }
         *       ],
         *       "next_after": "019e1c98-3e41-75ee-91aa-e692f4035bcd",
         *       "has_more": false
         *     }
         */
        CommunicationEventList: {
            /** @description Events in the order of their transactions. */
            data: components["schemas"]["CommunicationEvent"][];
            /**
             * @description Send it as `after` to continue from here, now or later; present even when `data` is empty.
             * @example 019e1c98-3e41-75ee-91aa-e692f4035bcd
             */
            next_after: string;
            /**
             * @description Whether more events can be read now.
             * @example false
             */
            has_more: boolean;
        };
        /**
         * @description One message. Messages of one conversation share a `thread_group_id`.
         * @example {
         *       "id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *       "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *       "thread_group_id": "01a0167b-6648-73d9-87ee-67598f804cb3",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "customer_name": "Acme Corp",
         *       "contact_id": "019dab30-df00-7fd6-86eb-bae7d2602aa1",
         *       "contact_name": "Dana Reyes",
         *       "communication_type": "email",
         *       "source": "nylas",
         *       "notes": null,
         *       "cc": [],
         *       "call": null,
         *       "is_resolved": false,
         *       "is_ar_related": true,
         *       "strategy_tags": [],
         *       "invoice_ids": [
         *         "01a10d38-f900-74b0-b88c-838cda34844b"
         *       ],
         *       "invoices": [
         *         {
         *           "id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *           "number": "INV-1001"
         *         }
         *       ],
         *       "scheduled_action": null,
         *       "scheduled_touchpoint": null,
         *       "outcome": null,
         *       "promise": null,
         *       "dispute": null,
         *       "assignee": {
         *         "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *         "name": "Sam Ortiz"
         *       },
         *       "follow_up_at": null,
         *       "message_count": 2,
         *       "logged_by": null,
         *       "direction": "inbound",
         *       "subject": "Re: Invoice INV-1001",
         *       "preview": "We will pay on Friday.",
         *       "from": {
         *         "name": "Dana Reyes",
         *         "email": "dana@acme.example"
         *       },
         *       "to": [
         *         {
         *           "name": "Northbrook AR",
         *           "email": "ar@northbrook.example"
         *         }
         *       ],
         *       "requires_response": true,
         *       "has_attachments": false,
         *       "timestamp": "2026-05-12T14:30:00.000Z",
         *       "created_at": "2026-05-12T14:30:00.000Z",
         *       "updated_at": "2026-05-12T14:30:00.000Z"
         *     }
         */
        CommunicationThread: {
            /**
             * Format: uuid
             * @description The message.
             * @example 01a01a5d-ebf0-7162-813c-ba360cda8a66
             */
            id: string;
            /**
             * Format: uuid
             * @description The company.
             * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
             */
            company_id: string;
            /**
             * Format: uuid
             * @description The conversation that the message belongs to.
             * @example 01a0167b-6648-73d9-87ee-67598f804cb3
             */
            thread_group_id: string;
            /**
             * Format: uuid
             * @description The customer; null for mail that matched no customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string | null;
            /**
             * @description The customer's name.
             * @example Acme Corp
             */
            customer_name: string | null;
            /**
             * Format: uuid
             * @description The CustomerContact involved.
             * @example 019dab30-df00-7fd6-86eb-bae7d2602aa1
             */
            contact_id: string | null;
            /**
             * @description The contact's name.
             * @example Dana Reyes
             */
            contact_name: string | null;
            /**
             * @description Type of communication.
             * @example email
             * @enum {string}
             */
            communication_type: "email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other";
            /**
             * @description Where the message came from; `manual` is a manual log.
             * @example nylas
             * @enum {string}
             */
            source: "nylas" | "vonage" | "manual" | "import";
            /**
             * @description From or to the customer.
             * @example inbound
             * @enum {string}
             */
            direction: "inbound" | "outbound";
            /**
             * @description Subject line; empty when a mail has none. A list shows at most 2,000 characters of it.
             * @example Re: Invoice INV-1001
             */
            subject: string;
            /**
             * @description At most 200 characters of plain text; null for manual logs.
             * @example We will pay on Friday.
             */
            preview: string | null;
            /**
             * @description The notes of a manual log, else null. Stored encrypted.
             * @example Spoke with the AP manager.
             */
            notes: string | null;
            /** @description Sender of an email, else null. */
            from: components["schemas"]["EmailParty"] | null;
            /** @description Recipients of an email. */
            to: components["schemas"]["EmailParty"][];
            /** @description Recipients in copy. */
            cc: components["schemas"]["EmailParty"][];
            /** @description The call, for calls of a provider. */
            call: {
                /**
                 * @description The provider's status of the counterpart's line. A call that wasn't answered keeps its outcome, such as `busy`.
                 * @example completed
                 */
                status: string | null;
                /**
                 * @description The caller, E.164 if possible.
                 * @example +13125550123
                 */
                from_number: string | null;
                /**
                 * @description The callee, E.164 if possible.
                 * @example +13125550199
                 */
                to_number: string | null;
                /**
                 * Format: date-time
                 * @description When the call began.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                started_at: string | null;
                /**
                 * Format: date-time
                 * @description When the call ended.
                 * @example 2026-05-12T14:34:10.000Z
                 */
                ended_at: string | null;
                /**
                 * @description Talk time in seconds.
                 * @example 250
                 */
                duration_seconds: number | null;
            } | null;
            /**
             * @description Whether your team still has to respond.
             * @example true
             */
            requires_response: boolean;
            /**
             * @description Whether the outstanding issue is resolved.
             * @example false
             */
            is_resolved: boolean;
            /**
             * @description Whether it is about receivables; null when not classified.
             * @example true
             */
            is_ar_related: boolean | null;
            /**
             * @description Strategy tags, in order.
             * @example [
             *       "escalation"
             *     ]
             */
            strategy_tags: string[];
            /**
             * @description Linked invoices.
             * @example [
             *       "01a10d38-f900-74b0-b88c-838cda34844b"
             *     ]
             */
            invoice_ids: string[];
            /** @description Linked invoices with their numbers, in the order of `invoice_ids`. */
            invoices: {
                /**
                 * Format: uuid
                 * @description The invoice.
                 * @example 01a10d38-f900-74b0-b88c-838cda34844b
                 */
                id: string;
                /**
                 * @description The invoice's number.
                 * @example INV-1001
                 */
                number: string;
            }[];
            /** @description The ScheduledAction that this message completed or is linked to. */
            scheduled_action: {
                /**
                 * Format: uuid
                 * @description The ScheduledAction.
                 * @example 019dab30-df00-7aa6-b8df-48180a1eaf97
                 */
                id: string;
                /**
                 * @description Its current status.
                 * @example completed
                 * @enum {string}
                 */
                status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was completed.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                executed_at: string | null;
            } | null;
            /** @description The ScheduledTouchpoint that this message completed or is linked to. */
            scheduled_touchpoint: {
                /**
                 * Format: uuid
                 * @description The ScheduledTouchpoint.
                 * @example 019dab30-df00-7ddc-93de-12611820b046
                 */
                id: string;
                /**
                 * @description Its current status.
                 * @example completed
                 * @enum {string}
                 */
                status: "pending" | "ready" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was completed.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                completed_at: string | null;
            } | null;
            /**
             * @description The result of a manual log, else null.
             * @example promise_to_pay
             * @enum {string|null}
             */
            outcome: "spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other" | null;
            /** @description The promise to pay that the customer made in this message. */
            promise: {
                /**
                 * Format: uuid
                 * @description The promise.
                 * @example 019e1c98-3e46-7a43-86ff-3be749580a12
                 */
                id: string;
                /**
                 * @description `broken`: open, and the day has passed in the company’s time zone.
                 * @example open
                 * @enum {string}
                 */
                status: "open" | "kept" | "cancelled" | "broken";
                /**
                 * Format: date
                 * @description The last day for keeping it.
                 * @example 2026-06-05
                 */
                due_on: string;
                /**
                 * @description A decimal number.
                 * @example 4210.00
                 */
                amount: string | null;
                /**
                 * @description ISO 4217.
                 * @example USD
                 */
                currency: string | null;
                /**
                 * @description The invoices that the promise is about.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description The dispute that the customer raised in this message. */
            dispute: {
                /**
                 * @description Why the customer won’t pay.
                 * @example price
                 * @enum {string}
                 */
                reason: "price" | "quantity" | "quality" | "not_received" | "duplicate" | "terms" | "other";
                /**
                 * @description The disputed invoices.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description The member who is responsible for the conversation. */
            assignee: {
                /**
                 * Format: uuid
                 * @description The user.
                 * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
                 */
                id: string;
                /**
                 * @description The user's name.
                 * @example Sam Ortiz
                 */
                name: string;
            } | null;
            /**
             * Format: date-time
             * @description When to follow up. An inbound message that becomes the conversation’s latest clears it.
             * @example 2026-06-08T07:00:00.000Z
             */
            follow_up_at: string | null;
            /**
             * @description Number of messages in the conversation.
             * @example 4
             */
            message_count: number;
            /**
             * @description Whether it has an attachment that is not inline.
             * @example false
             */
            has_attachments: boolean;
            /** @description The user who created the manual log, else null. */
            logged_by: {
                /**
                 * Format: uuid
                 * @description The user.
                 * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
                 */
                id: string;
                /**
                 * @description The user's name.
                 * @example Sam Ortiz
                 */
                name: string;
            } | null;
            /**
             * Format: date-time
             * @description When the communication took place.
             * @example 2026-05-12T14:30:00.000Z
             */
            timestamp: string;
            /**
             * Format: date-time
             * @description When the message was stored.
             * @example 2026-05-12T14:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the message last changed.
             * @example 2026-05-12T14:30:00.000Z
             */
            updated_at: string;
            /**
             * @description Present and true when `from`, `to` and `cc` are shortened: a list shows at most 100 recipients of each, 6 KiB of them together, and 200 characters of a name. The detail has them whole.
             * @example true
             */
            recipients_truncated?: boolean;
        };
        /**
         * @description One message with its body and attachments.
         * @example {
         *       "id": "01a1d0b8-4660-735b-b7e0-86139f34bd11",
         *       "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *       "thread_group_id": "01a1d0b8-4660-7291-9a8b-ed50ac72c170",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "customer_name": "Acme Corp",
         *       "contact_id": "019dab30-df00-7fd6-86eb-bae7d2602aa1",
         *       "contact_name": "Dana Reyes",
         *       "communication_type": "call",
         *       "source": "manual",
         *       "notes": "Spoke with AP manager. She confirmed payment will process on June 5.",
         *       "cc": [],
         *       "call": null,
         *       "is_resolved": false,
         *       "is_ar_related": null,
         *       "strategy_tags": [
         *         "promise-to-pay"
         *       ],
         *       "invoice_ids": [
         *         "01a10d38-f900-74b0-b88c-838cda34844b"
         *       ],
         *       "invoices": [
         *         {
         *           "id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *           "number": "INV-1001"
         *         }
         *       ],
         *       "scheduled_action": {
         *         "id": "019dab30-df00-7aa6-b8df-48180a1eaf97",
         *         "status": "completed",
         *         "executed_at": "2026-05-12T14:30:00.000Z"
         *       },
         *       "scheduled_touchpoint": null,
         *       "outcome": "promise_to_pay",
         *       "promise": {
         *         "id": "019e1c98-3e46-7a43-86ff-3be749580a12",
         *         "status": "open",
         *         "due_on": "2026-06-05",
         *         "amount": "4210.00",
         *         "currency": "USD",
         *         "invoice_ids": [
         *           "01a10d38-f900-74b0-b88c-838cda34844b"
         *         ]
         *       },
         *       "dispute": null,
         *       "assignee": {
         *         "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *         "name": "Sam Ortiz"
         *       },
         *       "follow_up_at": "2026-06-08T07:00:00.000Z",
         *       "message_count": 1,
         *       "logged_by": {
         *         "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *         "name": "Sam Ortiz"
         *       },
         *       "direction": "outbound",
         *       "subject": "Call with Acme Corp",
         *       "preview": null,
         *       "from": null,
         *       "to": [],
         *       "requires_response": false,
         *       "has_attachments": false,
         *       "timestamp": "2026-05-12T14:30:00.000Z",
         *       "created_at": "2026-05-12T14:30:00.000Z",
         *       "updated_at": "2026-05-12T14:30:00.000Z",
         *       "body": null,
         *       "body_type": null,
         *       "body_truncated": false,
         *       "attachments": []
         *     }
         */
        CommunicationThreadDetail: {
            /**
             * Format: uuid
             * @description The message.
             * @example 01a01a5d-ebf0-7162-813c-ba360cda8a66
             */
            id: string;
            /**
             * Format: uuid
             * @description The company.
             * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
             */
            company_id: string;
            /**
             * Format: uuid
             * @description The conversation that the message belongs to.
             * @example 01a0167b-6648-73d9-87ee-67598f804cb3
             */
            thread_group_id: string;
            /**
             * Format: uuid
             * @description The customer; null for mail that matched no customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string | null;
            /**
             * @description The customer's name.
             * @example Acme Corp
             */
            customer_name: string | null;
            /**
             * Format: uuid
             * @description The CustomerContact involved.
             * @example 019dab30-df00-7fd6-86eb-bae7d2602aa1
             */
            contact_id: string | null;
            /**
             * @description The contact's name.
             * @example Dana Reyes
             */
            contact_name: string | null;
            /**
             * @description Type of communication.
             * @example email
             * @enum {string}
             */
            communication_type: "email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other";
            /**
             * @description Where the message came from; `manual` is a manual log.
             * @example nylas
             * @enum {string}
             */
            source: "nylas" | "vonage" | "manual" | "import";
            /**
             * @description From or to the customer.
             * @example inbound
             * @enum {string}
             */
            direction: "inbound" | "outbound";
            /**
             * @description Subject line; empty when a mail has none. A list shows at most 2,000 characters of it.
             * @example Re: Invoice INV-1001
             */
            subject: string;
            /**
             * @description At most 200 characters of plain text; null for manual logs.
             * @example We will pay on Friday.
             */
            preview: string | null;
            /**
             * @description The notes of a manual log, else null. Stored encrypted.
             * @example Spoke with the AP manager.
             */
            notes: string | null;
            /** @description Sender of an email, else null. */
            from: components["schemas"]["EmailParty"] | null;
            /** @description Recipients of an email. */
            to: components["schemas"]["EmailParty"][];
            /** @description Recipients in copy. */
            cc: components["schemas"]["EmailParty"][];
            /** @description The call, for calls of a provider. */
            call: {
                /**
                 * @description The provider's status of the counterpart's line. A call that wasn't answered keeps its outcome, such as `busy`.
                 * @example completed
                 */
                status: string | null;
                /**
                 * @description The caller, E.164 if possible.
                 * @example +13125550123
                 */
                from_number: string | null;
                /**
                 * @description The callee, E.164 if possible.
                 * @example +13125550199
                 */
                to_number: string | null;
                /**
                 * Format: date-time
                 * @description When the call began.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                started_at: string | null;
                /**
                 * Format: date-time
                 * @description When the call ended.
                 * @example 2026-05-12T14:34:10.000Z
                 */
                ended_at: string | null;
                /**
                 * @description Talk time in seconds.
                 * @example 250
                 */
                duration_seconds: number | null;
            } | null;
            /**
             * @description Whether your team still has to respond.
             * @example true
             */
            requires_response: boolean;
            /**
             * @description Whether the outstanding issue is resolved.
             * @example false
             */
            is_resolved: boolean;
            /**
             * @description Whether it is about receivables; null when not classified.
             * @example true
             */
            is_ar_related: boolean | null;
            /**
             * @description Strategy tags, in order.
             * @example [
             *       "escalation"
             *     ]
             */
            strategy_tags: string[];
            /**
             * @description Linked invoices.
             * @example [
             *       "01a10d38-f900-74b0-b88c-838cda34844b"
             *     ]
             */
            invoice_ids: string[];
            /** @description Linked invoices with their numbers, in the order of `invoice_ids`. */
            invoices: {
                /**
                 * Format: uuid
                 * @description The invoice.
                 * @example 01a10d38-f900-74b0-b88c-838cda34844b
                 */
                id: string;
                /**
                 * @description The invoice's number.
                 * @example INV-1001
                 */
                number: string;
            }[];
            /** @description The ScheduledAction that this message completed or is linked to. */
            scheduled_action: {
                /**
                 * Format: uuid
                 * @description The ScheduledAction.
                 * @example 019dab30-df00-7aa6-b8df-48180a1eaf97
                 */
                id: string;
                /**
                 * @description Its current status.
                 * @example completed
                 * @enum {string}
                 */
                status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was completed.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                executed_at: string | null;
            } | null;
            /** @description The ScheduledTouchpoint that this message completed or is linked to. */
            scheduled_touchpoint: {
                /**
                 * Format: uuid
                 * @description The ScheduledTouchpoint.
                 * @example 019dab30-df00-7ddc-93de-12611820b046
                 */
                id: string;
                /**
                 * @description Its current status.
                 * @example completed
                 * @enum {string}
                 */
                status: "pending" | "ready" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was completed.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                completed_at: string | null;
            } | null;
            /**
             * @description The result of a manual log, else null.
             * @example promise_to_pay
             * @enum {string|null}
             */
            outcome: "spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other" | null;
            /** @description The promise to pay that the customer made in this message. */
            promise: {
                /**
                 * Format: uuid
                 * @description The promise.
                 * @example 019e1c98-3e46-7a43-86ff-3be749580a12
                 */
                id: string;
                /**
                 * @description `broken`: open, and the day has passed in the company’s time zone.
                 * @example open
                 * @enum {string}
                 */
                status: "open" | "kept" | "cancelled" | "broken";
                /**
                 * Format: date
                 * @description The last day for keeping it.
                 * @example 2026-06-05
                 */
                due_on: string;
                /**
                 * @description A decimal number.
                 * @example 4210.00
                 */
                amount: string | null;
                /**
                 * @description ISO 4217.
                 * @example USD
                 */
                currency: string | null;
                /**
                 * @description The invoices that the promise is about.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description The dispute that the customer raised in this message. */
            dispute: {
                /**
                 * @description Why the customer won’t pay.
                 * @example price
                 * @enum {string}
                 */
                reason: "price" | "quantity" | "quality" | "not_received" | "duplicate" | "terms" | "other";
                /**
                 * @description The disputed invoices.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description The member who is responsible for the conversation. */
            assignee: {
                /**
                 * Format: uuid
                 * @description The user.
                 * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
                 */
                id: string;
                /**
                 * @description The user's name.
                 * @example Sam Ortiz
                 */
                name: string;
            } | null;
            /**
             * Format: date-time
             * @description When to follow up. An inbound message that becomes the conversation’s latest clears it.
             * @example 2026-06-08T07:00:00.000Z
             */
            follow_up_at: string | null;
            /**
             * @description Number of messages in the conversation.
             * @example 4
             */
            message_count: number;
            /**
             * @description Whether it has an attachment that is not inline.
             * @example false
             */
            has_attachments: boolean;
            /** @description The user who created the manual log, else null. */
            logged_by: {
                /**
                 * Format: uuid
                 * @description The user.
                 * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
                 */
                id: string;
                /**
                 * @description The user's name.
                 * @example Sam Ortiz
                 */
                name: string;
            } | null;
            /**
             * Format: date-time
             * @description When the communication took place.
             * @example 2026-05-12T14:30:00.000Z
             */
            timestamp: string;
            /**
             * Format: date-time
             * @description When the message was stored.
             * @example 2026-05-12T14:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the message last changed.
             * @example 2026-05-12T14:30:00.000Z
             */
            updated_at: string;
            /**
             * @description As it was sent; null for manual logs.
             * @example <p>We will pay on Friday.</p>
             */
            body: string | null;
            /**
             * @description Media type of `body`.
             * @example text/html
             * @enum {string|null}
             */
            body_type: "text/html" | "text/plain" | null;
            /**
             * @description Whether the body is omitted: a response has at most 8 MiB, of the newest. Get it by its own id.
             * @example false
             */
            body_truncated: boolean;
            /** @description Attachments, in the order of the mail. */
            attachments: components["schemas"]["Attachment"][];
        };
        /**
         * @description A page of communication threads, newest first.
         * @example {
         *       "count": 137,
         *       "page": 1,
         *       "page_size": 20,
         *       "next_cursor": "AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc",
         *       "data": [
         *         {
         *           "id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *           "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "thread_group_id": "01a0167b-6648-73d9-87ee-67598f804cb3",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "customer_name": "Acme Corp",
         *           "contact_id": "019dab30-df00-7fd6-86eb-bae7d2602aa1",
         *           "contact_name": "Dana Reyes",
         *           "communication_type": "email",
         *           "source": "nylas",
         *           "notes": null,
         *           "cc": [],
         *           "call": null,
         *           "is_resolved": false,
         *           "is_ar_related": true,
         *           "strategy_tags": [],
         *           "invoice_ids": [
         *             "01a10d38-f900-74b0-b88c-838cda34844b"
         *           ],
         *           "invoices": [
         *             {
         *               "id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *               "number": "INV-1001"
         *             }
         *           ],
         *           "scheduled_action": null,
         *           "scheduled_touchpoint": null,
         *           "outcome": null,
         *           "promise": null,
         *           "dispute": null,
         *           "assignee": {
         *             "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *             "name": "Sam Ortiz"
         *           },
         *           "follow_up_at": null,
         *           "message_count": 2,
         *           "logged_by": null,
         *           "direction": "inbound",
         *           "subject": "Re: Invoice INV-1001",
         *           "preview": "We will pay on Friday.",
         *           "from": {
         *             "name": "Dana Reyes",
         *             "email": "dana@acme.example"
         *           },
         *           "to": [
         *             {
         *               "name": "Northbrook AR",
         *               "email": "ar@northbrook.example"
         *             }
         *           ],
         *           "requires_response": true,
         *           "has_attachments": false,
         *           "timestamp": "2026-05-12T14:30:00.000Z",
         *           "created_at": "2026-05-12T14:30:00.000Z",
         *           "updated_at": "2026-05-12T14:30:00.000Z"
         *         }
         *       ]
         *     }
         */
        CommunicationThreadList: {
            /**
             * @description The exact number of rows in the whole list. Null with `search` when more than 1,000 rows match, unless the request has `Prefer: count=exact`, and with `updated_after` when counting takes more than a second. Absent with a cursor.
             * @example 137
             */
            count?: number | null;
            /**
             * @description The page, from 1. Absent with a cursor.
             * @example 1
             */
            page?: number;
            /**
             * @description Rows a page.
             * @example 20
             */
            page_size: number;
            /**
             * @description Pass it as `cursor` for the next page; null on the last.
             * @example AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc
             */
            next_cursor: string | null;
            /**
             * @description Only with `updated_after`, on the first page: send it as `updated_after` with the next sync.
             * @example AQAAAAEEdY5ITkGU-Ak4R5VNv4JIElmSx2obDLcixlVQMqyU_nYLj97Wr3KAKPC2TF-lE_h1oXdyTLe_Ng
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["CommunicationThread"][];
        };
        /**
         * @description A message and the rest of its conversation.
         * @example {
         *       "id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *       "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *       "thread_group_id": "01a0167b-6648-73d9-87ee-67598f804cb3",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "customer_name": "Acme Corp",
         *       "contact_id": "019dab30-df00-7fd6-86eb-bae7d2602aa1",
         *       "contact_name": "Dana Reyes",
         *       "communication_type": "email",
         *       "source": "nylas",
         *       "notes": null,
         *       "cc": [],
         *       "call": null,
         *       "is_resolved": false,
         *       "is_ar_related": true,
         *       "strategy_tags": [],
         *       "invoice_ids": [
         *         "01a10d38-f900-74b0-b88c-838cda34844b"
         *       ],
         *       "invoices": [
         *         {
         *           "id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *           "number": "INV-1001"
         *         }
         *       ],
         *       "scheduled_action": null,
         *       "scheduled_touchpoint": null,
         *       "outcome": null,
         *       "promise": null,
         *       "dispute": null,
         *       "assignee": {
         *         "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *         "name": "Sam Ortiz"
         *       },
         *       "follow_up_at": null,
         *       "message_count": 2,
         *       "logged_by": null,
         *       "direction": "inbound",
         *       "subject": "Re: Invoice INV-1001",
         *       "preview": "We will pay on Friday.",
         *       "from": {
         *         "name": "Dana Reyes",
         *         "email": "dana@acme.example"
         *       },
         *       "to": [
         *         {
         *           "name": "Northbrook AR",
         *           "email": "ar@northbrook.example"
         *         }
         *       ],
         *       "requires_response": true,
         *       "has_attachments": false,
         *       "timestamp": "2026-05-12T14:30:00.000Z",
         *       "created_at": "2026-05-12T14:30:00.000Z",
         *       "updated_at": "2026-05-12T14:30:00.000Z",
         *       "body": "<p>We will pay on Friday.</p>",
         *       "body_type": "text/html",
         *       "body_truncated": false,
         *       "attachments": [],
         *       "messages": [
         *         {
         *           "id": "01a0167b-6648-7b49-97b0-8d16e506be71",
         *           "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "thread_group_id": "01a0167b-6648-73d9-87ee-67598f804cb3",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "customer_name": "Acme Corp",
         *           "contact_id": "019dab30-df00-7fd6-86eb-bae7d2602aa1",
         *           "contact_name": "Dana Reyes",
         *           "communication_type": "email",
         *           "source": "nylas",
         *           "notes": null,
         *           "cc": [],
         *           "call": null,
         *           "is_resolved": false,
         *           "is_ar_related": true,
         *           "strategy_tags": [],
         *           "invoice_ids": [
         *             "01a10d38-f900-74b0-b88c-838cda34844b"
         *           ],
         *           "invoices": [
         *             {
         *               "id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *               "number": "INV-1001"
         *             }
         *           ],
         *           "scheduled_action": null,
         *           "scheduled_touchpoint": null,
         *           "outcome": null,
         *           "promise": null,
         *           "dispute": null,
         *           "assignee": {
         *             "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *             "name": "Sam Ortiz"
         *           },
         *           "follow_up_at": null,
         *           "message_count": 2,
         *           "logged_by": null,
         *           "direction": "outbound",
         *           "subject": "Invoice INV-1001",
         *           "preview": "Invoice INV-1001 over $4,210.00 was due on May 1. When may we expect it?",
         *           "from": {
         *             "name": "Northbrook AR",
         *             "email": "ar@northbrook.example"
         *           },
         *           "to": [
         *             {
         *               "name": "Dana Reyes",
         *               "email": "dana@acme.example"
         *             }
         *           ],
         *           "requires_response": false,
         *           "has_attachments": true,
         *           "timestamp": "2026-05-11T09:12:00.000Z",
         *           "created_at": "2026-05-11T09:12:00.000Z",
         *           "updated_at": "2026-05-11T09:12:00.000Z",
         *           "body": "<p>Invoice INV-1001 over $4,210.00 was due on May 1. When may we expect it?</p>",
         *           "body_type": "text/html",
         *           "body_truncated": false,
         *           "attachments": [
         *             {
         *               "id": "01a016a4-04b8-7f4a-83fb-adf577fcd861",
         *               "filename": "INV-1001.pdf",
         *               "content_type": "application/pdf",
         *               "size_bytes": 48213,
         *               "is_inline": false
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        CommunicationThreadWithOthers: {
            /**
             * Format: uuid
             * @description The message.
             * @example 01a01a5d-ebf0-7162-813c-ba360cda8a66
             */
            id: string;
            /**
             * Format: uuid
             * @description The company.
             * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
             */
            company_id: string;
            /**
             * Format: uuid
             * @description The conversation that the message belongs to.
             * @example 01a0167b-6648-73d9-87ee-67598f804cb3
             */
            thread_group_id: string;
            /**
             * Format: uuid
             * @description The customer; null for mail that matched no customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string | null;
            /**
             * @description The customer's name.
             * @example Acme Corp
             */
            customer_name: string | null;
            /**
             * Format: uuid
             * @description The CustomerContact involved.
             * @example 019dab30-df00-7fd6-86eb-bae7d2602aa1
             */
            contact_id: string | null;
            /**
             * @description The contact's name.
             * @example Dana Reyes
             */
            contact_name: string | null;
            /**
             * @description Type of communication.
             * @example email
             * @enum {string}
             */
            communication_type: "email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other";
            /**
             * @description Where the message came from; `manual` is a manual log.
             * @example nylas
             * @enum {string}
             */
            source: "nylas" | "vonage" | "manual" | "import";
            /**
             * @description From or to the customer.
             * @example inbound
             * @enum {string}
             */
            direction: "inbound" | "outbound";
            /**
             * @description Subject line; empty when a mail has none. A list shows at most 2,000 characters of it.
             * @example Re: Invoice INV-1001
             */
            subject: string;
            /**
             * @description At most 200 characters of plain text; null for manual logs.
             * @example We will pay on Friday.
             */
            preview: string | null;
            /**
             * @description The notes of a manual log, else null. Stored encrypted.
             * @example Spoke with the AP manager.
             */
            notes: string | null;
            /** @description Sender of an email, else null. */
            from: components["schemas"]["EmailParty"] | null;
            /** @description Recipients of an email. */
            to: components["schemas"]["EmailParty"][];
            /** @description Recipients in copy. */
            cc: components["schemas"]["EmailParty"][];
            /** @description The call, for calls of a provider. */
            call: {
                /**
                 * @description The provider's status of the counterpart's line. A call that wasn't answered keeps its outcome, such as `busy`.
                 * @example completed
                 */
                status: string | null;
                /**
                 * @description The caller, E.164 if possible.
                 * @example +13125550123
                 */
                from_number: string | null;
                /**
                 * @description The callee, E.164 if possible.
                 * @example +13125550199
                 */
                to_number: string | null;
                /**
                 * Format: date-time
                 * @description When the call began.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                started_at: string | null;
                /**
                 * Format: date-time
                 * @description When the call ended.
                 * @example 2026-05-12T14:34:10.000Z
                 */
                ended_at: string | null;
                /**
                 * @description Talk time in seconds.
                 * @example 250
                 */
                duration_seconds: number | null;
            } | null;
            /**
             * @description Whether your team still has to respond.
             * @example true
             */
            requires_response: boolean;
            /**
             * @description Whether the outstanding issue is resolved.
             * @example false
             */
            is_resolved: boolean;
            /**
             * @description Whether it is about receivables; null when not classified.
             * @example true
             */
            is_ar_related: boolean | null;
            /**
             * @description Strategy tags, in order.
             * @example [
             *       "escalation"
             *     ]
             */
            strategy_tags: string[];
            /**
             * @description Linked invoices.
             * @example [
             *       "01a10d38-f900-74b0-b88c-838cda34844b"
             *     ]
             */
            invoice_ids: string[];
            /** @description Linked invoices with their numbers, in the order of `invoice_ids`. */
            invoices: {
                /**
                 * Format: uuid
                 * @description The invoice.
                 * @example 01a10d38-f900-74b0-b88c-838cda34844b
                 */
                id: string;
                /**
                 * @description The invoice's number.
                 * @example INV-1001
                 */
                number: string;
            }[];
            /** @description The ScheduledAction that this message completed or is linked to. */
            scheduled_action: {
                /**
                 * Format: uuid
                 * @description The ScheduledAction.
                 * @example 019dab30-df00-7aa6-b8df-48180a1eaf97
                 */
                id: string;
                /**
                 * @description Its current status.
                 * @example completed
                 * @enum {string}
                 */
                status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was completed.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                executed_at: string | null;
            } | null;
            /** @description The ScheduledTouchpoint that this message completed or is linked to. */
            scheduled_touchpoint: {
                /**
                 * Format: uuid
                 * @description The ScheduledTouchpoint.
                 * @example 019dab30-df00-7ddc-93de-12611820b046
                 */
                id: string;
                /**
                 * @description Its current status.
                 * @example completed
                 * @enum {string}
                 */
                status: "pending" | "ready" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was completed.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                completed_at: string | null;
            } | null;
            /**
             * @description The result of a manual log, else null.
             * @example promise_to_pay
             * @enum {string|null}
             */
            outcome: "spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other" | null;
            /** @description The promise to pay that the customer made in this message. */
            promise: {
                /**
                 * Format: uuid
                 * @description The promise.
                 * @example 019e1c98-3e46-7a43-86ff-3be749580a12
                 */
                id: string;
                /**
                 * @description `broken`: open, and the day has passed in the company’s time zone.
                 * @example open
                 * @enum {string}
                 */
                status: "open" | "kept" | "cancelled" | "broken";
                /**
                 * Format: date
                 * @description The last day for keeping it.
                 * @example 2026-06-05
                 */
                due_on: string;
                /**
                 * @description A decimal number.
                 * @example 4210.00
                 */
                amount: string | null;
                /**
                 * @description ISO 4217.
                 * @example USD
                 */
                currency: string | null;
                /**
                 * @description The invoices that the promise is about.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description The dispute that the customer raised in this message. */
            dispute: {
                /**
                 * @description Why the customer won’t pay.
                 * @example price
                 * @enum {string}
                 */
                reason: "price" | "quantity" | "quality" | "not_received" | "duplicate" | "terms" | "other";
                /**
                 * @description The disputed invoices.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description The member who is responsible for the conversation. */
            assignee: {
                /**
                 * Format: uuid
                 * @description The user.
                 * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
                 */
                id: string;
                /**
                 * @description The user's name.
                 * @example Sam Ortiz
                 */
                name: string;
            } | null;
            /**
             * Format: date-time
             * @description When to follow up. An inbound message that becomes the conversation’s latest clears it.
             * @example 2026-06-08T07:00:00.000Z
             */
            follow_up_at: string | null;
            /**
             * @description Number of messages in the conversation.
             * @example 4
             */
            message_count: number;
            /**
             * @description Whether it has an attachment that is not inline.
             * @example false
             */
            has_attachments: boolean;
            /** @description The user who created the manual log, else null. */
            logged_by: {
                /**
                 * Format: uuid
                 * @description The user.
                 * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
                 */
                id: string;
                /**
                 * @description The user's name.
                 * @example Sam Ortiz
                 */
                name: string;
            } | null;
            /**
             * Format: date-time
             * @description When the communication took place.
             * @example 2026-05-12T14:30:00.000Z
             */
            timestamp: string;
            /**
             * Format: date-time
             * @description When the message was stored.
             * @example 2026-05-12T14:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the message last changed.
             * @example 2026-05-12T14:30:00.000Z
             */
            updated_at: string;
            /**
             * @description As it was sent; null for manual logs.
             * @example <p>We will pay on Friday.</p>
             */
            body: string | null;
            /**
             * @description Media type of `body`.
             * @example text/html
             * @enum {string|null}
             */
            body_type: "text/html" | "text/plain" | null;
            /**
             * @description Whether the body is omitted: a response has at most 8 MiB, of the newest. Get it by its own id.
             * @example false
             */
            body_truncated: boolean;
            /** @description Attachments, in the order of the mail. */
            attachments: components["schemas"]["Attachment"][];
            /** @description All other messages of the conversation, oldest first. */
            messages: components["schemas"]["CommunicationThreadDetail"][];
        };
        /**
         * @description One of the company’s contacts.
         * @example {
         *       "id": "019dab30-df00-7fd6-86eb-bae7d2602aa1",
         *       "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *       "external_id": "D-10042",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "name": "Dana Reyes",
         *       "email": "dana@acme.example",
         *       "phone": "+15551234567",
         *       "created_at": "2026-05-11T09:12:00.000Z",
         *       "updated_at": "2026-05-11T09:12:00.000Z"
         *     }
         */
        Contact: {
            /**
             * Format: uuid
             * @description The id.
             * @example 019dab30-df00-7fd6-86eb-bae7d2602aa1
             */
            id: string;
            /**
             * Format: uuid
             * @description The company.
             * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
             */
            company_id: string;
            /**
             * @description The key of the row in your ERP.
             * @example D-10042
             */
            external_id: string | null;
            /**
             * Format: uuid
             * @description The customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string;
            /**
             * @description The name.
             * @example Dana Reyes
             */
            name: string;
            /**
             * @description The email address, by which mail is matched to the contact.
             * @example dana@acme.example
             */
            email: string | null;
            /**
             * @description E.164.
             * @example +15551234567
             */
            phone: string | null;
            /**
             * Format: date-time
             * @description When the row was created.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the row was last changed.
             * @example 2026-05-11T09:12:00.000Z
             */
            updated_at: string;
        };
        /**
         * @description Up to 500 contacts.
         * @example {
         *       "data": [
         *         {
         *           "external_id": "D-10042",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "name": "Dana Reyes",
         *           "email": "dana@acme.example",
         *           "phone": "+15551234567"
         *         }
         *       ]
         *     }
         */
        ContactBatch: {
            /** @description The rows. */
            data: {
                /**
                 * Format: uuid
                 * @description The row.
                 * @example 019dab30-df00-7fd6-86eb-bae7d2602aa1
                 */
                id?: string | null;
                /**
                 * Format: external-id
                 * @description The key of the row in your ERP, unique in the company, without commas and control characters.
                 * @example D-10042
                 */
                external_id?: string | null;
                /**
                 * Format: uuid
                 * @description The customer.
                 * @example 019dab30-df00-7212-a672-29797144857e
                 */
                customer_id?: string | null;
                /**
                 * @description The external id of the row that `customer_id` refers to, instead of `customer_id`.
                 * @example D-10042
                 */
                customer_external_id?: string | null;
                /**
                 * @description The name.
                 * @example Dana Reyes
                 */
                name: string;
                /**
                 * @description The email address, by which mail is matched to the contact.
                 * @example dana@acme.example
                 */
                email?: string | null;
                /**
                 * Format: e164
                 * @description E.164.
                 * @example +15551234567
                 */
                phone?: string | null;
            }[];
        };
        /**
         * @description The fields of one of the contacts that a client writes.
         * @example {
         *       "external_id": "D-10042",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "name": "Dana Reyes",
         *       "email": "dana@acme.example",
         *       "phone": "+15551234567"
         *     }
         */
        ContactFields: {
            /**
             * Format: external-id
             * @description The key of the row in your ERP, unique in the company, without commas and control characters.
             * @example D-10042
             */
            external_id?: string | null;
            /**
             * Format: uuid
             * @description The customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id?: string | null;
            /**
             * @description The external id of the row that `customer_id` refers to, instead of `customer_id`.
             * @example D-10042
             */
            customer_external_id?: string | null;
            /**
             * @description The name.
             * @example Dana Reyes
             */
            name: string;
            /**
             * @description The email address, by which mail is matched to the contact.
             * @example dana@acme.example
             */
            email?: string | null;
            /**
             * Format: e164
             * @description E.164.
             * @example +15551234567
             */
            phone?: string | null;
        };
        /**
         * @description A page of contacts.
         * @example {
         *       "count": 1,
         *       "page": 1,
         *       "page_size": 20,
         *       "next_cursor": null,
         *       "data": [
         *         {
         *           "id": "019dab30-df00-7fd6-86eb-bae7d2602aa1",
         *           "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "external_id": "D-10042",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "name": "Dana Reyes",
         *           "email": "dana@acme.example",
         *           "phone": "+15551234567",
         *           "created_at": "2026-05-11T09:12:00.000Z",
         *           "updated_at": "2026-05-11T09:12:00.000Z"
         *         }
         *       ]
         *     }
         */
        ContactList: {
            /**
             * @description The exact number of rows in the whole list. Null with `search` when more than 1,000 rows match, unless the request has `Prefer: count=exact`, and with `updated_after` when counting takes more than a second. Absent with a cursor.
             * @example 137
             */
            count?: number | null;
            /**
             * @description The page, from 1. Absent with a cursor.
             * @example 1
             */
            page?: number;
            /**
             * @description Rows a page.
             * @example 20
             */
            page_size: number;
            /**
             * @description Pass it as `cursor` for the next page; null on the last.
             * @example AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc
             */
            next_cursor: string | null;
            /**
             * @description Only with `updated_after`, on the first page: send it as `updated_after` with the next sync.
             * @example AQAAAAEEdY5ITkGU-Ak4R5VNv4JIElmSx2obDLcixlVQMqyU_nYLj97Wr3KAKPC2TF-lE_h1oXdyTLe_Ng
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["Contact"][];
        };
        /**
         * @description The credentials of a user.
         * @example {
         *       "username": "sam",
         *       "password": "correct horse battery staple"
         *     }
         */
        Credentials: {
            /**
             * @description The username.
             * @example sam
             */
            username: string;
            /**
             * @description The password.
             * @example correct horse battery staple
             */
            password: string;
        };
        /**
         * @description One of the company’s customers.
         * @example {
         *       "id": "019dab30-df00-7212-a672-29797144857e",
         *       "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *       "external_id": "D-10042",
         *       "name": "Acme Corp",
         *       "created_at": "2026-05-11T09:12:00.000Z",
         *       "updated_at": "2026-05-11T09:12:00.000Z",
         *       "communications": {
         *         "last_contact": {
         *           "thread_id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *           "communication_type": "email",
         *           "direction": "inbound",
         *           "timestamp": "2026-05-12T14:30:00.000Z"
         *         },
         *         "last_inbound_at": "2026-05-12T14:30:00.000Z",
         *         "last_outbound_at": "2026-05-11T09:12:00.000Z",
         *         "open_count": 1,
         *         "waiting_count": 1,
         *         "waiting_since": "2026-05-12T14:30:00.000Z"
         *       }
         *     }
         */
        Customer: {
            /**
             * Format: uuid
             * @description The id.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            id: string;
            /**
             * Format: uuid
             * @description The company.
             * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
             */
            company_id: string;
            /**
             * @description The key of the row in your ERP.
             * @example D-10042
             */
            external_id: string | null;
            /**
             * @description The name.
             * @example Acme Corp
             */
            name: string;
            /**
             * Format: date-time
             * @description When the row was created.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the row was last changed. A message changes `communications` but not this time; `updated_after` and the `ETag` cover both.
             * @example 2026-05-11T09:12:00.000Z
             */
            updated_at: string;
            /** @description The communications with the customer. */
            communications: {
                /** @description The newest message that is linked to it; null when there is none. */
                last_contact: {
                    /**
                     * Format: uuid
                     * @description The message.
                     * @example 01a01a5d-ebf0-7162-813c-ba360cda8a66
                     */
                    thread_id: string;
                    /**
                     * @description The type of the message.
                     * @example email
                     * @enum {string}
                     */
                    communication_type: "email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other";
                    /**
                     * @description inbound or outbound.
                     * @example inbound
                     * @enum {string}
                     */
                    direction: "inbound" | "outbound";
                    /**
                     * Format: date-time
                     * @description The time of the message.
                     * @example 2026-05-12T14:30:00.000Z
                     */
                    timestamp: string;
                } | null;
                /**
                 * Format: date-time
                 * @description The time of the newest message from the customer.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                last_inbound_at: string | null;
                /**
                 * Format: date-time
                 * @description The time of the newest message to the customer.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                last_outbound_at: string | null;
                /**
                 * @description The number of conversations with the customer that are not resolved.
                 * @example 1
                 */
                open_count: number;
                /**
                 * @description The number of these conversations that require a response.
                 * @example 1
                 */
                waiting_count: number;
                /**
                 * Format: date-time
                 * @description The time of the oldest message that requires a response.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                waiting_since: string | null;
            };
        };
        /**
         * @description Up to 500 customers.
         * @example {
         *       "data": [
         *         {
         *           "external_id": "D-10042",
         *           "name": "Acme Corp"
         *         }
         *       ]
         *     }
         */
        CustomerBatch: {
            /** @description The rows. */
            data: {
                /**
                 * Format: uuid
                 * @description The row.
                 * @example 019dab30-df00-7212-a672-29797144857e
                 */
                id?: string | null;
                /**
                 * Format: external-id
                 * @description The key of the row in your ERP, unique in the company, without commas and control characters.
                 * @example D-10042
                 */
                external_id?: string | null;
                /**
                 * @description The name.
                 * @example Acme Corp
                 */
                name: string;
            }[];
        };
        /**
         * @description The fields of one of the customers that a client writes.
         * @example {
         *       "external_id": "D-10042",
         *       "name": "Acme Corp"
         *     }
         */
        CustomerFields: {
            /**
             * Format: external-id
             * @description The key of the row in your ERP, unique in the company, without commas and control characters.
             * @example D-10042
             */
            external_id?: string | null;
            /**
             * @description The name.
             * @example Acme Corp
             */
            name: string;
        };
        /**
         * @description A page of customers.
         * @example {
         *       "count": 1,
         *       "page": 1,
         *       "page_size": 20,
         *       "next_cursor": null,
         *       "data": [
         *         {
         *           "id": "019dab30-df00-7212-a672-29797144857e",
         *           "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "external_id": "D-10042",
         *           "name": "Acme Corp",
         *           "created_at": "2026-05-11T09:12:00.000Z",
         *           "updated_at": "2026-05-11T09:12:00.000Z",
         *           "communications": {
         *             "last_contact": {
         *               "thread_id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *               "communication_type": "email",
         *               "direction": "inbound",
         *               "timestamp": "2026-05-12T14:30:00.000Z"
         *             },
         *             "last_inbound_at": "2026-05-12T14:30:00.000Z",
         *             "last_outbound_at": "2026-05-11T09:12:00.000Z",
         *             "open_count": 1,
         *             "waiting_count": 1,
         *             "waiting_since": "2026-05-12T14:30:00.000Z"
         *           }
         *         }
         *       ]
         *     }
         */
        CustomerList: {
            /**
             * @description The exact number of rows in the whole list. Null with `search` when more than 1,000 rows match, unless the request has `Prefer: count=exact`, and with `updated_after` when counting takes more than a second. Absent with a cursor.
             * @example 137
             */
            count?: number | null;
            /**
             * @description The page, from 1. Absent with a cursor.
             * @example 1
             */
            page?: number;
            /**
             * @description Rows a page.
             * @example 20
             */
            page_size: number;
            /**
             * @description Pass it as `cursor` for the next page; null on the last.
             * @example AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc
             */
            next_cursor: string | null;
            /**
             * @description Only with `updated_after`, on the first page: send it as `updated_after` with the next sync.
             * @example AQAAAAEEdY5ITkGU-Ak4R5VNv4JIElmSx2obDLcixlVQMqyU_nYLj97Wr3KAKPC2TF-lE_h1oXdyTLe_Ng
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["Customer"][];
        };
        /** @description A sender or recipient. */
        EmailParty: {
            /**
             * @description The name in the mail; may be empty.
             * @example Dana Reyes
             */
            name: string;
            /**
             * @description The email address in the mail.
             * @example dana@acme.example
             */
            email: string;
        };
        /**
         * @description An email and its whole conversation.
         * @example {
         *       "id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *       "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *       "thread_group_id": "01a0167b-6648-73d9-87ee-67598f804cb3",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "customer_name": "Acme Corp",
         *       "contact_id": "019dab30-df00-7fd6-86eb-bae7d2602aa1",
         *       "contact_name": "Dana Reyes",
         *       "communication_type": "email",
         *       "source": "nylas",
         *       "notes": null,
         *       "cc": [],
         *       "call": null,
         *       "is_resolved": false,
         *       "is_ar_related": true,
         *       "strategy_tags": [],
         *       "invoice_ids": [
         *         "01a10d38-f900-74b0-b88c-838cda34844b"
         *       ],
         *       "invoices": [
         *         {
         *           "id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *           "number": "INV-1001"
         *         }
         *       ],
         *       "scheduled_action": null,
         *       "scheduled_touchpoint": null,
         *       "outcome": null,
         *       "promise": null,
         *       "dispute": null,
         *       "assignee": {
         *         "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *         "name": "Sam Ortiz"
         *       },
         *       "follow_up_at": null,
         *       "message_count": 2,
         *       "logged_by": null,
         *       "direction": "inbound",
         *       "subject": "Re: Invoice INV-1001",
         *       "preview": "We will pay on Friday.",
         *       "from": {
         *         "name": "Dana Reyes",
         *         "email": "dana@acme.example"
         *       },
         *       "to": [
         *         {
         *           "name": "Northbrook AR",
         *           "email": "ar@northbrook.example"
         *         }
         *       ],
         *       "requires_response": true,
         *       "has_attachments": false,
         *       "timestamp": "2026-05-12T14:30:00.000Z",
         *       "created_at": "2026-05-12T14:30:00.000Z",
         *       "updated_at": "2026-05-12T14:30:00.000Z",
         *       "body": "<p>We will pay on Friday.</p>",
         *       "body_type": "text/html",
         *       "body_truncated": false,
         *       "attachments": [],
         *       "messages": [
         *         {
         *           "id": "01a0167b-6648-7b49-97b0-8d16e506be71",
         *           "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "thread_group_id": "01a0167b-6648-73d9-87ee-67598f804cb3",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "customer_name": "Acme Corp",
         *           "contact_id": "019dab30-df00-7fd6-86eb-bae7d2602aa1",
         *           "contact_name": "Dana Reyes",
         *           "communication_type": "email",
         *           "source": "nylas",
         *           "notes": null,
         *           "cc": [],
         *           "call": null,
         *           "is_resolved": false,
         *           "is_ar_related": true,
         *           "strategy_tags": [],
         *           "invoice_ids": [
         *             "01a10d38-f900-74b0-b88c-838cda34844b"
         *           ],
         *           "invoices": [
         *             {
         *               "id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *               "number": "INV-1001"
         *             }
         *           ],
         *           "scheduled_action": null,
         *           "scheduled_touchpoint": null,
         *           "outcome": null,
         *           "promise": null,
         *           "dispute": null,
         *           "assignee": {
         *             "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *             "name": "Sam Ortiz"
         *           },
         *           "follow_up_at": null,
         *           "message_count": 2,
         *           "logged_by": null,
         *           "direction": "outbound",
         *           "subject": "Invoice INV-1001",
         *           "preview": "Invoice INV-1001 over $4,210.00 was due on May 1. When may we expect it?",
         *           "from": {
         *             "name": "Northbrook AR",
         *             "email": "ar@northbrook.example"
         *           },
         *           "to": [
         *             {
         *               "name": "Dana Reyes",
         *               "email": "dana@acme.example"
         *             }
         *           ],
         *           "requires_response": false,
         *           "has_attachments": true,
         *           "timestamp": "2026-05-11T09:12:00.000Z",
         *           "created_at": "2026-05-11T09:12:00.000Z",
         *           "updated_at": "2026-05-11T09:12:00.000Z",
         *           "body": "<p>Invoice INV-1001 over $4,210.00 was due on May 1. When may we expect it?</p>",
         *           "body_type": "text/html",
         *           "body_truncated": false,
         *           "attachments": [
         *             {
         *               "id": "01a016a4-04b8-7f4a-83fb-adf577fcd861",
         *               "filename": "INV-1001.pdf",
         *               "content_type": "application/pdf",
         *               "size_bytes": 48213,
         *               "is_inline": false
         *             }
         *           ]
         *         },
         *         {
         *           "id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *           "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "thread_group_id": "01a0167b-6648-73d9-87ee-67598f804cb3",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "customer_name": "Acme Corp",
         *           "contact_id": "019dab30-df00-7fd6-86eb-bae7d2602aa1",
         *           "contact_name": "Dana Reyes",
         *           "communication_type": "email",
         *           "source": "nylas",
         *           "notes": null,
         *           "cc": [],
         *           "call": null,
         *           "is_resolved": false,
         *           "is_ar_related": true,
         *           "strategy_tags": [],
         *           "invoice_ids": [
         *             "01a10d38-f900-74b0-b88c-838cda34844b"
         *           ],
         *           "invoices": [
         *             {
         *               "id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *               "number": "INV-1001"
         *             }
         *           ],
         *           "scheduled_action": null,
         *           "scheduled_touchpoint": null,
         *           "outcome": null,
         *           "promise": null,
         *           "dispute": null,
         *           "assignee": {
         *             "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *             "name": "Sam Ortiz"
         *           },
         *           "follow_up_at": null,
         *           "message_count": 2,
         *           "logged_by": null,
         *           "direction": "inbound",
         *           "subject": "Re: Invoice INV-1001",
         *           "preview": "We will pay on Friday.",
         *           "from": {
         *             "name": "Dana Reyes",
         *             "email": "dana@acme.example"
         *           },
         *           "to": [
         *             {
         *               "name": "Northbrook AR",
         *               "email": "ar@northbrook.example"
         *             }
         *           ],
         *           "requires_response": true,
         *           "has_attachments": false,
         *           "timestamp": "2026-05-12T14:30:00.000Z",
         *           "created_at": "2026-05-12T14:30:00.000Z",
         *           "updated_at": "2026-05-12T14:30:00.000Z",
         *           "body": "<p>We will pay on Friday.</p>",
         *           "body_type": "text/html",
         *           "body_truncated": false,
         *           "attachments": []
         *         }
         *       ]
         *     }
         */
        EmailThread: {
            /**
             * Format: uuid
             * @description The message.
             * @example 01a01a5d-ebf0-7162-813c-ba360cda8a66
             */
            id: string;
            /**
             * Format: uuid
             * @description The company.
             * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
             */
            company_id: string;
            /**
             * Format: uuid
             * @description The conversation that the message belongs to.
             * @example 01a0167b-6648-73d9-87ee-67598f804cb3
             */
            thread_group_id: string;
            /**
             * Format: uuid
             * @description The customer; null for mail that matched no customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string | null;
            /**
             * @description The customer's name.
             * @example Acme Corp
             */
            customer_name: string | null;
            /**
             * Format: uuid
             * @description The CustomerContact involved.
             * @example 019dab30-df00-7fd6-86eb-bae7d2602aa1
             */
            contact_id: string | null;
            /**
             * @description The contact's name.
             * @example Dana Reyes
             */
            contact_name: string | null;
            /**
             * @description Type of communication.
             * @example email
             * @enum {string}
             */
            communication_type: "email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other";
            /**
             * @description Where the message came from; `manual` is a manual log.
             * @example nylas
             * @enum {string}
             */
            source: "nylas" | "vonage" | "manual" | "import";
            /**
             * @description From or to the customer.
             * @example inbound
             * @enum {string}
             */
            direction: "inbound" | "outbound";
            /**
             * @description Subject line; empty when a mail has none. A list shows at most 2,000 characters of it.
             * @example Re: Invoice INV-1001
             */
            subject: string;
            /**
             * @description At most 200 characters of plain text; null for manual logs.
             * @example We will pay on Friday.
             */
            preview: string | null;
            /**
             * @description The notes of a manual log, else null. Stored encrypted.
             * @example Spoke with the AP manager.
             */
            notes: string | null;
            /** @description Sender of an email, else null. */
            from: components["schemas"]["EmailParty"] | null;
            /** @description Recipients of an email. */
            to: components["schemas"]["EmailParty"][];
            /** @description Recipients in copy. */
            cc: components["schemas"]["EmailParty"][];
            /** @description The call, for calls of a provider. */
            call: {
                /**
                 * @description The provider's status of the counterpart's line. A call that wasn't answered keeps its outcome, such as `busy`.
                 * @example completed
                 */
                status: string | null;
                /**
                 * @description The caller, E.164 if possible.
                 * @example +13125550123
                 */
                from_number: string | null;
                /**
                 * @description The callee, E.164 if possible.
                 * @example +13125550199
                 */
                to_number: string | null;
                /**
                 * Format: date-time
                 * @description When the call began.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                started_at: string | null;
                /**
                 * Format: date-time
                 * @description When the call ended.
                 * @example 2026-05-12T14:34:10.000Z
                 */
                ended_at: string | null;
                /**
                 * @description Talk time in seconds.
                 * @example 250
                 */
                duration_seconds: number | null;
            } | null;
            /**
             * @description Whether your team still has to respond.
             * @example true
             */
            requires_response: boolean;
            /**
             * @description Whether the outstanding issue is resolved.
             * @example false
             */
            is_resolved: boolean;
            /**
             * @description Whether it is about receivables; null when not classified.
             * @example true
             */
            is_ar_related: boolean | null;
            /**
             * @description Strategy tags, in order.
             * @example [
             *       "escalation"
             *     ]
             */
            strategy_tags: string[];
            /**
             * @description Linked invoices.
             * @example [
             *       "01a10d38-f900-74b0-b88c-838cda34844b"
             *     ]
             */
            invoice_ids: string[];
            /** @description Linked invoices with their numbers, in the order of `invoice_ids`. */
            invoices: {
                /**
                 * Format: uuid
                 * @description The invoice.
                 * @example 01a10d38-f900-74b0-b88c-838cda34844b
                 */
                id: string;
                /**
                 * @description The invoice's number.
                 * @example INV-1001
                 */
                number: string;
            }[];
            /** @description The ScheduledAction that this message completed or is linked to. */
            scheduled_action: {
                /**
                 * Format: uuid
                 * @description The ScheduledAction.
                 * @example 019dab30-df00-7aa6-b8df-48180a1eaf97
                 */
                id: string;
                /**
                 * @description Its current status.
                 * @example completed
                 * @enum {string}
                 */
                status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was completed.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                executed_at: string | null;
            } | null;
            /** @description The ScheduledTouchpoint that this message completed or is linked to. */
            scheduled_touchpoint: {
                /**
                 * Format: uuid
                 * @description The ScheduledTouchpoint.
                 * @example 019dab30-df00-7ddc-93de-12611820b046
                 */
                id: string;
                /**
                 * @description Its current status.
                 * @example completed
                 * @enum {string}
                 */
                status: "pending" | "ready" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was completed.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                completed_at: string | null;
            } | null;
            /**
             * @description The result of a manual log, else null.
             * @example promise_to_pay
             * @enum {string|null}
             */
            outcome: "spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other" | null;
            /** @description The promise to pay that the customer made in this message. */
            promise: {
                /**
                 * Format: uuid
                 * @description The promise.
                 * @example 019e1c98-3e46-7a43-86ff-3be749580a12
                 */
                id: string;
                /**
                 * @description `broken`: open, and the day has passed in the company’s time zone.
                 * @example open
                 * @enum {string}
                 */
                status: "open" | "kept" | "cancelled" | "broken";
                /**
                 * Format: date
                 * @description The last day for keeping it.
                 * @example 2026-06-05
                 */
                due_on: string;
                /**
                 * @description A decimal number.
                 * @example 4210.00
                 */
                amount: string | null;
                /**
                 * @description ISO 4217.
                 * @example USD
                 */
                currency: string | null;
                /**
                 * @description The invoices that the promise is about.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description The dispute that the customer raised in this message. */
            dispute: {
                /**
                 * @description Why the customer won’t pay.
                 * @example price
                 * @enum {string}
                 */
                reason: "price" | "quantity" | "quality" | "not_received" | "duplicate" | "terms" | "other";
                /**
                 * @description The disputed invoices.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description The member who is responsible for the conversation. */
            assignee: {
                /**
                 * Format: uuid
                 * @description The user.
                 * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
                 */
                id: string;
                /**
                 * @description The user's name.
                 * @example Sam Ortiz
                 */
                name: string;
            } | null;
            /**
             * Format: date-time
             * @description When to follow up. An inbound message that becomes the conversation’s latest clears it.
             * @example 2026-06-08T07:00:00.000Z
             */
            follow_up_at: string | null;
            /**
             * @description Number of messages in the conversation.
             * @example 4
             */
            message_count: number;
            /**
             * @description Whether it has an attachment that is not inline.
             * @example false
             */
            has_attachments: boolean;
            /** @description The user who created the manual log, else null. */
            logged_by: {
                /**
                 * Format: uuid
                 * @description The user.
                 * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
                 */
                id: string;
                /**
                 * @description The user's name.
                 * @example Sam Ortiz
                 */
                name: string;
            } | null;
            /**
             * Format: date-time
             * @description When the communication took place.
             * @example 2026-05-12T14:30:00.000Z
             */
            timestamp: string;
            /**
             * Format: date-time
             * @description When the message was stored.
             * @example 2026-05-12T14:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the message last changed.
             * @example 2026-05-12T14:30:00.000Z
             */
            updated_at: string;
            /**
             * @description As it was sent; null for manual logs.
             * @example <p>We will pay on Friday.</p>
             */
            body: string | null;
            /**
             * @description Media type of `body`.
             * @example text/html
             * @enum {string|null}
             */
            body_type: "text/html" | "text/plain" | null;
            /**
             * @description Whether the body is omitted: a response has at most 8 MiB, of the newest. Get it by its own id.
             * @example false
             */
            body_truncated: boolean;
            /** @description Attachments, in the order of the mail. */
            attachments: components["schemas"]["Attachment"][];
            /** @description All messages of the conversation, this one included, oldest first, each with its attachments. */
            messages: components["schemas"]["CommunicationThreadDetail"][];
        };
        /**
         * @description The process is running.
         * @example {
         *       "status": "ok",
         *       "version": "1.2.0"
         *     }
         */
        Health: {
            /**
             * @description Always `ok`.
             * @example ok
             */
            status: string;
            /**
             * @description The version of the server.
             * @example 1.2.0
             */
            version: string;
        };
        /**
         * @description One of the company’s invoices.
         * @example {
         *       "id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *       "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *       "external_id": "D-10042",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "number": "INV-1001",
         *       "amount": "1250.00",
         *       "currency": "USD",
         *       "due_date": "2026-05-31",
         *       "status": "open",
         *       "created_at": "2026-05-11T09:12:00.000Z",
         *       "updated_at": "2026-05-11T09:12:00.000Z",
         *       "communications": {
         *         "last_contact": {
         *           "thread_id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *           "communication_type": "email",
         *           "direction": "inbound",
         *           "timestamp": "2026-05-12T14:30:00.000Z"
         *         }
         *       }
         *     }
         */
        Invoice: {
            /**
             * Format: uuid
             * @description The id.
             * @example 01a10d38-f900-74b0-b88c-838cda34844b
             */
            id: string;
            /**
             * Format: uuid
             * @description The company.
             * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
             */
            company_id: string;
            /**
             * @description The key of the row in your ERP.
             * @example D-10042
             */
            external_id: string | null;
            /**
             * Format: uuid
             * @description The customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string;
            /**
             * @description The number by which mail refers to the invoice.
             * @example INV-1001
             */
            number: string;
            /**
             * @description A decimal number, negative for a credit note. Stored as given.
             * @example 1250.00
             */
            amount: string | null;
            /**
             * @description ISO 4217.
             * @example USD
             */
            currency: string | null;
            /**
             * Format: date
             * @description The due date.
             * @example 2026-05-31
             */
            due_date: string | null;
            /**
             * @description The status in the ERP.
             * @example open
             * @enum {string|null}
             */
            status: "open" | "paid" | "void" | null;
            /**
             * Format: date-time
             * @description When the row was created.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the row was last changed. A message changes `communications` but not this time; `updated_after` and the `ETag` cover both.
             * @example 2026-05-11T09:12:00.000Z
             */
            updated_at: string;
            /** @description The communications about the invoice. */
            communications: {
                /** @description The newest message that is linked to it; null when there is none. */
                last_contact: {
                    /**
                     * Format: uuid
                     * @description The message.
                     * @example 01a01a5d-ebf0-7162-813c-ba360cda8a66
                     */
                    thread_id: string;
                    /**
                     * @description The type of the message.
                     * @example email
                     * @enum {string}
                     */
                    communication_type: "email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other";
                    /**
                     * @description inbound or outbound.
                     * @example inbound
                     * @enum {string}
                     */
                    direction: "inbound" | "outbound";
                    /**
                     * Format: date-time
                     * @description The time of the message.
                     * @example 2026-05-12T14:30:00.000Z
                     */
                    timestamp: string;
                } | null;
            };
        };
        /**
         * @description Up to 500 invoices.
         * @example {
         *       "data": [
         *         {
         *           "external_id": "D-10042",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "number": "INV-1001",
         *           "amount": "1250.00",
         *           "currency": "USD",
         *           "due_date": "2026-05-31",
         *           "status": "open"
         *         }
         *       ]
         *     }
         */
        InvoiceBatch: {
            /** @description The rows. */
            data: {
                /**
                 * Format: uuid
                 * @description The row.
                 * @example 01a10d38-f900-74b0-b88c-838cda34844b
                 */
                id?: string | null;
                /**
                 * Format: external-id
                 * @description The key of the row in your ERP, unique in the company, without commas and control characters.
                 * @example D-10042
                 */
                external_id?: string | null;
                /**
                 * Format: uuid
                 * @description The customer.
                 * @example 019dab30-df00-7212-a672-29797144857e
                 */
                customer_id?: string | null;
                /**
                 * @description The external id of the row that `customer_id` refers to, instead of `customer_id`.
                 * @example D-10042
                 */
                customer_external_id?: string | null;
                /**
                 * @description The number by which mail refers to the invoice.
                 * @example INV-1001
                 */
                number: string;
                /**
                 * Format: amount
                 * @description A decimal number, negative for a credit note. Stored as given.
                 * @example 1250.00
                 */
                amount?: string | null;
                /**
                 * Format: currency
                 * @description ISO 4217.
                 * @example USD
                 */
                currency?: string | null;
                /**
                 * Format: date
                 * @description The due date.
                 * @example 2026-05-31
                 */
                due_date?: string | null;
                /**
                 * @description The status in the ERP.
                 * @example open
                 * @enum {string|null}
                 */
                status?: "open" | "paid" | "void" | null;
            }[];
        };
        /**
         * @description The fields of one of the invoices that a client writes.
         * @example {
         *       "external_id": "D-10042",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "number": "INV-1001",
         *       "amount": "1250.00",
         *       "currency": "USD",
         *       "due_date": "2026-05-31",
         *       "status": "open"
         *     }
         */
        InvoiceFields: {
            /**
             * Format: external-id
             * @description The key of the row in your ERP, unique in the company, without commas and control characters.
             * @example D-10042
             */
            external_id?: string | null;
            /**
             * Format: uuid
             * @description The customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id?: string | null;
            /**
             * @description The external id of the row that `customer_id` refers to, instead of `customer_id`.
             * @example D-10042
             */
            customer_external_id?: string | null;
            /**
             * @description The number by which mail refers to the invoice.
             * @example INV-1001
             */
            number: string;
            /**
             * Format: amount
             * @description A decimal number, negative for a credit note. Stored as given.
             * @example 1250.00
             */
            amount?: string | null;
            /**
             * Format: currency
             * @description ISO 4217.
             * @example USD
             */
            currency?: string | null;
            /**
             * Format: date
             * @description The due date.
             * @example 2026-05-31
             */
            due_date?: string | null;
            /**
             * @description The status in the ERP.
             * @example open
             * @enum {string|null}
             */
            status?: "open" | "paid" | "void" | null;
        };
        /**
         * @description A page of invoices.
         * @example {
         *       "count": 1,
         *       "page": 1,
         *       "page_size": 20,
         *       "next_cursor": null,
         *       "data": [
         *         {
         *           "id": "01a10d38-f900-74b0-b88c-838cda34844b",
         *           "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "external_id": "D-10042",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "number": "INV-1001",
         *           "amount": "1250.00",
         *           "currency": "USD",
         *           "due_date": "2026-05-31",
         *           "status": "open",
         *           "created_at": "2026-05-11T09:12:00.000Z",
         *           "updated_at": "2026-05-11T09:12:00.000Z",
         *           "communications": {
         *             "last_contact": {
         *               "thread_id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *               "communication_type": "email",
         *               "direction": "inbound",
         *               "timestamp": "2026-05-12T14:30:00.000Z"
         *             }
         *           }
         *         }
         *       ]
         *     }
         */
        InvoiceList: {
            /**
             * @description The exact number of rows in the whole list. Null with `search` when more than 1,000 rows match, unless the request has `Prefer: count=exact`, and with `updated_after` when counting takes more than a second. Absent with a cursor.
             * @example 137
             */
            count?: number | null;
            /**
             * @description The page, from 1. Absent with a cursor.
             * @example 1
             */
            page?: number;
            /**
             * @description Rows a page.
             * @example 20
             */
            page_size: number;
            /**
             * @description Pass it as `cursor` for the next page; null on the last.
             * @example AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc
             */
            next_cursor: string | null;
            /**
             * @description Only with `updated_after`, on the first page: send it as `updated_after` with the next sync.
             * @example AQAAAAEEdY5ITkGU-Ak4R5VNv4JIElmSx2obDLcixlVQMqyU_nYLj97Wr3KAKPC2TF-lE_h1oXdyTLe_Ng
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["Invoice"][];
        };
        /**
         * @description A communication outside the connected channels, logged manually.
         * @example {
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "communication_type": "call",
         *       "notes": "Spoke with AP manager. She confirmed payment will process on June 5.",
         *       "invoice_ids": [
         *         "01a10d38-f900-74b0-b88c-838cda34844b"
         *       ],
         *       "timestamp": "2026-05-12T14:30:00Z",
         *       "is_resolved": false,
         *       "promise": {
         *         "due_on": "2026-06-05",
         *         "amount": "4210.00",
         *         "currency": "USD",
         *         "invoice_ids": [
         *           "01a10d38-f900-74b0-b88c-838cda34844b"
         *         ]
         *       },
         *       "follow_up_at": "2026-06-08T07:00:00Z"
         *     }
         */
        ManualLog: {
            /**
             * @description Type of communication: call, email, meeting, or another supported type.
             * @example call
             * @enum {string}
             */
            communication_type: "email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other";
            /**
             * @description Notes or summary of the communication. Stored encrypted.
             * @example Spoke with AP manager. She confirmed payment will process on June 5.
             */
            notes: string;
            /**
             * Format: uuid
             * @description The customer. Optional when the contact, the invoices or a scheduled id determine it.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id?: string;
            /**
             * @description inbound or outbound.
             * @default outbound
             * @example outbound
             * @enum {string}
             */
            direction?: "inbound" | "outbound";
            /**
             * @description Subject line. If omitted, a subject is generated from the communication type and customer name.
             * @example Call with Acme Corp
             */
            subject?: string;
            /**
             * Format: uuid
             * @description UUID of the CustomerContact involved.
             * @example 019dab30-df00-7fd6-86eb-bae7d2602aa1
             */
            contact_id?: string;
            /**
             * @description List of invoice UUIDs to link to this communication.
             * @example [
             *       "01a10d38-f900-74b0-b88c-838cda34844b"
             *     ]
             */
            invoice_ids?: string[];
            /**
             * Format: date-time
             * @description ISO datetime when the communication occurred. Defaults to now.
             * @example 2026-05-12T14:30:00Z
             */
            timestamp?: string;
            /**
             * @description Whether this communication resolved the outstanding issue.
             * @default false
             * @example false
             */
            is_resolved?: boolean;
            /**
             * @description List of strategy tag strings to attach.
             * @example [
             *       "promise-to-pay"
             *     ]
             */
            strategy_tags?: string[];
            /**
             * Format: uuid
             * @description UUID of a ScheduledAction to mark completed after logging.
             * @example 019dab30-df00-7aa6-b8df-48180a1eaf97
             */
            scheduled_action_id?: string;
            /**
             * Format: uuid
             * @description UUID of a ScheduledTouchpoint to mark completed after logging.
             * @example 019dab30-df00-7ddc-93de-12611820b046
             */
            scheduled_touchpoint_id?: string;
            /**
             * @description The result of the communication. Defaults to `promise_to_pay` with a promise, else to `dispute` with a dispute.
             * @example promise_to_pay
             * @enum {string}
             */
            outcome?: "spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other";
            /** @description The customer’s promise to pay. It is stored as a promise of the customer. */
            promise?: {
                /**
                 * Format: date
                 * @description The last day for keeping the promise, in the company’s time zone.
                 * @example 2026-06-05
                 */
                due_on: string;
                /**
                 * Format: positive-amount
                 * @description A decimal number above zero: up to 15 digits before the point and 6 after it.
                 * @example 4210.00
                 */
                amount?: string | null;
                /**
                 * Format: currency
                 * @description ISO 4217.
                 * @example USD
                 */
                currency?: string | null;
                /**
                 * @description The invoices that the promise is about, of the same customer.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids?: string[] | null;
            };
            /** @description The customer’s dispute. */
            dispute?: {
                /**
                 * @description Why the customer won’t pay.
                 * @example price
                 * @enum {string}
                 */
                reason: "price" | "quantity" | "quality" | "not_received" | "duplicate" | "terms" | "other";
                /**
                 * @description The disputed invoices, of the same customer.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids?: string[] | null;
            };
            /**
             * Format: date-time
             * @description When to follow up on the conversation; until then it is snoozed.
             * @example 2026-06-08T07:00:00Z
             */
            follow_up_at?: string;
            /**
             * Format: uuid
             * @description The member of the company who is responsible for the conversation.
             * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
             */
            assignee_id?: string;
        };
        /**
         * @description A member of the company.
         * @example {
         *       "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *       "user_id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *       "username": "sam",
         *       "name": "Sam Ortiz",
         *       "email": "sam@northbrook.example",
         *       "role": "member"
         *     }
         */
        Member: {
            /**
             * Format: uuid
             * @description The company.
             * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
             */
            company_id: string;
            /**
             * Format: uuid
             * @description The user.
             * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
             */
            user_id: string;
            /**
             * @description The username with which the member logs in.
             * @example sam
             */
            username: string;
            /**
             * @description The member’s name.
             * @example Sam Ortiz
             */
            name: string;
            /**
             * @description The member’s email address.
             * @example sam@northbrook.example
             */
            email: string;
            /**
             * @description The member’s role.
             * @example member
             * @enum {string}
             */
            role: "admin" | "member" | "viewer";
        };
        /**
         * @description A page of members.
         * @example {
         *       "count": 1,
         *       "page": 1,
         *       "page_size": 20,
         *       "next_cursor": null,
         *       "data": [
         *         {
         *           "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "user_id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *           "username": "sam",
         *           "name": "Sam Ortiz",
         *           "email": "sam@northbrook.example",
         *           "role": "member"
         *         }
         *       ]
         *     }
         */
        MemberList: {
            /**
             * @description The exact number of rows in the whole list. Null with `search` when more than 1,000 rows match, unless the request has `Prefer: count=exact`, and with `updated_after` when counting takes more than a second. Absent with a cursor.
             * @example 137
             */
            count?: number | null;
            /**
             * @description The page, from 1. Absent with a cursor.
             * @example 1
             */
            page?: number;
            /**
             * @description Rows a page.
             * @example 20
             */
            page_size: number;
            /**
             * @description Pass it as `cursor` for the next page; null on the last.
             * @example AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc
             */
            next_cursor: string | null;
            /**
             * @description Only with `updated_after`, on the first page: send it as `updated_after` with the next sync.
             * @example AQAAAAEEdY5ITkGU-Ak4R5VNv4JIElmSx2obDLcixlVQMqyU_nYLj97Wr3KAKPC2TF-lE_h1oXdyTLe_Ng
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["Member"][];
        };
        /**
         * @description A note to attach.
         * @example {
         *       "thread_id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *       "content": "AP confirmed check is in the mail."
         *     }
         */
        NewThreadNote: {
            /**
             * Format: uuid
             * @description UUID of the CommunicationThread to attach the note to.
             * @example 01a01a5d-ebf0-7162-813c-ba360cda8a66
             */
            thread_id: string;
            /**
             * @description Note content.
             * @example AP confirmed check is in the mail.
             */
            content: string;
        };
        /**
         * @description An endpoint to create.
         * @example {
         *       "url": "https://hooks.northbrook.example/communications",
         *       "event_types": [
         *         "thread.created",
         *         "thread.updated"
         *       ]
         *     }
         */
        NewWebhookEndpoint: {
            /**
             * @description The https URL to which events are sent: no private, loopback or link-local address, no username, no fragment.
             * @example https://hooks.northbrook.example/communications
             */
            url: string;
            /**
             * @description The event types that are sent; null for all, including those of later versions.
             * @example [
             *       "thread.created",
             *       "thread.updated"
             *     ]
             */
            event_types?: ("thread.created" | "thread.updated" | "thread.deleted" | "note.created" | "note.updated" | "note.deleted" | "promise.created" | "promise.updated" | "customer.created" | "customer.updated" | "customer.deleted" | "contact.created" | "contact.updated" | "contact.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "action.created" | "action.updated" | "action.deleted" | "touchpoint.created" | "touchpoint.updated" | "touchpoint.deleted" | "import.completed")[] | null;
            /**
             * @description A note for the people who manage the endpoint.
             * @example Tells the team channel
             */
            description?: string;
        };
        /**
         * @description The body of a delivery.
         * @example {
         *       "type": "thread.created",
         *       "timestamp": "2026-05-12T14:30:00.000Z",
         *       "data": {
         *         "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *         "thread_id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *         "thread_group_id": "01a0167b-6648-73d9-87ee-67598f804cb3"
         *       }
         *     }
         */
        OutgoingEvent: {
            /**
             * @description What happened.
             * @example thread.created
             * @enum {string}
             */
            type: "thread.created" | "thread.updated" | "thread.deleted" | "note.created" | "note.updated" | "note.deleted" | "promise.created" | "promise.updated" | "customer.created" | "customer.updated" | "customer.deleted" | "contact.created" | "contact.updated" | "contact.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "action.created" | "action.updated" | "action.deleted" | "touchpoint.created" | "touchpoint.updated" | "touchpoint.deleted" | "import.completed" | "endpoint.test";
            /**
             * Format: date-time
             * @description When the event occurred.
             * @example 2026-05-12T14:30:00.000Z
             */
            timestamp: string;
            /** @description The ids of what the event is about; read the rows by their own operations. */
            data: {
                /**
                 * Format: uuid
                 * @description The company.
                 * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
                 */
                company_id: string;
                /**
                 * Format: uuid
                 * @description The message that the event is about; null for an import.
                 * @example 01a01a5d-ebf0-7162-813c-ba360cda8a66
                 */
                thread_id?: string;
                /**
                 * Format: uuid
                 * @description The conversation of that message, of a deleted one the conversation it was in.
                 * @example 01a0167b-6648-73d9-87ee-67598f804cb3
                 */
                thread_group_id?: string;
                /**
                 * Format: uuid
                 * @description The row that the event is about, for events of customers, contacts, invoices, actions and touchpoints.
                 * @example 019dab30-df00-7212-a672-29797144857e
                 */
                subject_id?: string;
                /**
                 * Format: uuid
                 * @description The note, for events of notes.
                 * @example 01a01a6e-89d8-770f-85ce-2e5b78845dab
                 */
                note_id?: string;
                /**
                 * Format: uuid
                 * @description The promise, for events of promises.
                 * @example 019e1c98-3e46-7a43-86ff-3be749580a12
                 */
                promise_id?: string;
                /**
                 * Format: uuid
                 * @description The user who made the change; null for a provider or the operator.
                 * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
                 */
                user_id?: string;
            };
        };
        /** @description An error, as application/problem+json (RFC 9457). */
        Problem: {
            /**
             * @description Names the kind of problem.
             * @example about:blank
             */
            type: string;
            /**
             * @description The kind of problem in words.
             * @example Invalid request
             */
            title: string;
            /**
             * @description The HTTP status.
             * @example 400
             */
            status: number;
            /**
             * @description What is wrong with this request.
             * @example direction: Must be one of inbound, outbound.
             */
            detail: string;
            /**
             * @description Stable; for programs.
             * @example validation_error
             * @enum {string}
             */
            code: "validation_error" | "invalid_cursor" | "not_authenticated" | "invalid_credentials" | "invalid_signature" | "permission_denied" | "not_found" | "method_not_allowed" | "request_timeout" | "in_use" | "idempotency_key_in_use" | "precondition_failed" | "payload_too_large" | "uri_too_long" | "unsupported_media_type" | "expectation_failed" | "idempotency_key_reused" | "throttled" | "headers_too_large" | "internal_error" | "unavailable";
            /**
             * @description The `X-Request-Id` of this request.
             * @example 019e1c98-3e45-7932-95ee-2ad638479f01
             */
            request_id: string;
            /**
             * @description Every offending field with its messages.
             * @example {
             *       "invoice_ids[1]": [
             *         "No such invoice for this customer."
             *       ]
             *     }
             */
            errors?: {
                [key: string]: string[];
            };
        };
        /**
         * @description What a customer promised to pay, and by when.
         * @example {
         *       "id": "019e1c98-3e46-7a43-86ff-3be749580a12",
         *       "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "customer_name": "Acme Corp",
         *       "thread_id": "01a1d0b8-4660-735b-b7e0-86139f34bd11",
         *       "status": "open",
         *       "due_on": "2026-06-05",
         *       "amount": "4210.00",
         *       "currency": "USD",
         *       "invoice_ids": [
         *         "01a10d38-f900-74b0-b88c-838cda34844b"
         *       ],
         *       "created_by": {
         *         "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *         "name": "Sam Ortiz"
         *       },
         *       "created_at": "2026-05-12T14:30:00.000Z",
         *       "updated_at": "2026-05-12T14:30:00.000Z"
         *     }
         */
        Promise: {
            /**
             * Format: uuid
             * @description The promise.
             * @example 019e1c98-3e46-7a43-86ff-3be749580a12
             */
            id: string;
            /**
             * Format: uuid
             * @description The company.
             * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
             */
            company_id: string;
            /**
             * Format: uuid
             * @description The customer who made it.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string;
            /**
             * @description The customer's name.
             * @example Acme Corp
             */
            customer_name: string;
            /**
             * Format: uuid
             * @description The message in which it was made.
             * @example 01a1d0b8-4660-735b-b7e0-86139f34bd11
             */
            thread_id: string;
            /**
             * @description `broken`: open, and the day has passed in the company’s time zone.
             * @example open
             * @enum {string}
             */
            status: "open" | "kept" | "cancelled" | "broken";
            /**
             * Format: date
             * @description The last day for keeping the promise, in the company’s time zone.
             * @example 2026-06-05
             */
            due_on: string;
            /**
             * @description A decimal number, as it was given.
             * @example 4210.00
             */
            amount: string | null;
            /**
             * @description ISO 4217.
             * @example USD
             */
            currency: string | null;
            /**
             * @description The invoices that the promise is about, in the order in which they were given.
             * @example [
             *       "01a10d38-f900-74b0-b88c-838cda34844b"
             *     ]
             */
            invoice_ids: string[];
            /** @description The user who recorded the promise; null when an import doesn’t say. */
            created_by: {
                /**
                 * Format: uuid
                 * @description The user.
                 * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
                 */
                id: string;
                /**
                 * @description The user's name.
                 * @example Sam Ortiz
                 */
                name: string;
            } | null;
            /**
             * Format: date-time
             * @description When the promise was stored.
             * @example 2026-05-12T14:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the promise last changed; for a broken one no earlier than the end of its day.
             * @example 2026-05-12T14:30:00.000Z
             */
            updated_at: string;
        };
        /**
         * @description The changes to a promise.
         * @example {
         *       "status": "kept"
         *     }
         */
        PromiseChange: {
            /**
             * @description An open promise is shown as `broken` once its day has passed; that status can’t be set.
             * @example kept
             * @enum {string}
             */
            status?: "open" | "kept" | "cancelled";
            /**
             * Format: date
             * @description The last day for keeping the promise.
             * @example 2026-06-12
             */
            due_on?: string;
            /**
             * Format: positive-amount
             * @description A decimal number above zero: up to 15 digits before the point and 6 after it. Null for none.
             * @example 4210.00
             */
            amount?: string | null;
            /**
             * Format: currency
             * @description ISO 4217; null for none.
             * @example USD
             */
            currency?: string | null;
        };
        /**
         * @description A page of promises, ordered by due date.
         * @example {
         *       "count": 1,
         *       "page": 1,
         *       "page_size": 20,
         *       "next_cursor": "AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc",
         *       "data": [
         *         {
         *           "id": "019e1c98-3e46-7a43-86ff-3be749580a12",
         *           "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "customer_name": "Acme Corp",
         *           "thread_id": "01a1d0b8-4660-735b-b7e0-86139f34bd11",
         *           "status": "open",
         *           "due_on": "2026-06-05",
         *           "amount": "4210.00",
         *           "currency": "USD",
         *           "invoice_ids": [
         *             "01a10d38-f900-74b0-b88c-838cda34844b"
         *           ],
         *           "created_by": {
         *             "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *             "name": "Sam Ortiz"
         *           },
         *           "created_at": "2026-05-12T14:30:00.000Z",
         *           "updated_at": "2026-05-12T14:30:00.000Z"
         *         }
         *       ]
         *     }
         */
        PromiseList: {
            /**
             * @description The exact number of rows in the whole list. Null with `search` when more than 1,000 rows match, unless the request has `Prefer: count=exact`, and with `updated_after` when counting takes more than a second. Absent with a cursor.
             * @example 137
             */
            count?: number | null;
            /**
             * @description The page, from 1. Absent with a cursor.
             * @example 1
             */
            page?: number;
            /**
             * @description Rows a page.
             * @example 20
             */
            page_size: number;
            /**
             * @description Pass it as `cursor` for the next page; null on the last.
             * @example AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc
             */
            next_cursor: string | null;
            /**
             * @description Only with `updated_after`, on the first page: send it as `updated_after` with the next sync.
             * @example AQAAAAEEdY5ITkGU-Ak4R5VNv4JIElmSx2obDLcixlVQMqyU_nYLj97Wr3KAKPC2TF-lE_h1oXdyTLe_Ng
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["Promise"][];
        };
        /**
         * @description The server is ready.
         * @example {
         *       "status": "ok"
         *     }
         */
        Readiness: {
            /**
             * @description Always `ok`.
             * @example ok
             */
            status: string;
        };
        /**
         * @description A new token with its user and the companies of the user.
         * @example {
         *       "token": "comms_8sD2qPz1XvT0mKc7LbY4wRa9NeUj3fHg2Qm1xZ",
         *       "user": {
         *         "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *         "username": "sam",
         *         "email": "sam@northbrook.example",
         *         "name": "Sam Ortiz"
         *       },
         *       "companies": [
         *         {
         *           "id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "name": "Northbrook Packaging",
         *           "role": "member",
         *           "timezone": "America/Chicago"
         *         }
         *       ]
         *     }
         */
        Session: {
            /**
             * @description Send it as `Authorization: Token <token>`. Shown once.
             * @example comms_8sD2qPz1XvT0mKc7LbY4wRa9NeUj3fHg2Qm1xZ
             */
            token: string;
            /** @description The user who logged in. */
            user: {
                /**
                 * Format: uuid
                 * @description The user.
                 * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
                 */
                id: string;
                /**
                 * @description The username.
                 * @example sam
                 */
                username: string;
                /**
                 * @description The user's email.
                 * @example sam@northbrook.example
                 */
                email: string;
                /**
                 * @description The user's name.
                 * @example Sam Ortiz
                 */
                name: string;
            };
            /** @description The companies the user belongs to. */
            companies: {
                /**
                 * Format: uuid
                 * @description The company; the `company_id` in the path of requests.
                 * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
                 */
                id: string;
                /**
                 * @description The company's name.
                 * @example Northbrook Packaging
                 */
                name: string;
                /**
                 * @description The user's role in it.
                 * @example member
                 * @enum {string}
                 */
                role: "admin" | "member" | "viewer";
                /**
                 * @description IANA time zone of its calendar days.
                 * @example America/Chicago
                 */
                timezone: string;
            }[];
        };
        /**
         * @description A short-lived ticket that opens an event stream.
         * @example {
         *       "ticket": "TmljZSB0cnk7IHRoaXMgaXMgb25seSBhbiBleGFtcGxlLg",
         *       "expires_at": "2026-05-12T14:30:00.000Z"
         *     }
         */
        StreamTicket: {
            /**
             * @description Opens one stream of this company: `…/events?ticket=`. Shown once.
             * @example TmljZSB0cnk7IHRoaXMgaXMgb25seSBhbiBleGFtcGxlLg
             */
            ticket: string;
            /**
             * Format: date-time
             * @description Connect before this time.
             * @example 2026-05-12T14:30:00.000Z
             */
            expires_at: string;
        };
        /**
         * @description The changes to a thread.
         * @example {
         *       "is_resolved": true,
         *       "requires_response": false
         *     }
         * @example {
         *       "follow_up_at": "2026-06-08T07:00:00Z",
         *       "assignee_id": "019dab30-df00-78d9-acc9-ec4201fb62f7"
         *     }
         */
        ThreadChange: {
            /**
             * @description Set on every message of the conversation.
             * @example true
             */
            is_resolved?: boolean;
            /**
             * @description Set on every message of the conversation except manual logs, which require no response.
             * @example false
             */
            requires_response?: boolean;
            /**
             * @description The complete new list of this message, in order; duplicates are dropped.
             * @example [
             *       "promise-to-pay"
             *     ]
             */
            strategy_tags?: string[];
            /**
             * Format: uuid
             * @description The customer, or null for none, for mail and calls that matched no customer or the wrong one. Every message of the conversation with the same customer as this one is moved too; contacts and invoice links of other customers are removed from them. Manual logs, messages of a scheduled action, and messages with a promise or dispute can’t be moved (400).
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id?: string | null;
            /**
             * Format: date-time
             * @description When to follow up on the conversation, null to clear it. An inbound message that becomes its latest message clears it too.
             * @example 2026-06-08T07:00:00Z
             */
            follow_up_at?: string | null;
            /**
             * Format: uuid
             * @description The member of the company who is responsible for the conversation, null for none.
             * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
             */
            assignee_id?: string | null;
        };
        /**
         * @description An internal note on a communication thread, visible only to the team.
         * @example {
         *       "id": "01a01a6e-89d8-770f-85ce-2e5b78845dab",
         *       "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *       "thread_id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *       "thread_group_id": "01a0167b-6648-73d9-87ee-67598f804cb3",
         *       "content": "AP confirmed check is in the mail.",
         *       "author": {
         *         "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *         "name": "Sam Ortiz",
         *         "email": "sam@northbrook.example"
         *       },
         *       "created_at": "2026-05-12T14:30:00.000Z",
         *       "updated_at": "2026-05-12T14:30:00.000Z"
         *     }
         */
        ThreadNote: {
            /**
             * Format: uuid
             * @description The note.
             * @example 01a01a6e-89d8-770f-85ce-2e5b78845dab
             */
            id: string;
            /**
             * Format: uuid
             * @description The company.
             * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
             */
            company_id: string;
            /**
             * Format: uuid
             * @description The message that the note is attached to.
             * @example 01a01a5d-ebf0-7162-813c-ba360cda8a66
             */
            thread_id: string;
            /**
             * Format: uuid
             * @description The conversation of that message.
             * @example 01a0167b-6648-73d9-87ee-67598f804cb3
             */
            thread_group_id: string;
            /**
             * @description The text of the note; encrypted at rest.
             * @example AP confirmed check is in the mail.
             */
            content: string;
            /** @description The author of the note. */
            author: {
                /**
                 * Format: uuid
                 * @description The user.
                 * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
                 */
                id: string;
                /**
                 * @description The user's name.
                 * @example Sam Ortiz
                 */
                name: string;
                /**
                 * @description The user's email.
                 * @example sam@northbrook.example
                 */
                email: string;
            };
            /**
             * Format: date-time
             * @description When the note was created.
             * @example 2026-05-12T14:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the note last changed.
             * @example 2026-05-12T14:30:00.000Z
             */
            updated_at: string;
        };
        /**
         * @description The changes to a note.
         * @example {
         *       "content": "AP confirmed: check 4711 is in the mail."
         *     }
         */
        ThreadNoteChange: {
            /**
             * @description Note content.
             * @example AP confirmed check is in the mail.
             */
            content?: string;
        };
        /**
         * @description Thread notes, newest first: all of them, or a page.
         * @example {
         *       "count": 1,
         *       "data": [
         *         {
         *           "id": "01a01a6e-89d8-770f-85ce-2e5b78845dab",
         *           "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "thread_id": "01a01a5d-ebf0-7162-813c-ba360cda8a66",
         *           "thread_group_id": "01a0167b-6648-73d9-87ee-67598f804cb3",
         *           "content": "AP confirmed check is in the mail.",
         *           "author": {
         *             "id": "019dab30-df00-78d9-acc9-ec4201fb62f7",
         *             "name": "Sam Ortiz",
         *             "email": "sam@northbrook.example"
         *           },
         *           "created_at": "2026-05-12T14:30:00.000Z",
         *           "updated_at": "2026-05-12T14:30:00.000Z"
         *         }
         *       ]
         *     }
         */
        ThreadNoteList: {
            /**
             * @description The exact number of rows in the whole list. Null with `search` when more than 1,000 rows match, unless the request has `Prefer: count=exact`, and with `updated_after` when counting takes more than a second. Absent with a cursor.
             * @example 137
             */
            count?: number | null;
            /**
             * @description The page, from 1. Absent with a cursor.
             * @example 1
             */
            page?: number;
            /**
             * @description Rows a page.
             * @example 20
             */
            page_size?: number;
            /**
             * @description Pass it as `cursor` for the next page; null on the last.
             * @example AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc
             */
            next_cursor?: string | null;
            /**
             * @description Only with `updated_after`, on the first page: send it as `updated_after` with the next sync.
             * @example AQAAAAEEdY5ITkGU-Ak4R5VNv4JIElmSx2obDLcixlVQMqyU_nYLj97Wr3KAKPC2TF-lE_h1oXdyTLe_Ng
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["ThreadNote"][];
        };
        /**
         * @description One of the company’s touchpoints.
         * @example {
         *       "id": "019dab30-df00-7ddc-93de-12611820b046",
         *       "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *       "external_id": "D-10042",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "step_type": "reminder",
         *       "status": "pending",
         *       "label": "Day 30 call",
         *       "scheduled_for": "2026-05-12T14:30:00.000Z",
         *       "completed_at": "2026-05-12T14:30:00.000Z",
         *       "completed_by_thread_id": "01a1d0b8-4660-735b-b7e0-86139f34bd11",
         *       "created_at": "2026-05-11T09:12:00.000Z",
         *       "updated_at": "2026-05-11T09:12:00.000Z"
         *     }
         */
        Touchpoint: {
            /**
             * Format: uuid
             * @description The id.
             * @example 019dab30-df00-7ddc-93de-12611820b046
             */
            id: string;
            /**
             * Format: uuid
             * @description The company.
             * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
             */
            company_id: string;
            /**
             * @description The key of the row in your ERP.
             * @example D-10042
             */
            external_id: string | null;
            /**
             * Format: uuid
             * @description The customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string;
            /**
             * @description The type of step.
             * @example reminder
             * @enum {string}
             */
            step_type: "reminder" | "call" | "task";
            /**
             * @description The status. A completed touchpoint keeps it.
             * @example pending
             * @enum {string}
             */
            status: "pending" | "ready" | "processing" | "completed" | "cancelled";
            /**
             * @description A label.
             * @example Day 30 call
             */
            label: string;
            /**
             * Format: date-time
             * @description When the touchpoint is due.
             * @example 2026-05-12T14:30:00.000Z
             */
            scheduled_for: string | null;
            /**
             * Format: date-time
             * @description When the touchpoint was completed.
             * @example 2026-05-12T14:30:00.000Z
             */
            completed_at: string | null;
            /**
             * Format: uuid
             * @description The manual log that completed it.
             * @example 01a1d0b8-4660-735b-b7e0-86139f34bd11
             */
            completed_by_thread_id: string | null;
            /**
             * Format: date-time
             * @description When the row was created.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the row was last changed.
             * @example 2026-05-11T09:12:00.000Z
             */
            updated_at: string;
        };
        /**
         * @description Up to 500 touchpoints.
         * @example {
         *       "data": [
         *         {
         *           "external_id": "D-10042",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "step_type": "reminder",
         *           "status": "pending",
         *           "label": "Day 30 call",
         *           "scheduled_for": "2026-05-12T14:30:00.000Z",
         *           "completed_at": "2026-05-12T14:30:00.000Z"
         *         }
         *       ]
         *     }
         */
        TouchpointBatch: {
            /** @description The rows. */
            data: {
                /**
                 * Format: uuid
                 * @description The row.
                 * @example 019dab30-df00-7ddc-93de-12611820b046
                 */
                id?: string | null;
                /**
                 * Format: external-id
                 * @description The key of the row in your ERP, unique in the company, without commas and control characters.
                 * @example D-10042
                 */
                external_id?: string | null;
                /**
                 * Format: uuid
                 * @description The customer.
                 * @example 019dab30-df00-7212-a672-29797144857e
                 */
                customer_id?: string | null;
                /**
                 * @description The external id of the row that `customer_id` refers to, instead of `customer_id`.
                 * @example D-10042
                 */
                customer_external_id?: string | null;
                /**
                 * @description The type of step.
                 * @example reminder
                 * @enum {string}
                 */
                step_type: "reminder" | "call" | "task";
                /**
                 * @description The status. A completed touchpoint keeps it.
                 * @example pending
                 * @enum {string}
                 */
                status: "pending" | "ready" | "processing" | "completed" | "cancelled";
                /**
                 * @description A label.
                 * @example Day 30 call
                 */
                label?: string | null;
                /**
                 * Format: date-time
                 * @description When the touchpoint is due.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                scheduled_for?: string | null;
                /**
                 * Format: date-time
                 * @description When the touchpoint was completed.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                completed_at?: string | null;
            }[];
        };
        /**
         * @description The fields of one of the touchpoints that a client writes.
         * @example {
         *       "external_id": "D-10042",
         *       "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *       "step_type": "reminder",
         *       "status": "pending",
         *       "label": "Day 30 call",
         *       "scheduled_for": "2026-05-12T14:30:00.000Z",
         *       "completed_at": "2026-05-12T14:30:00.000Z"
         *     }
         */
        TouchpointFields: {
            /**
             * Format: external-id
             * @description The key of the row in your ERP, unique in the company, without commas and control characters.
             * @example D-10042
             */
            external_id?: string | null;
            /**
             * Format: uuid
             * @description The customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id?: string | null;
            /**
             * @description The external id of the row that `customer_id` refers to, instead of `customer_id`.
             * @example D-10042
             */
            customer_external_id?: string | null;
            /**
             * @description The type of step.
             * @example reminder
             * @enum {string}
             */
            step_type: "reminder" | "call" | "task";
            /**
             * @description The status. A completed touchpoint keeps it.
             * @example pending
             * @enum {string}
             */
            status: "pending" | "ready" | "processing" | "completed" | "cancelled";
            /**
             * @description A label.
             * @example Day 30 call
             */
            label?: string | null;
            /**
             * Format: date-time
             * @description When the touchpoint is due.
             * @example 2026-05-12T14:30:00.000Z
             */
            scheduled_for?: string | null;
            /**
             * Format: date-time
             * @description When the touchpoint was completed.
             * @example 2026-05-12T14:30:00.000Z
             */
            completed_at?: string | null;
        };
        /**
         * @description A page of touchpoints.
         * @example {
         *       "count": 1,
         *       "page": 1,
         *       "page_size": 20,
         *       "next_cursor": null,
         *       "data": [
         *         {
         *           "id": "019dab30-df00-7ddc-93de-12611820b046",
         *           "company_id": "019dab30-df00-7d92-b24c-8e65d5d3495f",
         *           "external_id": "D-10042",
         *           "customer_id": "019dab30-df00-7212-a672-29797144857e",
         *           "step_type": "reminder",
         *           "status": "pending",
         *           "label": "Day 30 call",
         *           "scheduled_for": "2026-05-12T14:30:00.000Z",
         *           "completed_at": "2026-05-12T14:30:00.000Z",
         *           "completed_by_thread_id": "01a1d0b8-4660-735b-b7e0-86139f34bd11",
         *           "created_at": "2026-05-11T09:12:00.000Z",
         *           "updated_at": "2026-05-11T09:12:00.000Z"
         *         }
         *       ]
         *     }
         */
        TouchpointList: {
            /**
             * @description The exact number of rows in the whole list. Null with `search` when more than 1,000 rows match, unless the request has `Prefer: count=exact`, and with `updated_after` when counting takes more than a second. Absent with a cursor.
             * @example 137
             */
            count?: number | null;
            /**
             * @description The page, from 1. Absent with a cursor.
             * @example 1
             */
            page?: number;
            /**
             * @description Rows a page.
             * @example 20
             */
            page_size: number;
            /**
             * @description Pass it as `cursor` for the next page; null on the last.
             * @example AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc
             */
            next_cursor: string | null;
            /**
             * @description Only with `updated_after`, on the first page: send it as `updated_after` with the next sync.
             * @example AQAAAAEEdY5ITkGU-Ak4R5VNv4JIElmSx2obDLcixlVQMqyU_nYLj97Wr3KAKPC2TF-lE_h1oXdyTLe_Ng
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["Touchpoint"][];
        };
        /**
         * @description The event is in the ledger; the provider need not send it again.
         * @example {
         *       "state": "applied",
         *       "reason": null
         *     }
         */
        WebhookAcknowledgement: {
            /**
             * @description The state of the event. `duplicate`: it contained nothing new. `received`: stored, and applied soon. `failed`: stored, and can be applied again by a command.
             * @example applied
             * @enum {string}
             */
            state: "received" | "applied" | "duplicate" | "skipped" | "failed";
            /**
             * @description Why the event was skipped or could not be applied.
             * @example unknown_grant
             */
            reason: string | null;
        };
        /**
         * @description One delivery attempt.
         * @example {
         *       "id": "019e1c98-3e47-7b54-9700-4cf85a691b23",
         *       "event_id": "019e1c98-3e41-75ee-91aa-e692f4035bcd",
         *       "type": "thread.created",
         *       "attempt": 1,
         *       "response_status": 503,
         *       "error": "Answered 503.",
         *       "attempted_at": "2026-05-12T14:30:00.000Z",
         *       "next_attempt_at": "2026-05-12T14:34:10.000Z"
         *     }
         */
        WebhookDelivery: {
            /**
             * Format: uuid
             * @description The attempt.
             * @example 019e1c98-3e47-7b54-9700-4cf85a691b23
             */
            id: string;
            /**
             * @description The `webhook-id`: the event's id in the feed; a test has its own id.
             * @example 019e1c98-3e41-75ee-91aa-e692f4035bcd
             */
            event_id: string;
            /**
             * @description What happened.
             * @example thread.created
             * @enum {string}
             */
            type: "thread.created" | "thread.updated" | "thread.deleted" | "note.created" | "note.updated" | "note.deleted" | "promise.created" | "promise.updated" | "customer.created" | "customer.updated" | "customer.deleted" | "contact.created" | "contact.updated" | "contact.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "action.created" | "action.updated" | "action.deleted" | "touchpoint.created" | "touchpoint.updated" | "touchpoint.deleted" | "import.completed" | "endpoint.test";
            /**
             * @description The number of the attempt for this event, from 1.
             * @example 1
             */
            attempt: number;
            /**
             * @description The status of the receiver's response; null without a response.
             * @example 503
             */
            response_status: number | null;
            /**
             * @description Why the attempt failed; null when it succeeded.
             * @example Answered 503.
             */
            error: string | null;
            /**
             * Format: date-time
             * @description When the attempt began.
             * @example 2026-05-12T14:30:00.000Z
             */
            attempted_at: string;
            /**
             * Format: date-time
             * @description When the next attempt is due; null when there is none.
             * @example 2026-05-12T14:34:10.000Z
             */
            next_attempt_at: string | null;
        };
        /**
         * @description Delivery attempts of the last seven days, newest first.
         * @example {
         *       "count": 1,
         *       "page": 1,
         *       "page_size": 20,
         *       "next_cursor": null,
         *       "data": [
         *         {
         *           "id": "019e1c98-3e47-7b54-9700-4cf85a691b23",
         *           "event_id": "019e1c98-3e41-75ee-91aa-e692f4035bcd",
         *           "type": "thread.created",
         *           "attempt": 1,
         *           "response_status": 503,
         *           "error": "Answered 503.",
         *           "attempted_at": "2026-05-12T14:30:00.000Z",
         *           "next_attempt_at": "2026-05-12T14:34:10.000Z"
         *         }
         *       ]
         *     }
         */
        WebhookDeliveryList: {
            /**
             * @description The exact number of rows in the whole list. Null with `search` when more than 1,000 rows match, unless the request has `Prefer: count=exact`, and with `updated_after` when counting takes more than a second. Absent with a cursor.
             * @example 137
             */
            count?: number | null;
            /**
             * @description The page, from 1. Absent with a cursor.
             * @example 1
             */
            page?: number;
            /**
             * @description Rows a page.
             * @example 20
             */
            page_size: number;
            /**
             * @description Pass it as `cursor` for the next page; null on the last.
             * @example AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc
             */
            next_cursor: string | null;
            /**
             * @description Only with `updated_after`, on the first page: send it as `updated_after` with the next sync.
             * @example AQAAAAEEdY5ITkGU-Ak4R5VNv4JIElmSx2obDLcixlVQMqyU_nYLj97Wr3KAKPC2TF-lE_h1oXdyTLe_Ng
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["WebhookDelivery"][];
        };
        /**
         * @description A URL to which events of a company are sent.
         * @example {
         *       "id": "019e1c98-3e46-7a43-86ff-3be749580a12",
         *       "url": "https://hooks.northbrook.example/communications",
         *       "event_types": [
         *         "thread.created",
         *         "thread.updated"
         *       ],
         *       "description": "Tells the team channel",
         *       "is_enabled": true,
         *       "disabled_reason": null,
         *       "created_at": "2026-05-11T09:12:00.000Z",
         *       "updated_at": "2026-05-12T14:30:00.000Z"
         *     }
         */
        WebhookEndpoint: {
            /**
             * Format: uuid
             * @description The endpoint.
             * @example 019e1c98-3e46-7a43-86ff-3be749580a12
             */
            id: string;
            /**
             * @description The https URL to which events are sent: no private, loopback or link-local address, no username, no fragment.
             * @example https://hooks.northbrook.example/communications
             */
            url: string;
            /**
             * @description The event types that are sent; null for all, including those of later versions.
             * @example [
             *       "thread.created",
             *       "thread.updated"
             *     ]
             */
            event_types: ("thread.created" | "thread.updated" | "thread.deleted" | "note.created" | "note.updated" | "note.deleted" | "promise.created" | "promise.updated" | "customer.created" | "customer.updated" | "customer.deleted" | "contact.created" | "contact.updated" | "contact.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "action.created" | "action.updated" | "action.deleted" | "touchpoint.created" | "touchpoint.updated" | "touchpoint.deleted" | "import.completed")[] | null;
            /**
             * @description A note for the people who manage the endpoint.
             * @example Tells the team channel
             */
            description: string;
            /**
             * @description Whether events are sent to the endpoint.
             * @example true
             */
            is_enabled: boolean;
            /**
             * @description Why the endpoint is disabled, as text; null while it is enabled.
             * @example The receiver answered 410 Gone.
             */
            disabled_reason: string | null;
            /**
             * Format: date-time
             * @description When the endpoint was created.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When a user last changed the endpoint or the server disabled it.
             * @example 2026-05-12T14:30:00.000Z
             */
            updated_at: string;
        };
        /**
         * @description The changes to an endpoint; an omitted field keeps its value.
         * @example {
         *       "is_enabled": true
         *     }
         */
        WebhookEndpointChange: {
            /**
             * @description The https URL to which events are sent: no private, loopback or link-local address, no username, no fragment.
             * @example https://hooks.northbrook.example/communications
             */
            url?: string;
            /**
             * @description The event types that are sent; null for all, including those of later versions.
             * @example [
             *       "thread.created",
             *       "thread.updated"
             *     ]
             */
            event_types?: ("thread.created" | "thread.updated" | "thread.deleted" | "note.created" | "note.updated" | "note.deleted" | "promise.created" | "promise.updated" | "customer.created" | "customer.updated" | "customer.deleted" | "contact.created" | "contact.updated" | "contact.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "action.created" | "action.updated" | "action.deleted" | "touchpoint.created" | "touchpoint.updated" | "touchpoint.deleted" | "import.completed")[] | null;
            /**
             * @description A note for the people who manage the endpoint.
             * @example Tells the team channel
             */
            description?: string;
            /**
             * @description An endpoint that is enabled again gets the events from then on.
             * @example true
             */
            is_enabled?: boolean;
        };
        /**
         * @description Webhook endpoints, newest first.
         * @example {
         *       "count": 1,
         *       "page": 1,
         *       "page_size": 20,
         *       "next_cursor": null,
         *       "data": [
         *         {
         *           "id": "019e1c98-3e46-7a43-86ff-3be749580a12",
         *           "url": "https://hooks.northbrook.example/communications",
         *           "event_types": [
         *             "thread.created",
         *             "thread.updated"
         *           ],
         *           "description": "Tells the team channel",
         *           "is_enabled": true,
         *           "disabled_reason": null,
         *           "created_at": "2026-05-11T09:12:00.000Z",
         *           "updated_at": "2026-05-12T14:30:00.000Z"
         *         }
         *       ]
         *     }
         */
        WebhookEndpointList: {
            /**
             * @description The exact number of rows in the whole list. Null with `search` when more than 1,000 rows match, unless the request has `Prefer: count=exact`, and with `updated_after` when counting takes more than a second. Absent with a cursor.
             * @example 137
             */
            count?: number | null;
            /**
             * @description The page, from 1. Absent with a cursor.
             * @example 1
             */
            page?: number;
            /**
             * @description Rows a page.
             * @example 20
             */
            page_size: number;
            /**
             * @description Pass it as `cursor` for the next page; null on the last.
             * @example AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc
             */
            next_cursor: string | null;
            /**
             * @description Only with `updated_after`, on the first page: send it as `updated_after` with the next sync.
             * @example AQAAAAEEdY5ITkGU-Ak4R5VNv4JIElmSx2obDLcixlVQMqyU_nYLj97Wr3KAKPC2TF-lE_h1oXdyTLe_Ng
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["WebhookEndpoint"][];
        };
        /**
         * @description An endpoint with its new secret.
         * @example {
         *       "id": "019e1c98-3e46-7a43-86ff-3be749580a12",
         *       "url": "https://hooks.northbrook.example/communications",
         *       "event_types": [
         *         "thread.created",
         *         "thread.updated"
         *       ],
         *       "description": "Tells the team channel",
         *       "is_enabled": true,
         *       "disabled_reason": null,
         *       "created_at": "2026-05-11T09:12:00.000Z",
         *       "updated_at": "2026-05-12T14:30:00.000Z",
         *       "secret": "whsec_VGhpcyBpcyBhbiBleGFtcGxlLCBhbmQgbm8gc2VjcmV0Lg=="
         *     }
         */
        WebhookEndpointWithSecret: {
            /**
             * Format: uuid
             * @description The endpoint.
             * @example 019e1c98-3e46-7a43-86ff-3be749580a12
             */
            id: string;
            /**
             * @description The https URL to which events are sent: no private, loopback or link-local address, no username, no fragment.
             * @example https://hooks.northbrook.example/communications
             */
            url: string;
            /**
             * @description The event types that are sent; null for all, including those of later versions.
             * @example [
             *       "thread.created",
             *       "thread.updated"
             *     ]
             */
            event_types: ("thread.created" | "thread.updated" | "thread.deleted" | "note.created" | "note.updated" | "note.deleted" | "promise.created" | "promise.updated" | "customer.created" | "customer.updated" | "customer.deleted" | "contact.created" | "contact.updated" | "contact.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "action.created" | "action.updated" | "action.deleted" | "touchpoint.created" | "touchpoint.updated" | "touchpoint.deleted" | "import.completed")[] | null;
            /**
             * @description A note for the people who manage the endpoint.
             * @example Tells the team channel
             */
            description: string;
            /**
             * @description Whether events are sent to the endpoint.
             * @example true
             */
            is_enabled: boolean;
            /**
             * @description Why the endpoint is disabled, as text; null while it is enabled.
             * @example The receiver answered 410 Gone.
             */
            disabled_reason: string | null;
            /**
             * Format: date-time
             * @description When the endpoint was created.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When a user last changed the endpoint or the server disabled it.
             * @example 2026-05-12T14:30:00.000Z
             */
            updated_at: string;
            /**
             * @description Signs every delivery (Standard Webhooks 1.0). Shown once; encrypted at rest.
             * @example whsec_VGhpcyBpcyBhbiBleGFtcGxlLCBhbmQgbm8gc2VjcmV0Lg==
             */
            secret: string;
        };
        /**
         * @description The position after which events are sent again.
         * @example {
         *       "after": "2026-05-11T09:12:00.000Z"
         *     }
         */
        WebhookReplay: {
            /**
             * @description The id of the event after which events are sent again, or an RFC 3339 date-time.
             * @example 2026-05-11T09:12:00.000Z
             */
            after: string;
        };
    };
    responses: {
        /** @description Invalid request (`validation_error`). */
        validation_error: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not authenticated (`not_authenticated`). */
        not_authenticated: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Invalid credentials (`invalid_credentials`). */
        invalid_credentials: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Invalid signature (`invalid_signature`). */
        invalid_signature: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Permission denied (`permission_denied`). */
        permission_denied: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not found (`not_found`). */
        not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Request timeout (`request_timeout`). */
        request_timeout: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description In use (`in_use`). */
        in_use: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Idempotency-Key in use (`idempotency_key_in_use`). */
        idempotency_key_in_use: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Precondition failed (`precondition_failed`). */
        precondition_failed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Payload too large (`payload_too_large`). */
        payload_too_large: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description URI too long (`uri_too_long`). */
        uri_too_long: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unsupported media type (`unsupported_media_type`). */
        unsupported_media_type: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Expectation failed (`expectation_failed`). */
        expectation_failed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Idempotency-Key reused (`idempotency_key_reused`). */
        idempotency_key_reused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests (`throttled`). */
        throttled: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Request header fields too large (`headers_too_large`). */
        headers_too_large: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Internal error (`internal_error`). */
        internal_error: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unavailable (`unavailable`). */
        unavailable: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
        "If-None-Match": string;
        /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
        Prefer: string;
    };
    requestBodies: never;
    headers: {
        /** @description Identifies this request in the server's log. The client's own value is used when it matches `[A-Za-z0-9._-]{1,64}`. */
        "X-Request-Id": string;
        /** @description Requests per minute that the user may make. Absent when the server has no limit. */
        "RateLimit-Limit": number;
        /** @description Requests left in this window. */
        "RateLimit-Remaining": number;
        /** @description Seconds until the next window begins. */
        "RateLimit-Reset": number;
        /** @description Seconds to wait before the next attempt. */
        "Retry-After": number;
        /** @description Weak entity tag; send it back as `If-None-Match`. */
        ETag: string;
        /** @description The next page, `rel="next"`. Absent on the last. */
        Link: string;
        /** @description The URL of the created object. */
        Location: string;
        /** @description `true` when this is the stored response of an earlier request with the same `Idempotency-Key`. */
        "Idempotency-Replayed": string;
        /** @description Query parameters and body fields (`body.name`) that are unknown and were ignored: percent-encoded, comma-separated, at most 20 names and 2,000 characters. A name longer than 50 characters is cut and ends in `…`. */
        "X-Ignored-Parameters": string;
        /** @description The scheme to authenticate with. */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    login: {
        parameters: {
            query?: never;
            header?: {
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description A new token with its user and the companies of the user. */
            200: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["invalid_credentials"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listThreads: {
        parameters: {
            query?: {
                /** @description `thread`: one row per thread group, its latest message. `message`: one row per message. */
                view?: "thread" | "message";
                /** @description Comma-separated types to include. `manual` also includes every manual log. */
                communication_type?: ("email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other")[];
                /** @description Filter by source. */
                source?: "nylas" | "vonage" | "manual" | "import";
                /** @description Filter by direction. */
                direction?: "inbound" | "outbound";
                /** @description Filter threads that require a response. */
                requires_response?: boolean;
                /** @description Filter by resolved status. */
                is_resolved?: boolean;
                /** @description Filter by AR classification; `false` includes unclassified. */
                is_ar_related?: boolean;
                /** @description First day, inclusive, in the company's time zone. */
                date_from?: string;
                /** @description Last day, inclusive, in the company's time zone. */
                date_to?: string;
                /** @description Conversations with this customer. */
                customer_id?: string;
                /** @description Messages with this contact. */
                contact_id?: string;
                /** @description Conversations about this invoice. */
                invoice_id?: string;
                /** @description Comma-separated tags: messages with any of them. */
                strategy_tags?: string[];
                /** @description Manual logs of this user. */
                logged_by_id?: string;
                /** @description Comma-separated outcomes to include. */
                outcome?: ("spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other")[];
                /** @description Conversations with this assignee; `me`: assigned to the caller, `none`: unassigned. */
                assignee_id?: string;
                /** @description Conversations whose `follow_up_at` is this time or earlier. */
                follow_up_before?: string;
                /** @description `true`: conversations whose `follow_up_at` is in the future; `false`: all others. */
                is_snoozed?: boolean;
                /** @description `-timestamp`: newest first. `timestamp`: oldest first, such as those that have waited longest. */
                ordering?: "-timestamp" | "timestamp";
                /** @description Up to 32 words. Each must be the beginning of a word in the subject, the sender’s own text, the customer’s name, a linked invoice’s number, or a name or address in from, to or cc. More than 1,000 rows are counted only with `Prefer: count=exact`. */
                search?: string;
                /** @description Only rows that changed since: the `watermark` of an earlier response, or an RFC 3339 date-time for the first sync. The first page has the next `watermark`; store it, read the other pages by `cursor`, and send it with the next sync. A row may be returned twice; none is missed. Deletions are in the event feed only. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the previous page. The cost is the same for every page. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of communication threads, newest first. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommunicationThreadList"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid request (`validation_error`). Invalid cursor (`invalid_cursor`). */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    getThread: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description Any message of the conversation. */
                thread_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A message and the rest of its conversation. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommunicationThreadWithOthers"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    updateThread: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description Any message of the conversation. */
                thread_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ThreadChange"];
            };
        };
        responses: {
            /** @description A message and the rest of its conversation. */
            200: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommunicationThreadWithOthers"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listEmails: {
        parameters: {
            query?: {
                /** @description Filter by direction. */
                direction?: "inbound" | "outbound";
                /** @description Filter threads that require a response. */
                requires_response?: boolean;
                /** @description Filter by resolved status. */
                is_resolved?: boolean;
                /** @description Filter by AR classification. `true`: only AR-related emails; `false`: the rest, unclassified included. */
                is_ar_related?: boolean;
                /** @description First day, inclusive, in the company's time zone. */
                date_from?: string;
                /** @description Last day, inclusive, in the company's time zone. */
                date_to?: string;
                /** @description Conversations with this customer. */
                customer_id?: string;
                /** @description Messages with this contact. */
                contact_id?: string;
                /** @description Conversations about this invoice. */
                invoice_id?: string;
                /** @description Comma-separated tags: messages with any of them. */
                strategy_tags?: string[];
                /** @description Manual logs of this user. */
                logged_by_id?: string;
                /** @description Comma-separated outcomes to include. */
                outcome?: ("spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other")[];
                /** @description Conversations with this assignee; `me`: assigned to the caller, `none`: unassigned. */
                assignee_id?: string;
                /** @description Conversations whose `follow_up_at` is this time or earlier. */
                follow_up_before?: string;
                /** @description `true`: conversations whose `follow_up_at` is in the future; `false`: all others. */
                is_snoozed?: boolean;
                /** @description `-timestamp`: newest first. `timestamp`: oldest first, such as those that have waited longest. */
                ordering?: "-timestamp" | "timestamp";
                /** @description Up to 32 words. Each must be the beginning of a word in the subject, the sender’s own text, the customer’s name, a linked invoice’s number, or a name or address in from, to or cc. More than 1,000 rows are counted only with `Prefer: count=exact`. */
                search?: string;
                /** @description Only rows that changed since: the `watermark` of an earlier response, or an RFC 3339 date-time for the first sync. The first page has the next `watermark`; store it, read the other pages by `cursor`, and send it with the next sync. A row may be returned twice; none is missed. Deletions are in the event feed only. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the previous page. The cost is the same for every page. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of communication threads, newest first. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommunicationThreadList"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid request (`validation_error`). Invalid cursor (`invalid_cursor`). */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    getEmailThread: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description Any message of the conversation. */
                thread_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An email and its whole conversation. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmailThread"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    getAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The company. */
                company_id: string;
                /** @description Any message of the conversation. */
                thread_id: string;
                /** @description The attachment. */
                attachment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, with the media type in the mail if a browser can show it safely. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    logManualCommunication: {
        parameters: {
            query?: never;
            header?: {
                /** @description Stored for 24 hours per user and company: a request with the same key and body gets the first response again and has no effect. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManualLog"];
            };
        };
        responses: {
            /** @description One message with its body and attachments. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommunicationThreadDetail"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["idempotency_key_in_use"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listPromises: {
        parameters: {
            query?: {
                /** @description Comma-separated statuses to include. */
                status?: ("open" | "kept" | "cancelled" | "broken")[];
                /** @description Promises of this customer. */
                customer_id?: string;
                /** @description Promises about this invoice. */
                invoice_id?: string;
                /** @description Due on this day or later. */
                due_from?: string;
                /** @description Due on this day or earlier. */
                due_to?: string;
                /** @description Only rows that changed since: the `watermark` of an earlier response, or an RFC 3339 date-time for the first sync. The first page has the next `watermark`; store it, read the other pages by `cursor`, and send it with the next sync. A row may be returned twice; none is missed. Deletions are in the event feed only. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the previous page. The cost is the same for every page. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of promises, ordered by due date. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromiseList"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid request (`validation_error`). Invalid cursor (`invalid_cursor`). */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    getPromise: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The promise. */
                promise_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a customer promised to pay, and by when. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Promise"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    updatePromise: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The promise. */
                promise_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromiseChange"];
            };
        };
        responses: {
            /** @description What a customer promised to pay, and by when. */
            200: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Promise"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listThreadNotes: {
        parameters: {
            query?: {
                /** @description Notes on any message of this thread's conversation. */
                thread_id?: string;
                /** @description Notes by this user. */
                author_id?: string;
                /** @description Only rows that changed since: the `watermark` of an earlier response, or an RFC 3339 date-time for the first sync. The first page has the next `watermark`; store it, read the other pages by `cursor`, and send it with the next sync. A row may be returned twice; none is missed. Deletions are in the event feed only. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the previous page. The cost is the same for every page. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Thread notes, newest first: all of them, or a page. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadNoteList"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid request (`validation_error`). Invalid cursor (`invalid_cursor`). */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    createThreadNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description Stored for 24 hours per user and company: a request with the same key and body gets the first response again and has no effect. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewThreadNote"];
            };
        };
        responses: {
            /** @description An internal note on a communication thread, visible only to the team. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadNote"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["idempotency_key_in_use"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    getThreadNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The note. */
                note_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An internal note on a communication thread, visible only to the team. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadNote"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    deleteThreadNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The note. */
                note_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The note is deleted. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    updateThreadNote: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The note. */
                note_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ThreadNoteChange"];
            };
        };
        responses: {
            /** @description An internal note on a communication thread, visible only to the team. */
            200: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadNote"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listCustomers: {
        parameters: {
            query?: {
                /** @description Comma-separated external ids; rows with any of them. */
                external_id?: string[];
                /** @description Up to 32 words, each of which must be the beginning of a word of the row. */
                search?: string;
                /** @description Whether the customer has a conversation that is not resolved. */
                has_open?: boolean;
                /** @description The order of the rows. */
                ordering?: "name" | "-waiting_since";
                /** @description Only rows that changed since: the `watermark` of an earlier response, or an RFC 3339 date-time for the first sync. The first page has the next `watermark`; store it, read the other pages by `cursor`, and send it with the next sync. A row may be returned twice; none is missed. Deletions are in the event feed only. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the previous page. The cost is the same for every page. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of customers. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerList"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid request (`validation_error`). Invalid cursor (`invalid_cursor`). */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    batchCustomers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Stored for 24 hours per user and company: a request with the same key and body gets the first response again and has no effect. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerBatch"];
            };
        };
        responses: {
            /** @description The outcome for each row of a batch. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchOutcomes"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["idempotency_key_in_use"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    getCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of the company’s customers. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    putCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerFields"];
            };
        };
        responses: {
            /** @description One of the company’s customers. */
            200: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description One of the company’s customers. */
            201: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    deleteCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The row is deleted. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["in_use"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listContacts: {
        parameters: {
            query?: {
                /** @description Comma-separated external ids; rows with any of them. */
                external_id?: string[];
                /** @description Rows of this customer. */
                customer_id?: string;
                /** @description Exactly this email address, without case. */
                email?: string;
                /** @description Exactly this number. */
                phone?: string;
                /** @description Up to 32 words, each of which must be the beginning of a word of the row. */
                search?: string;
                /** @description The order of the rows. */
                ordering?: "name";
                /** @description Only rows that changed since: the `watermark` of an earlier response, or an RFC 3339 date-time for the first sync. The first page has the next `watermark`; store it, read the other pages by `cursor`, and send it with the next sync. A row may be returned twice; none is missed. Deletions are in the event feed only. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the previous page. The cost is the same for every page. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of contacts. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactList"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid request (`validation_error`). Invalid cursor (`invalid_cursor`). */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    batchContacts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Stored for 24 hours per user and company: a request with the same key and body gets the first response again and has no effect. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactBatch"];
            };
        };
        responses: {
            /** @description The outcome for each row of a batch. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchOutcomes"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["idempotency_key_in_use"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    getContact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of the company’s contacts. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    putContact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactFields"];
            };
        };
        responses: {
            /** @description One of the company’s contacts. */
            200: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description One of the company’s contacts. */
            201: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    deleteContact: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The row is deleted. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["in_use"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listInvoices: {
        parameters: {
            query?: {
                /** @description Comma-separated external ids; rows with any of them. */
                external_id?: string[];
                /** @description Rows of this customer. */
                customer_id?: string;
                /** @description Exactly this number. */
                number?: string;
                /** @description Invoices with this status. */
                status?: "open" | "paid" | "void";
                /** @description Due on this day or later. */
                due_from?: string;
                /** @description Due on this day or earlier. */
                due_to?: string;
                /** @description Up to 32 words, each of which must be the beginning of a word of the row. */
                search?: string;
                /** @description The order of the rows. */
                ordering?: "number" | "due_date";
                /** @description Only rows that changed since: the `watermark` of an earlier response, or an RFC 3339 date-time for the first sync. The first page has the next `watermark`; store it, read the other pages by `cursor`, and send it with the next sync. A row may be returned twice; none is missed. Deletions are in the event feed only. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the previous page. The cost is the same for every page. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of invoices. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceList"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid request (`validation_error`). Invalid cursor (`invalid_cursor`). */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    batchInvoices: {
        parameters: {
            query?: never;
            header?: {
                /** @description Stored for 24 hours per user and company: a request with the same key and body gets the first response again and has no effect. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceBatch"];
            };
        };
        responses: {
            /** @description The outcome for each row of a batch. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchOutcomes"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["idempotency_key_in_use"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    getInvoice: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of the company’s invoices. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    putInvoice: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvoiceFields"];
            };
        };
        responses: {
            /** @description One of the company’s invoices. */
            200: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            /** @description One of the company’s invoices. */
            201: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invoice"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    deleteInvoice: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The row is deleted. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["in_use"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listActions: {
        parameters: {
            query?: {
                /** @description Comma-separated external ids; rows with any of them. */
                external_id?: string[];
                /** @description Rows of this customer. */
                customer_id?: string;
                /** @description Rows about this invoice. */
                invoice_id?: string;
                /** @description Comma-separated statuses to include. */
                status?: ("proposed" | "scheduled" | "processing" | "completed" | "cancelled")[];
                /** @description Due before this time. */
                due_before?: string;
                /** @description The order of the rows. */
                ordering?: "due_at";
                /** @description Only rows that changed since: the `watermark` of an earlier response, or an RFC 3339 date-time for the first sync. The first page has the next `watermark`; store it, read the other pages by `cursor`, and send it with the next sync. A row may be returned twice; none is missed. Deletions are in the event feed only. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the previous page. The cost is the same for every page. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of actions. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionList"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid request (`validation_error`). Invalid cursor (`invalid_cursor`). */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    batchActions: {
        parameters: {
            query?: never;
            header?: {
                /** @description Stored for 24 hours per user and company: a request with the same key and body gets the first response again and has no effect. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActionBatch"];
            };
        };
        responses: {
            /** @description The outcome for each row of a batch. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchOutcomes"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["idempotency_key_in_use"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    getAction: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of the company’s actions. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Action"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    putAction: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActionFields"];
            };
        };
        responses: {
            /** @description One of the company’s actions. */
            200: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Action"];
                };
            };
            /** @description One of the company’s actions. */
            201: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Action"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    deleteAction: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The row is deleted. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["in_use"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listTouchpoints: {
        parameters: {
            query?: {
                /** @description Comma-separated external ids; rows with any of them. */
                external_id?: string[];
                /** @description Rows of this customer. */
                customer_id?: string;
                /** @description Comma-separated statuses to include. */
                status?: ("pending" | "ready" | "processing" | "completed" | "cancelled")[];
                /** @description Due before this time. */
                due_before?: string;
                /** @description The order of the rows. */
                ordering?: "scheduled_for";
                /** @description Only rows that changed since: the `watermark` of an earlier response, or an RFC 3339 date-time for the first sync. The first page has the next `watermark`; store it, read the other pages by `cursor`, and send it with the next sync. A row may be returned twice; none is missed. Deletions are in the event feed only. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the previous page. The cost is the same for every page. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of touchpoints. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchpointList"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid request (`validation_error`). Invalid cursor (`invalid_cursor`). */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    batchTouchpoints: {
        parameters: {
            query?: never;
            header?: {
                /** @description Stored for 24 hours per user and company: a request with the same key and body gets the first response again and has no effect. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TouchpointBatch"];
            };
        };
        responses: {
            /** @description The outcome for each row of a batch. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchOutcomes"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["idempotency_key_in_use"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    getTouchpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One of the company’s touchpoints. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Touchpoint"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    putTouchpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TouchpointFields"];
            };
        };
        responses: {
            /** @description One of the company’s touchpoints. */
            200: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Touchpoint"];
                };
            };
            /** @description One of the company’s touchpoints. */
            201: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Touchpoint"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    deleteTouchpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The row. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The row is deleted. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["in_use"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description Members with this role. */
                role?: "admin" | "member" | "viewer";
                /** @description The order of the rows. */
                ordering?: "name";
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the previous page. The cost is the same for every page. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of members. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid request (`validation_error`). Invalid cursor (`invalid_cursor`). */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description The position to continue after: the `id` of an event, a `next_after`, or `latest` for future events only. Without it a list begins with the first event, and a stream with the next one. */
                after?: string;
                /** @description Events to list; over 500 is taken as 500. */
                limit?: number;
                /** @description A stream ticket in place of the Authorization header, which EventSource can't send. */
                ticket?: string;
            };
            header?: {
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changes: a list, or a stream that stays open. */
            200: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommunicationEventList"];
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the previous page. The cost is the same for every page. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Webhook endpoints, newest first. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointList"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid request (`validation_error`). Invalid cursor (`invalid_cursor`). */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Stored for 24 hours per user and company: a request with the same key and body gets the first response again and has no effect. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhookEndpoint"];
            };
        };
        responses: {
            /** @description An endpoint with its new secret. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            409: components["responses"]["idempotency_key_in_use"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The endpoint. */
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A URL to which events of a company are sent. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The endpoint. */
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint is deleted. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too. */
                "If-Match"?: string;
                /** @description The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412. */
                "If-None-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The endpoint. */
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEndpointChange"];
            };
        };
        responses: {
            /** @description A URL to which events of a company are sent. */
            200: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    replayWebhookEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The endpoint. */
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookReplay"];
            };
        };
        responses: {
            /** @description The events will be sent. */
            202: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            415: components["responses"]["unsupported_media_type"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the previous page. The cost is the same for every page. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier response: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The endpoint. */
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Delivery attempts of the last seven days, newest first. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Link: components["headers"]["Link"];
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            /** @description Unchanged since the ETag in `If-None-Match`. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Invalid request (`validation_error`). Invalid cursor (`invalid_cursor`). */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            412: components["responses"]["precondition_failed"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    answerNylasChallenge: {
        parameters: {
            query: {
                /** @description The value to answer with. */
                challenge: string;
            };
            header?: {
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, if that takes at most a second. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The challenge, exactly as it was given. */
            200: {
                headers: {
                    "X-Ignored-Parameters": components["headers"]["X-Ignored-Parameters"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["validation_error"];
            408: components["responses"]["request_timeout"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    recordNylasWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A CloudEvent of Nylas v3, gzip or plain. `data.object` is the message, its `grant_id` identifies the mailbox. */
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The event is in the ledger; the provider need not send it again. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookAcknowledgement"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["invalid_signature"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    recordVonageWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A Voice event. `uuid` identifies a leg of the call, `from` and `to` are its numbers, `status` its state. */
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The event is in the ledger; the provider need not send it again. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookAcknowledgement"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["invalid_signature"];
            408: components["responses"]["request_timeout"];
            413: components["responses"]["payload_too_large"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token is revoked. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            408: components["responses"]["request_timeout"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    createStreamTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The company. */
                company_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A short-lived ticket that opens an event stream. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StreamTicket"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The endpoint. */
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An endpoint with its new secret. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The company. */
                company_id: string;
                /** @description The endpoint. */
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The test event will be sent. */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["validation_error"];
            401: components["responses"]["not_authenticated"];
            403: components["responses"]["permission_denied"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process is running. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["validation_error"];
            408: components["responses"]["request_timeout"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The server is ready. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            400: components["responses"]["validation_error"];
            408: components["responses"]["request_timeout"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Metrics in the text format of Prometheus. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["validation_error"];
            404: components["responses"]["not_found"];
            408: components["responses"]["request_timeout"];
            414: components["responses"]["uri_too_long"];
            417: components["responses"]["expectation_failed"];
            429: components["responses"]["throttled"];
            431: components["responses"]["headers_too_large"];
            500: components["responses"]["internal_error"];
            503: components["responses"]["unavailable"];
        };
    };
    receiveEvent: {
        parameters: {
            query?: never;
            header: {
                /** @description The event's id in the feed; the same at every attempt. */
                "webhook-id": string;
                /** @description The time of this attempt as Unix time in seconds. */
                "webhook-timestamp": string;
                /** @description One signature or, for a day after a rotation, two signatures separated by a space. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutgoingEvent"];
            };
        };
        responses: {
            /** @description The endpoint is disabled and gets no more events. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The event is acknowledged. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
