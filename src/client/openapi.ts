/**
 * The types of the API, generated from its OpenAPI document by openapi-typescript: `npm run client:generate`. Never
 * edited by hand; `test/client.test.ts` fails when it is out of date.
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
         * @description Checks username and password and answers a token with the companies it opens.
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
         * @description Sets what is given and leaves the rest. `is_resolved` and `requires_response` are the conversation’s and set on every message of its group. With `If-Match`, only while the thread is as the ETag of its detail says.
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
         * @description The bytes of an attachment of the email's conversation, as the provider has them: to be saved, under the name that the mail gives it. 503 without `NYLAS_API_KEY`, and while the provider is away.
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
         * @description Creates a manual communication log entry for outreach that happened outside, such as a phone call, an in-person meeting or an external email. A `scheduled_action_id` or `scheduled_touchpoint_id` is marked completed with it, all or nothing.
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
         * @description What customers promised to pay, by the day on which it is due. `broken` is what an open promise reads as once its day has passed in the company’s time zone. That is no change for `updated_after`, which tells of what was written: ask for `status=broken`.
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
         * @description Sets what is given and leaves the rest: kept, cancelled or open again, another day or amount.
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
         * @description All notes attached to communication threads of the company, newest first. Without a paging parameter the answer holds every note, as `count` and `data`; with one, or with `updated_after`, it pages like the other lists.
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
         * @description Deletes a note for good. Its author may, and an admin. A body is ignored.
         */
        delete: operations["deleteThreadNote"];
        options?: never;
        head?: never;
        /**
         * Change a thread note
         * @description Rewords a note. Its author may, and an admin.
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
         * @description The company’s customers, by name unless `ordering` says otherwise.
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
         * Make or set many customers
         * @description Up to 500 rows, all or nothing, each named by its `id`, its `external_id` or both: one that isn’t there is made. Says in order what became of each; a row that is equal already isn’t written.
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
         * Make or set one of the customers
         * @description Makes the row under this id (201) or sets it (200). A field that is left out becomes its default, except `external_id`, which stays. A row that is equal already isn’t written.
         */
        put: operations["putCustomer"];
        post?: never;
        /**
         * Delete one of the customers
         * @description Deletes the row, unless something refers to it. A body is ignored.
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
         * @description The company’s contacts, by name unless `ordering` says otherwise.
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
         * Make or set many contacts
         * @description Up to 500 rows, all or nothing, each named by its `id`, its `external_id` or both: one that isn’t there is made. Says in order what became of each; a row that is equal already isn’t written.
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
         * Make or set one of the contacts
         * @description Makes the row under this id (201) or sets it (200). A field that is left out becomes its default, except `external_id`, which stays. A row that is equal already isn’t written.
         */
        put: operations["putContact"];
        post?: never;
        /**
         * Delete one of the contacts
         * @description Deletes the row, unless something refers to it. A body is ignored.
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
         * @description The company’s invoices, by number unless `ordering` says otherwise.
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
         * Make or set many invoices
         * @description Up to 500 rows, all or nothing, each named by its `id`, its `external_id` or both: one that isn’t there is made. Says in order what became of each; a row that is equal already isn’t written.
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
         * Make or set one of the invoices
         * @description Makes the row under this id (201) or sets it (200). A field that is left out becomes its default, except `external_id`, which stays. A row that is equal already isn’t written.
         */
        put: operations["putInvoice"];
        post?: never;
        /**
         * Delete one of the invoices
         * @description Deletes the row, unless something refers to it. A body is ignored.
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
         * @description The company’s actions, by due_at unless `ordering` says otherwise.
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
         * Make or set many actions
         * @description Up to 500 rows, all or nothing, each named by its `id`, its `external_id` or both: one that isn’t there is made. Says in order what became of each; a row that is equal already isn’t written.
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
         * Make or set one of the actions
         * @description Makes the row under this id (201) or sets it (200). A field that is left out becomes its default, except `external_id`, which stays. A row that is equal already isn’t written.
         */
        put: operations["putAction"];
        post?: never;
        /**
         * Delete one of the actions
         * @description Deletes the row, unless something refers to it. A body is ignored.
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
         * @description The company’s touchpoints, by scheduled_for unless `ordering` says otherwise.
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
         * Make or set many touchpoints
         * @description Up to 500 rows, all or nothing, each named by its `id`, its `external_id` or both: one that isn’t there is made. Says in order what became of each; a row that is equal already isn’t written.
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
         * Make or set one of the touchpoints
         * @description Makes the row under this id (201) or sets it (200). A field that is left out becomes its default, except `external_id`, which stays. A row that is equal already isn’t written.
         */
        put: operations["putTouchpoint"];
        post?: never;
        /**
         * Delete one of the touchpoints
         * @description Deletes the row, unless something refers to it. A body is ignored.
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
         * @description What changed in the company, in the order of the transactions, each once: `Accept: text/event-stream` opens a stream of server-sent events that goes on where `Last-Event-ID` (or `after`) left off; anything else answers a stretch of the same feed as a list. Events hold ids, never a text. Nothing shows while an older write is still open, so a reader who goes on from its last `id` never misses one.
         *
         *     A user has at most 20 streams of a company open at once in each process of the server (`WORKERS`); one more is 429, until a client has gone.
         *
         *     An event is about the conversation that it names: `thread.created` also stands for what the new message changed in the others, `thread.updated` for a change by a user, by what a provider tells later of a call or a mail, by `rematch` (one event a conversation), or by two conversations that become one (one for each, named by the message that stood for it in the lists). `import.completed` stands for anything in the company: read it anew.
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
         * @description Where events of the company are sent, newest first. For admins only, like everything here.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Create a webhook endpoint
         * @description From now on events are posted to the URL, each signed by the Standard Webhooks specification 1.0 with the `secret`, which is shown once. See `webhooks` in this document for what is sent.
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
         * @description Nothing is sent to it any more. A body is ignored.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change a webhook endpoint
         * @description Changes where and what is sent, and enables or disables it. What happened while it was disabled is sent only by a replay.
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
         * @description Goes back to a place in the feed: every event behind it is sent, again or for the first time, in order and with its own `webhook-id`. To a disabled endpoint it sends those that there are by now.
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
         * @description Attempts of the last seven days to send events to this endpoint, newest first.
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
         * @description Nylas asks once, when the webhook is set up, and expects the value back as it is.
         */
        get: operations["answerNylasChallenge"];
        put?: never;
        /**
         * Take an event from Nylas
         * @description A `message.created` becomes a message of its conversation; every other type is acknowledged and counted. `x-nylas-signature` is the hex HMAC-SHA256 of the body as it travels. The same event again changes nothing.
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
         * @description The events of one call grow one message, in any order. `Authorization: Bearer` holds a JWT (HS256) with the SHA-256 of the body, at most five minutes old; each token's id counts once.
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
         * @description Revokes the token that it was called with. A body is ignored.
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
         * @description A key that opens one event stream within a minute, for a browser's EventSource, which can not send a header. When its connection breaks, the same address with `Last-Event-ID` resumes it, within five minutes. The stream ends with the caller's own token. A body is ignored.
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
         * @description Makes another secret and shows it once. For 24 hours each delivery carries a signature of both. A body is ignored.
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
         * @description Has an `endpoint.test` sent within seconds, once, also to a disabled endpoint; its deliveries say what came of it. A body is ignored.
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
         * @description Whether the process answers, and which version it is. Asks nothing of the database.
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
         * @description Whether the database can be reached, its migrations are applied and the encryption keys fit.
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
         * @description For Prometheus: requests by route and status with their latencies, connections, the event loop, what became of providers' events, encryption key ids in use. Nothing of a company. With the setting `METRICS_TOKEN` it takes `Authorization: Bearer` with that token; without, it answers only a client on the loopback address whose request no proxy has forwarded. Every other request is 404.
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
         * @description Sent to every enabled endpoint that wants its type: at least once, in the order of the feed. Take it with any 2xx within 15 seconds; anything else is sent again later, and 410 disables the endpoint. Check the signature before anything else (`verify` of the client, or any library of the Standard Webhooks specification), and drop a `webhook-id` that you have seen.
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
             * @description The key by which your ERP knows it.
             * @example D-10042
             */
            external_id: string | null;
            /**
             * Format: uuid
             * @description Its customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string;
            /**
             * Format: uuid
             * @description The invoice that it is about.
             * @example 01a10d38-f900-74b0-b88c-838cda34844b
             */
            invoice_id: string | null;
            /**
             * @description What is to be done.
             * @example email
             * @enum {string}
             */
            action_type: "email" | "call" | "task";
            /**
             * @description Where it stands; stays once it is completed.
             * @example proposed
             * @enum {string}
             */
            status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
            /**
             * @description What it is about.
             * @example Call about INV-1001
             */
            description: string;
            /**
             * Format: date-time
             * @description When it is due.
             * @example 2026-05-12T14:30:00.000Z
             */
            due_at: string | null;
            /**
             * Format: date-time
             * @description When it was completed.
             * @example 2026-05-12T14:30:00.000Z
             */
            executed_at: string | null;
            /**
             * Format: uuid
             * @description The log that completed it.
             * @example 01a1d0b8-4660-735b-b7e0-86139f34bd11
             */
            completed_by_thread_id: string | null;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was changed last.
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
                 * @description The key by which your ERP knows it, unique in the company: no commas and control characters.
                 * @example D-10042
                 */
                external_id?: string | null;
                /**
                 * Format: uuid
                 * @description Its customer.
                 * @example 019dab30-df00-7212-a672-29797144857e
                 */
                customer_id?: string | null;
                /**
                 * @description In place of `customer_id`.
                 * @example D-10042
                 */
                customer_external_id?: string | null;
                /**
                 * Format: uuid
                 * @description The invoice that it is about.
                 * @example 01a10d38-f900-74b0-b88c-838cda34844b
                 */
                invoice_id?: string | null;
                /**
                 * @description In place of `invoice_id`.
                 * @example D-10042
                 */
                invoice_external_id?: string | null;
                /**
                 * @description What is to be done.
                 * @example email
                 * @enum {string}
                 */
                action_type: "email" | "call" | "task";
                /**
                 * @description Where it stands; stays once it is completed.
                 * @example proposed
                 * @enum {string}
                 */
                status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
                /**
                 * @description What it is about.
                 * @example Call about INV-1001
                 */
                description?: string | null;
                /**
                 * Format: date-time
                 * @description When it is due.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                due_at?: string | null;
                /**
                 * Format: date-time
                 * @description When it was completed.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                executed_at?: string | null;
            }[];
        };
        /**
         * @description What is set of one of the actions.
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
             * @description The key by which your ERP knows it, unique in the company: no commas and control characters.
             * @example D-10042
             */
            external_id?: string | null;
            /**
             * Format: uuid
             * @description Its customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id?: string | null;
            /**
             * @description In place of `customer_id`.
             * @example D-10042
             */
            customer_external_id?: string | null;
            /**
             * Format: uuid
             * @description The invoice that it is about.
             * @example 01a10d38-f900-74b0-b88c-838cda34844b
             */
            invoice_id?: string | null;
            /**
             * @description In place of `invoice_id`.
             * @example D-10042
             */
            invoice_external_id?: string | null;
            /**
             * @description What is to be done.
             * @example email
             * @enum {string}
             */
            action_type: "email" | "call" | "task";
            /**
             * @description Where it stands; stays once it is completed.
             * @example proposed
             * @enum {string}
             */
            status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
            /**
             * @description What it is about.
             * @example Call about INV-1001
             */
            description?: string | null;
            /**
             * Format: date-time
             * @description When it is due.
             * @example 2026-05-12T14:30:00.000Z
             */
            due_at?: string | null;
            /**
             * Format: date-time
             * @description When it was completed.
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
             * @description Rows in the whole list, exactly. Null with `search` when they are more than 1,000 and `Prefer: count=exact` doesn’t ask for them, and with `updated_after` when counting would take over a second. Absent with a cursor.
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
             * @description Only with `updated_after`, on the first page: pass it as `updated_after` next time.
             * @example AQAAAAH1X4Jk5PVt5TJtKBmZp9ldrVxkiQLfRGWIIjgDXH7fuXCsoLeapDJGbFZVvg
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
             * @description As the mail names it.
             * @example INV-1001.pdf
             */
            filename: string;
            /**
             * @description Media type as the mail names it.
             * @example application/pdf
             */
            content_type: string;
            /**
             * @description Size in bytes.
             * @example 48213
             */
            size_bytes: number;
            /**
             * @description Shown inside the body, such as a logo.
             * @example false
             */
            is_inline: boolean;
        };
        /**
         * @description What became of each row of a batch.
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
                 * @description Its key in your ERP.
                 * @example D-10042
                 */
                external_id: string | null;
                /**
                 * @description What became of it.
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
             * @description Place in the feed; pass it as `after`, or let EventSource send it as `Last-Event-ID`.
             * @example 019e1c98-3e41-75ee-91aa-e692f4035bcd
             */
            id: string;
            /**
             * @description What happened. `import.completed` stands for all that an import wrote.
             * @example thread.created
             * @enum {string}
             */
            type: "thread.created" | "thread.updated" | "thread.deleted" | "note.created" | "note.updated" | "note.deleted" | "promise.created" | "promise.updated" | "customer.created" | "customer.updated" | "customer.deleted" | "contact.created" | "contact.updated" | "contact.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "action.created" | "action.updated" | "action.deleted" | "touchpoint.created" | "touchpoint.updated" | "touchpoint.deleted" | "import.completed";
            /**
             * Format: uuid
             * @description The message that it is about; null for an import.
             * @example 01a01a5d-ebf0-7162-813c-ba360cda8a66
             */
            thread_id: string | null;
            /**
             * Format: uuid
             * @description The conversation of that message.
             * @example 01a0167b-6648-73d9-87ee-67598f804cb3
             */
            thread_group_id: string | null;
            /**
             * Format: uuid
             * @description The row that it is about, for events of customers, contacts, invoices, actions and touchpoints.
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
             * @description Who did it; null for a provider or the operator.
             * @example 019dab30-df00-78d9-acc9-ec4201fb62f7
             */
            user_id: string | null;
            /**
             * Format: date-time
             * @description When it was written.
             * @example 2026-05-12T14:30:00.000Z
             */
            occurred_at: string;
        };
        /**
         * @description A stretch of the feed, oldest first.
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
             * @description Pass it as `after` to go on from here, now or later; also when `data` is empty.
             * @example 019e1c98-3e41-75ee-91aa-e692f4035bcd
             */
            next_after: string;
            /**
             * @description More events stand ready.
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
             * @description The customer; null for mail that matched nobody.
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
             * @description Kind of communication.
             * @example email
             * @enum {string}
             */
            communication_type: "email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other";
            /**
             * @description Where the message came from; `manual` was logged by hand.
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
             * @description Subject line; empty when a mail has none.
             * @example Re: Invoice INV-1001
             */
            subject: string;
            /**
             * @description At most 200 characters of plain text; null for manual logs.
             * @example We will pay on Friday.
             */
            preview: string | null;
            /**
             * @description What was logged by hand; stored encrypted. Null for anything else.
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
                 * @description The provider's last status.
                 * @example completed
                 */
                status: string | null;
                /**
                 * @description E.164 where it is a number.
                 * @example +13125550123
                 */
                from_number: string | null;
                /**
                 * @description E.164 where it is a number.
                 * @example +13125550199
                 */
                to_number: string | null;
                /**
                 * Format: date-time
                 * @description When it began.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                started_at: string | null;
                /**
                 * Format: date-time
                 * @description When it ended.
                 * @example 2026-05-12T14:34:10.000Z
                 */
                ended_at: string | null;
                /**
                 * @description Seconds spoken.
                 * @example 250
                 */
                duration_seconds: number | null;
            } | null;
            /**
             * @description An answer of ours is due.
             * @example true
             */
            requires_response: boolean;
            /**
             * @description The outstanding issue is resolved.
             * @example false
             */
            is_resolved: boolean;
            /**
             * @description About receivables; null when not classified.
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
            /** @description The ScheduledAction that asked for this. */
            scheduled_action: {
                /**
                 * Format: uuid
                 * @description The ScheduledAction.
                 * @example 019dab30-df00-7aa6-b8df-48180a1eaf97
                 */
                id: string;
                /**
                 * @description Its status now.
                 * @example completed
                 * @enum {string}
                 */
                status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                executed_at: string | null;
            } | null;
            /** @description The ScheduledTouchpoint that asked for this. */
            scheduled_touchpoint: {
                /**
                 * Format: uuid
                 * @description The ScheduledTouchpoint.
                 * @example 019dab30-df00-7ddc-93de-12611820b046
                 */
                id: string;
                /**
                 * @description Its status now.
                 * @example completed
                 * @enum {string}
                 */
                status: "pending" | "ready" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                completed_at: string | null;
            } | null;
            /**
             * @description What came of it; for what was logged by hand.
             * @example promise_to_pay
             * @enum {string|null}
             */
            outcome: "spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other" | null;
            /** @description What the customer promised to pay in it. */
            promise: {
                /**
                 * Format: uuid
                 * @description The promise.
                 * @example 019e1c98-3e46-7a43-86ff-3be749580a12
                 */
                id: string;
                /**
                 * @description `broken`: open, and its day has passed in the company’s time zone.
                 * @example open
                 * @enum {string}
                 */
                status: "open" | "kept" | "cancelled" | "broken";
                /**
                 * Format: date
                 * @description The day by which it is kept.
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
                 * @description The invoices that it is about.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description What the customer disputed in it. */
            dispute: {
                /**
                 * @description Why they won’t pay.
                 * @example price
                 * @enum {string}
                 */
                reason: "price" | "quantity" | "quality" | "not_received" | "duplicate" | "terms" | "other";
                /**
                 * @description The invoices that it is about.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description Who looks after the conversation. */
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
             * @description When to look at the conversation again. An inbound message that becomes its latest clears it.
             * @example 2026-06-08T07:00:00.000Z
             */
            follow_up_at: string | null;
            /**
             * @description Messages in the conversation.
             * @example 4
             */
            message_count: number;
            /**
             * @description Has an attachment that is not inline.
             * @example false
             */
            has_attachments: boolean;
            /** @description Who logged it by hand. */
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
             * @description When it was stored.
             * @example 2026-05-12T14:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed.
             * @example 2026-05-12T14:30:00.000Z
             */
            updated_at: string;
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
             * @description The customer; null for mail that matched nobody.
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
             * @description Kind of communication.
             * @example email
             * @enum {string}
             */
            communication_type: "email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other";
            /**
             * @description Where the message came from; `manual` was logged by hand.
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
             * @description Subject line; empty when a mail has none.
             * @example Re: Invoice INV-1001
             */
            subject: string;
            /**
             * @description At most 200 characters of plain text; null for manual logs.
             * @example We will pay on Friday.
             */
            preview: string | null;
            /**
             * @description What was logged by hand; stored encrypted. Null for anything else.
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
                 * @description The provider's last status.
                 * @example completed
                 */
                status: string | null;
                /**
                 * @description E.164 where it is a number.
                 * @example +13125550123
                 */
                from_number: string | null;
                /**
                 * @description E.164 where it is a number.
                 * @example +13125550199
                 */
                to_number: string | null;
                /**
                 * Format: date-time
                 * @description When it began.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                started_at: string | null;
                /**
                 * Format: date-time
                 * @description When it ended.
                 * @example 2026-05-12T14:34:10.000Z
                 */
                ended_at: string | null;
                /**
                 * @description Seconds spoken.
                 * @example 250
                 */
                duration_seconds: number | null;
            } | null;
            /**
             * @description An answer of ours is due.
             * @example true
             */
            requires_response: boolean;
            /**
             * @description The outstanding issue is resolved.
             * @example false
             */
            is_resolved: boolean;
            /**
             * @description About receivables; null when not classified.
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
            /** @description The ScheduledAction that asked for this. */
            scheduled_action: {
                /**
                 * Format: uuid
                 * @description The ScheduledAction.
                 * @example 019dab30-df00-7aa6-b8df-48180a1eaf97
                 */
                id: string;
                /**
                 * @description Its status now.
                 * @example completed
                 * @enum {string}
                 */
                status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                executed_at: string | null;
            } | null;
            /** @description The ScheduledTouchpoint that asked for this. */
            scheduled_touchpoint: {
                /**
                 * Format: uuid
                 * @description The ScheduledTouchpoint.
                 * @example 019dab30-df00-7ddc-93de-12611820b046
                 */
                id: string;
                /**
                 * @description Its status now.
                 * @example completed
                 * @enum {string}
                 */
                status: "pending" | "ready" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                completed_at: string | null;
            } | null;
            /**
             * @description What came of it; for what was logged by hand.
             * @example promise_to_pay
             * @enum {string|null}
             */
            outcome: "spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other" | null;
            /** @description What the customer promised to pay in it. */
            promise: {
                /**
                 * Format: uuid
                 * @description The promise.
                 * @example 019e1c98-3e46-7a43-86ff-3be749580a12
                 */
                id: string;
                /**
                 * @description `broken`: open, and its day has passed in the company’s time zone.
                 * @example open
                 * @enum {string}
                 */
                status: "open" | "kept" | "cancelled" | "broken";
                /**
                 * Format: date
                 * @description The day by which it is kept.
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
                 * @description The invoices that it is about.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description What the customer disputed in it. */
            dispute: {
                /**
                 * @description Why they won’t pay.
                 * @example price
                 * @enum {string}
                 */
                reason: "price" | "quantity" | "quality" | "not_received" | "duplicate" | "terms" | "other";
                /**
                 * @description The invoices that it is about.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description Who looks after the conversation. */
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
             * @description When to look at the conversation again. An inbound message that becomes its latest clears it.
             * @example 2026-06-08T07:00:00.000Z
             */
            follow_up_at: string | null;
            /**
             * @description Messages in the conversation.
             * @example 4
             */
            message_count: number;
            /**
             * @description Has an attachment that is not inline.
             * @example false
             */
            has_attachments: boolean;
            /** @description Who logged it by hand. */
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
             * @description When it was stored.
             * @example 2026-05-12T14:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed.
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
             * @description Left out, since a response carries 8 MiB of bodies, the newest; its own id answers it.
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
             * @description Rows in the whole list, exactly. Null with `search` when they are more than 1,000 and `Prefer: count=exact` doesn’t ask for them, and with `updated_after` when counting would take over a second. Absent with a cursor.
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
             * @description Only with `updated_after`, on the first page: pass it as `updated_after` next time.
             * @example AQAAAAH1X4Jk5PVt5TJtKBmZp9ldrVxkiQLfRGWIIjgDXH7fuXCsoLeapDJGbFZVvg
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
             * @description The customer; null for mail that matched nobody.
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
             * @description Kind of communication.
             * @example email
             * @enum {string}
             */
            communication_type: "email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other";
            /**
             * @description Where the message came from; `manual` was logged by hand.
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
             * @description Subject line; empty when a mail has none.
             * @example Re: Invoice INV-1001
             */
            subject: string;
            /**
             * @description At most 200 characters of plain text; null for manual logs.
             * @example We will pay on Friday.
             */
            preview: string | null;
            /**
             * @description What was logged by hand; stored encrypted. Null for anything else.
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
                 * @description The provider's last status.
                 * @example completed
                 */
                status: string | null;
                /**
                 * @description E.164 where it is a number.
                 * @example +13125550123
                 */
                from_number: string | null;
                /**
                 * @description E.164 where it is a number.
                 * @example +13125550199
                 */
                to_number: string | null;
                /**
                 * Format: date-time
                 * @description When it began.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                started_at: string | null;
                /**
                 * Format: date-time
                 * @description When it ended.
                 * @example 2026-05-12T14:34:10.000Z
                 */
                ended_at: string | null;
                /**
                 * @description Seconds spoken.
                 * @example 250
                 */
                duration_seconds: number | null;
            } | null;
            /**
             * @description An answer of ours is due.
             * @example true
             */
            requires_response: boolean;
            /**
             * @description The outstanding issue is resolved.
             * @example false
             */
            is_resolved: boolean;
            /**
             * @description About receivables; null when not classified.
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
            /** @description The ScheduledAction that asked for this. */
            scheduled_action: {
                /**
                 * Format: uuid
                 * @description The ScheduledAction.
                 * @example 019dab30-df00-7aa6-b8df-48180a1eaf97
                 */
                id: string;
                /**
                 * @description Its status now.
                 * @example completed
                 * @enum {string}
                 */
                status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                executed_at: string | null;
            } | null;
            /** @description The ScheduledTouchpoint that asked for this. */
            scheduled_touchpoint: {
                /**
                 * Format: uuid
                 * @description The ScheduledTouchpoint.
                 * @example 019dab30-df00-7ddc-93de-12611820b046
                 */
                id: string;
                /**
                 * @description Its status now.
                 * @example completed
                 * @enum {string}
                 */
                status: "pending" | "ready" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                completed_at: string | null;
            } | null;
            /**
             * @description What came of it; for what was logged by hand.
             * @example promise_to_pay
             * @enum {string|null}
             */
            outcome: "spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other" | null;
            /** @description What the customer promised to pay in it. */
            promise: {
                /**
                 * Format: uuid
                 * @description The promise.
                 * @example 019e1c98-3e46-7a43-86ff-3be749580a12
                 */
                id: string;
                /**
                 * @description `broken`: open, and its day has passed in the company’s time zone.
                 * @example open
                 * @enum {string}
                 */
                status: "open" | "kept" | "cancelled" | "broken";
                /**
                 * Format: date
                 * @description The day by which it is kept.
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
                 * @description The invoices that it is about.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description What the customer disputed in it. */
            dispute: {
                /**
                 * @description Why they won’t pay.
                 * @example price
                 * @enum {string}
                 */
                reason: "price" | "quantity" | "quality" | "not_received" | "duplicate" | "terms" | "other";
                /**
                 * @description The invoices that it is about.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description Who looks after the conversation. */
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
             * @description When to look at the conversation again. An inbound message that becomes its latest clears it.
             * @example 2026-06-08T07:00:00.000Z
             */
            follow_up_at: string | null;
            /**
             * @description Messages in the conversation.
             * @example 4
             */
            message_count: number;
            /**
             * @description Has an attachment that is not inline.
             * @example false
             */
            has_attachments: boolean;
            /** @description Who logged it by hand. */
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
             * @description When it was stored.
             * @example 2026-05-12T14:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed.
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
             * @description Left out, since a response carries 8 MiB of bodies, the newest; its own id answers it.
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
             * @description The key by which your ERP knows it.
             * @example D-10042
             */
            external_id: string | null;
            /**
             * Format: uuid
             * @description Its customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string;
            /**
             * @description The name.
             * @example Dana Reyes
             */
            name: string;
            /**
             * @description The address, by which their mail is recognised.
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
             * @description When it was made.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was changed last.
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
                 * @description The key by which your ERP knows it, unique in the company: no commas and control characters.
                 * @example D-10042
                 */
                external_id?: string | null;
                /**
                 * Format: uuid
                 * @description Its customer.
                 * @example 019dab30-df00-7212-a672-29797144857e
                 */
                customer_id?: string | null;
                /**
                 * @description In place of `customer_id`.
                 * @example D-10042
                 */
                customer_external_id?: string | null;
                /**
                 * @description The name.
                 * @example Dana Reyes
                 */
                name: string;
                /**
                 * @description The address, by which their mail is recognised.
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
         * @description What is set of one of the contacts.
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
             * @description The key by which your ERP knows it, unique in the company: no commas and control characters.
             * @example D-10042
             */
            external_id?: string | null;
            /**
             * Format: uuid
             * @description Its customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id?: string | null;
            /**
             * @description In place of `customer_id`.
             * @example D-10042
             */
            customer_external_id?: string | null;
            /**
             * @description The name.
             * @example Dana Reyes
             */
            name: string;
            /**
             * @description The address, by which their mail is recognised.
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
             * @description Rows in the whole list, exactly. Null with `search` when they are more than 1,000 and `Prefer: count=exact` doesn’t ask for them, and with `updated_after` when counting would take over a second. Absent with a cursor.
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
             * @description Only with `updated_after`, on the first page: pass it as `updated_after` next time.
             * @example AQAAAAH1X4Jk5PVt5TJtKBmZp9ldrVxkiQLfRGWIIjgDXH7fuXCsoLeapDJGbFZVvg
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["Contact"][];
        };
        /**
         * @description What a user logs in with.
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
             * @description The key by which your ERP knows it.
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
             * @description When it was made.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was changed last.
             * @example 2026-05-11T09:12:00.000Z
             */
            updated_at: string;
            /** @description Their communications. */
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
                     * @description Its type.
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
                     * @description Its time.
                     * @example 2026-05-12T14:30:00.000Z
                     */
                    timestamp: string;
                } | null;
                /**
                 * Format: date-time
                 * @description The newest message from them.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                last_inbound_at: string | null;
                /**
                 * Format: date-time
                 * @description The newest message to them.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                last_outbound_at: string | null;
                /**
                 * @description Their conversations that are not resolved.
                 * @example 1
                 */
                open_count: number;
                /**
                 * @description Those of them that require a response.
                 * @example 1
                 */
                waiting_count: number;
                /**
                 * Format: date-time
                 * @description Since when the one that waits longest waits.
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
                 * @description The key by which your ERP knows it, unique in the company: no commas and control characters.
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
         * @description What is set of one of the customers.
         * @example {
         *       "external_id": "D-10042",
         *       "name": "Acme Corp"
         *     }
         */
        CustomerFields: {
            /**
             * Format: external-id
             * @description The key by which your ERP knows it, unique in the company: no commas and control characters.
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
             * @description Rows in the whole list, exactly. Null with `search` when they are more than 1,000 and `Prefer: count=exact` doesn’t ask for them, and with `updated_after` when counting would take over a second. Absent with a cursor.
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
             * @description Only with `updated_after`, on the first page: pass it as `updated_after` next time.
             * @example AQAAAAH1X4Jk5PVt5TJtKBmZp9ldrVxkiQLfRGWIIjgDXH7fuXCsoLeapDJGbFZVvg
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["Customer"][];
        };
        /** @description A sender or recipient. */
        EmailParty: {
            /**
             * @description The name as the mail gives it; may be empty.
             * @example Dana Reyes
             */
            name: string;
            /**
             * @description The address as the mail gives it.
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
             * @description The customer; null for mail that matched nobody.
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
             * @description Kind of communication.
             * @example email
             * @enum {string}
             */
            communication_type: "email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other";
            /**
             * @description Where the message came from; `manual` was logged by hand.
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
             * @description Subject line; empty when a mail has none.
             * @example Re: Invoice INV-1001
             */
            subject: string;
            /**
             * @description At most 200 characters of plain text; null for manual logs.
             * @example We will pay on Friday.
             */
            preview: string | null;
            /**
             * @description What was logged by hand; stored encrypted. Null for anything else.
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
                 * @description The provider's last status.
                 * @example completed
                 */
                status: string | null;
                /**
                 * @description E.164 where it is a number.
                 * @example +13125550123
                 */
                from_number: string | null;
                /**
                 * @description E.164 where it is a number.
                 * @example +13125550199
                 */
                to_number: string | null;
                /**
                 * Format: date-time
                 * @description When it began.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                started_at: string | null;
                /**
                 * Format: date-time
                 * @description When it ended.
                 * @example 2026-05-12T14:34:10.000Z
                 */
                ended_at: string | null;
                /**
                 * @description Seconds spoken.
                 * @example 250
                 */
                duration_seconds: number | null;
            } | null;
            /**
             * @description An answer of ours is due.
             * @example true
             */
            requires_response: boolean;
            /**
             * @description The outstanding issue is resolved.
             * @example false
             */
            is_resolved: boolean;
            /**
             * @description About receivables; null when not classified.
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
            /** @description The ScheduledAction that asked for this. */
            scheduled_action: {
                /**
                 * Format: uuid
                 * @description The ScheduledAction.
                 * @example 019dab30-df00-7aa6-b8df-48180a1eaf97
                 */
                id: string;
                /**
                 * @description Its status now.
                 * @example completed
                 * @enum {string}
                 */
                status: "proposed" | "scheduled" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                executed_at: string | null;
            } | null;
            /** @description The ScheduledTouchpoint that asked for this. */
            scheduled_touchpoint: {
                /**
                 * Format: uuid
                 * @description The ScheduledTouchpoint.
                 * @example 019dab30-df00-7ddc-93de-12611820b046
                 */
                id: string;
                /**
                 * @description Its status now.
                 * @example completed
                 * @enum {string}
                 */
                status: "pending" | "ready" | "processing" | "completed" | "cancelled";
                /**
                 * Format: date-time
                 * @description When it was done.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                completed_at: string | null;
            } | null;
            /**
             * @description What came of it; for what was logged by hand.
             * @example promise_to_pay
             * @enum {string|null}
             */
            outcome: "spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other" | null;
            /** @description What the customer promised to pay in it. */
            promise: {
                /**
                 * Format: uuid
                 * @description The promise.
                 * @example 019e1c98-3e46-7a43-86ff-3be749580a12
                 */
                id: string;
                /**
                 * @description `broken`: open, and its day has passed in the company’s time zone.
                 * @example open
                 * @enum {string}
                 */
                status: "open" | "kept" | "cancelled" | "broken";
                /**
                 * Format: date
                 * @description The day by which it is kept.
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
                 * @description The invoices that it is about.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description What the customer disputed in it. */
            dispute: {
                /**
                 * @description Why they won’t pay.
                 * @example price
                 * @enum {string}
                 */
                reason: "price" | "quantity" | "quality" | "not_received" | "duplicate" | "terms" | "other";
                /**
                 * @description The invoices that it is about.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids: string[];
            } | null;
            /** @description Who looks after the conversation. */
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
             * @description When to look at the conversation again. An inbound message that becomes its latest clears it.
             * @example 2026-06-08T07:00:00.000Z
             */
            follow_up_at: string | null;
            /**
             * @description Messages in the conversation.
             * @example 4
             */
            message_count: number;
            /**
             * @description Has an attachment that is not inline.
             * @example false
             */
            has_attachments: boolean;
            /** @description Who logged it by hand. */
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
             * @description When it was stored.
             * @example 2026-05-12T14:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed.
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
             * @description Left out, since a response carries 8 MiB of bodies, the newest; its own id answers it.
             * @example false
             */
            body_truncated: boolean;
            /** @description Attachments, in the order of the mail. */
            attachments: components["schemas"]["Attachment"][];
            /** @description All messages of the conversation, this one included, oldest first, each with its attachments. */
            messages: components["schemas"]["CommunicationThreadDetail"][];
        };
        /**
         * @description The process answers.
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
             * @description The key by which your ERP knows it.
             * @example D-10042
             */
            external_id: string | null;
            /**
             * Format: uuid
             * @description Its customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string;
            /**
             * @description The number that mail names it by.
             * @example INV-1001
             */
            number: string;
            /**
             * @description A decimal number, negative for a credit note. Kept as told.
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
             * @description The day.
             * @example 2026-05-31
             */
            due_date: string | null;
            /**
             * @description What the ERP says of it.
             * @example open
             * @enum {string|null}
             */
            status: "open" | "paid" | "void" | null;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was changed last.
             * @example 2026-05-11T09:12:00.000Z
             */
            updated_at: string;
            /** @description The communications about it. */
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
                     * @description Its type.
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
                     * @description Its time.
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
                 * @description The key by which your ERP knows it, unique in the company: no commas and control characters.
                 * @example D-10042
                 */
                external_id?: string | null;
                /**
                 * Format: uuid
                 * @description Its customer.
                 * @example 019dab30-df00-7212-a672-29797144857e
                 */
                customer_id?: string | null;
                /**
                 * @description In place of `customer_id`.
                 * @example D-10042
                 */
                customer_external_id?: string | null;
                /**
                 * @description The number that mail names it by.
                 * @example INV-1001
                 */
                number: string;
                /**
                 * Format: amount
                 * @description A decimal number, negative for a credit note. Kept as told.
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
                 * @description The day.
                 * @example 2026-05-31
                 */
                due_date?: string | null;
                /**
                 * @description What the ERP says of it.
                 * @example open
                 * @enum {string|null}
                 */
                status?: "open" | "paid" | "void" | null;
            }[];
        };
        /**
         * @description What is set of one of the invoices.
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
             * @description The key by which your ERP knows it, unique in the company: no commas and control characters.
             * @example D-10042
             */
            external_id?: string | null;
            /**
             * Format: uuid
             * @description Its customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id?: string | null;
            /**
             * @description In place of `customer_id`.
             * @example D-10042
             */
            customer_external_id?: string | null;
            /**
             * @description The number that mail names it by.
             * @example INV-1001
             */
            number: string;
            /**
             * Format: amount
             * @description A decimal number, negative for a credit note. Kept as told.
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
             * @description The day.
             * @example 2026-05-31
             */
            due_date?: string | null;
            /**
             * @description What the ERP says of it.
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
             * @description Rows in the whole list, exactly. Null with `search` when they are more than 1,000 and `Prefer: count=exact` doesn’t ask for them, and with `updated_after` when counting would take over a second. Absent with a cursor.
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
             * @description Only with `updated_after`, on the first page: pass it as `updated_after` next time.
             * @example AQAAAAH1X4Jk5PVt5TJtKBmZp9ldrVxkiQLfRGWIIjgDXH7fuXCsoLeapDJGbFZVvg
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["Invoice"][];
        };
        /**
         * @description A communication that happened outside, logged by hand.
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
             * @description The customer. May be left out when contact, invoices or a scheduled id already says which one.
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
             * @description What came of it. With a promise `promise_to_pay`, else with a dispute `dispute`, unless given.
             * @example promise_to_pay
             * @enum {string}
             */
            outcome?: "spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other";
            /** @description What the customer promised to pay. Makes a promise of that customer. */
            promise?: {
                /**
                 * Format: date
                 * @description The last day on which it is kept, in the company’s time zone.
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
                 * @description The invoices that it is about, of that customer.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids?: string[] | null;
            };
            /** @description What the customer disputes. */
            dispute?: {
                /**
                 * @description Why they won’t pay.
                 * @example price
                 * @enum {string}
                 */
                reason: "price" | "quantity" | "quality" | "not_received" | "duplicate" | "terms" | "other";
                /**
                 * @description The invoices that it is about, of that customer.
                 * @example [
                 *       "01a10d38-f900-74b0-b88c-838cda34844b"
                 *     ]
                 */
                invoice_ids?: string[] | null;
            };
            /**
             * Format: date-time
             * @description When to look at the conversation again; until then it is snoozed.
             * @example 2026-06-08T07:00:00Z
             */
            follow_up_at?: string;
            /**
             * Format: uuid
             * @description Who looks after the conversation: a member of the company.
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
             * @description What they log in with.
             * @example sam
             */
            username: string;
            /**
             * @description Their name.
             * @example Sam Ortiz
             */
            name: string;
            /**
             * @description Their address.
             * @example sam@northbrook.example
             */
            email: string;
            /**
             * @description What they may do.
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
             * @description Rows in the whole list, exactly. Null with `search` when they are more than 1,000 and `Prefer: count=exact` doesn’t ask for them, and with `updated_after` when counting would take over a second. Absent with a cursor.
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
             * @description Only with `updated_after`, on the first page: pass it as `updated_after` next time.
             * @example AQAAAAH1X4Jk5PVt5TJtKBmZp9ldrVxkiQLfRGWIIjgDXH7fuXCsoLeapDJGbFZVvg
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
         * @description An endpoint to make.
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
             * @description Where events are sent, by https: no private, loopback or link-local address, no username, no fragment.
             * @example https://hooks.northbrook.example/communications
             */
            url: string;
            /**
             * @description The types that are sent; null for all, also those that later versions add.
             * @example [
             *       "thread.created",
             *       "thread.updated"
             *     ]
             */
            event_types?: ("thread.created" | "thread.updated" | "thread.deleted" | "note.created" | "note.updated" | "note.deleted" | "promise.created" | "promise.updated" | "customer.created" | "customer.updated" | "customer.deleted" | "contact.created" | "contact.updated" | "contact.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "action.created" | "action.updated" | "action.deleted" | "touchpoint.created" | "touchpoint.updated" | "touchpoint.deleted" | "import.completed")[] | null;
            /**
             * @description For the people who manage it.
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
             * @description When it happened.
             * @example 2026-05-12T14:30:00.000Z
             */
            timestamp: string;
            /** @description What it is about, by id; read it where it stands. */
            data: {
                /**
                 * Format: uuid
                 * @description The company.
                 * @example 019dab30-df00-7d92-b24c-8e65d5d3495f
                 */
                company_id: string;
                /**
                 * Format: uuid
                 * @description The message that it is about; null for an import.
                 * @example 01a01a5d-ebf0-7162-813c-ba360cda8a66
                 */
                thread_id?: string;
                /**
                 * Format: uuid
                 * @description The conversation of that message.
                 * @example 01a0167b-6648-73d9-87ee-67598f804cb3
                 */
                thread_group_id?: string;
                /**
                 * Format: uuid
                 * @description The row that it is about, for events of customers, contacts, invoices, actions and touchpoints.
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
                 * @description Who did it; null for a provider or the operator.
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
             * @description `broken`: open, and its day has passed in the company’s time zone.
             * @example open
             * @enum {string}
             */
            status: "open" | "kept" | "cancelled" | "broken";
            /**
             * Format: date
             * @description The last day on which it is kept, in the company’s time zone.
             * @example 2026-06-05
             */
            due_on: string;
            /**
             * @description A decimal number, as it was told.
             * @example 4210.00
             */
            amount: string | null;
            /**
             * @description ISO 4217.
             * @example USD
             */
            currency: string | null;
            /**
             * @description The invoices that it is about, in the order in which they were named.
             * @example [
             *       "01a10d38-f900-74b0-b88c-838cda34844b"
             *     ]
             */
            invoice_ids: string[];
            /** @description Who wrote it down; null when an import doesn’t say. */
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
             * @description When it was stored.
             * @example 2026-05-12T14:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed.
             * @example 2026-05-12T14:30:00.000Z
             */
            updated_at: string;
        };
        /**
         * @description What to change of a promise.
         * @example {
         *       "status": "kept"
         *     }
         */
        PromiseChange: {
            /**
             * @description An open promise reads as `broken` once its day has passed; nothing else makes it so.
             * @example kept
             * @enum {string}
             */
            status?: "open" | "kept" | "cancelled";
            /**
             * Format: date
             * @description The last day on which it is kept.
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
         * @description A page of promises, by the day on which they are due.
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
             * @description Rows in the whole list, exactly. Null with `search` when they are more than 1,000 and `Prefer: count=exact` doesn’t ask for them, and with `updated_after` when counting would take over a second. Absent with a cursor.
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
             * @description Only with `updated_after`, on the first page: pass it as `updated_after` next time.
             * @example AQAAAAH1X4Jk5PVt5TJtKBmZp9ldrVxkiQLfRGWIIjgDXH7fuXCsoLeapDJGbFZVvg
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["Promise"][];
        };
        /**
         * @description All is well.
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
         * @description A new token and what it opens.
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
            /** @description Who logged in. */
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
                 * @description The company; stands in the path of every call.
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
                 * @description IANA time zone of its days.
                 * @example America/Chicago
                 */
                timezone: string;
            }[];
        };
        /**
         * @description A short-lived key to the event stream.
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
         * @description What to change of a thread.
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
             * @description Of the conversation: set on every message of its group.
             * @example true
             */
            is_resolved?: boolean;
            /**
             * @description Of the conversation: set on every message of its group but what was logged by hand, which asks for no response.
             * @example false
             */
            requires_response?: boolean;
            /**
             * @description Of this message: the whole new list, in order; duplicates are dropped.
             * @example [
             *       "promise-to-pay"
             *     ]
             */
            strategy_tags?: string[];
            /**
             * Format: uuid
             * @description For mail and calls that matched nobody, or somebody else: the customer, null for none. Taken over by every message of the conversation that stood with the same one; a contact or invoice links of another customer are removed from them. What was logged by hand, asked for by a scheduled action, or tells of a promise or dispute, stays where it is (400).
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id?: string | null;
            /**
             * Format: date-time
             * @description Of the conversation: when to look at it again, null to clear it. An inbound message that becomes its latest clears it too.
             * @example 2026-06-08T07:00:00Z
             */
            follow_up_at?: string | null;
            /**
             * Format: uuid
             * @description Of the conversation: the member of the company who looks after it, null for none.
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
             * @description The message that it is attached to.
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
             * @description The note; encrypted at rest.
             * @example AP confirmed check is in the mail.
             */
            content: string;
            /** @description Who wrote it. */
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
             * @description When it was written.
             * @example 2026-05-12T14:30:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed.
             * @example 2026-05-12T14:30:00.000Z
             */
            updated_at: string;
        };
        /**
         * @description What to change of a note.
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
             * @description Rows in the whole list, exactly. Null with `search` when they are more than 1,000 and `Prefer: count=exact` doesn’t ask for them, and with `updated_after` when counting would take over a second. Absent with a cursor.
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
             * @description Only with `updated_after`, on the first page: pass it as `updated_after` next time.
             * @example AQAAAAH1X4Jk5PVt5TJtKBmZp9ldrVxkiQLfRGWIIjgDXH7fuXCsoLeapDJGbFZVvg
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
             * @description The key by which your ERP knows it.
             * @example D-10042
             */
            external_id: string | null;
            /**
             * Format: uuid
             * @description Its customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id: string;
            /**
             * @description What the step of the sequence is.
             * @example reminder
             * @enum {string}
             */
            step_type: "reminder" | "call" | "task";
            /**
             * @description Where it stands; stays once it is completed.
             * @example pending
             * @enum {string}
             */
            status: "pending" | "ready" | "processing" | "completed" | "cancelled";
            /**
             * @description What it is called.
             * @example Day 30 call
             */
            label: string;
            /**
             * Format: date-time
             * @description When it is due.
             * @example 2026-05-12T14:30:00.000Z
             */
            scheduled_for: string | null;
            /**
             * Format: date-time
             * @description When it was completed.
             * @example 2026-05-12T14:30:00.000Z
             */
            completed_at: string | null;
            /**
             * Format: uuid
             * @description The log that completed it.
             * @example 01a1d0b8-4660-735b-b7e0-86139f34bd11
             */
            completed_by_thread_id: string | null;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was changed last.
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
                 * @description The key by which your ERP knows it, unique in the company: no commas and control characters.
                 * @example D-10042
                 */
                external_id?: string | null;
                /**
                 * Format: uuid
                 * @description Its customer.
                 * @example 019dab30-df00-7212-a672-29797144857e
                 */
                customer_id?: string | null;
                /**
                 * @description In place of `customer_id`.
                 * @example D-10042
                 */
                customer_external_id?: string | null;
                /**
                 * @description What the step of the sequence is.
                 * @example reminder
                 * @enum {string}
                 */
                step_type: "reminder" | "call" | "task";
                /**
                 * @description Where it stands; stays once it is completed.
                 * @example pending
                 * @enum {string}
                 */
                status: "pending" | "ready" | "processing" | "completed" | "cancelled";
                /**
                 * @description What it is called.
                 * @example Day 30 call
                 */
                label?: string | null;
                /**
                 * Format: date-time
                 * @description When it is due.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                scheduled_for?: string | null;
                /**
                 * Format: date-time
                 * @description When it was completed.
                 * @example 2026-05-12T14:30:00.000Z
                 */
                completed_at?: string | null;
            }[];
        };
        /**
         * @description What is set of one of the touchpoints.
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
             * @description The key by which your ERP knows it, unique in the company: no commas and control characters.
             * @example D-10042
             */
            external_id?: string | null;
            /**
             * Format: uuid
             * @description Its customer.
             * @example 019dab30-df00-7212-a672-29797144857e
             */
            customer_id?: string | null;
            /**
             * @description In place of `customer_id`.
             * @example D-10042
             */
            customer_external_id?: string | null;
            /**
             * @description What the step of the sequence is.
             * @example reminder
             * @enum {string}
             */
            step_type: "reminder" | "call" | "task";
            /**
             * @description Where it stands; stays once it is completed.
             * @example pending
             * @enum {string}
             */
            status: "pending" | "ready" | "processing" | "completed" | "cancelled";
            /**
             * @description What it is called.
             * @example Day 30 call
             */
            label?: string | null;
            /**
             * Format: date-time
             * @description When it is due.
             * @example 2026-05-12T14:30:00.000Z
             */
            scheduled_for?: string | null;
            /**
             * Format: date-time
             * @description When it was completed.
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
             * @description Rows in the whole list, exactly. Null with `search` when they are more than 1,000 and `Prefer: count=exact` doesn’t ask for them, and with `updated_after` when counting would take over a second. Absent with a cursor.
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
             * @description Only with `updated_after`, on the first page: pass it as `updated_after` next time.
             * @example AQAAAAH1X4Jk5PVt5TJtKBmZp9ldrVxkiQLfRGWIIjgDXH7fuXCsoLeapDJGbFZVvg
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
             * @description What became of the event. `duplicate`: it said nothing new. `received`: stored, and applied soon. `failed`: stored, and to be applied again by command.
             * @example applied
             * @enum {string}
             */
            state: "received" | "applied" | "duplicate" | "skipped" | "failed";
            /**
             * @description Why it was skipped or could not be applied.
             * @example unknown_grant
             */
            reason: string | null;
        };
        /**
         * @description One attempt at a delivery.
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
             * @description The `webhook-id`: the event's id in the feed; of a test an id of its own.
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
             * @description The first attempt at this event is 1.
             * @example 1
             */
            attempt: number;
            /**
             * @description What the receiver answered; null when no answer came.
             * @example 503
             */
            response_status: number | null;
            /**
             * @description Why it failed; null when it was delivered.
             * @example Answered 503.
             */
            error: string | null;
            /**
             * Format: date-time
             * @description When it was sent.
             * @example 2026-05-12T14:30:00.000Z
             */
            attempted_at: string;
            /**
             * Format: date-time
             * @description When it is sent again; null when it is not.
             * @example 2026-05-12T14:34:10.000Z
             */
            next_attempt_at: string | null;
        };
        /**
         * @description Attempts at deliveries of the last seven days, newest first.
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
             * @description Rows in the whole list, exactly. Null with `search` when they are more than 1,000 and `Prefer: count=exact` doesn’t ask for them, and with `updated_after` when counting would take over a second. Absent with a cursor.
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
             * @description Only with `updated_after`, on the first page: pass it as `updated_after` next time.
             * @example AQAAAAH1X4Jk5PVt5TJtKBmZp9ldrVxkiQLfRGWIIjgDXH7fuXCsoLeapDJGbFZVvg
             */
            watermark?: string;
            /** @description The rows, newest first. */
            data: components["schemas"]["WebhookDelivery"][];
        };
        /**
         * @description Where events of a company are sent.
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
             * @description Where events are sent, by https: no private, loopback or link-local address, no username, no fragment.
             * @example https://hooks.northbrook.example/communications
             */
            url: string;
            /**
             * @description The types that are sent; null for all, also those that later versions add.
             * @example [
             *       "thread.created",
             *       "thread.updated"
             *     ]
             */
            event_types: ("thread.created" | "thread.updated" | "thread.deleted" | "note.created" | "note.updated" | "note.deleted" | "promise.created" | "promise.updated" | "customer.created" | "customer.updated" | "customer.deleted" | "contact.created" | "contact.updated" | "contact.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "action.created" | "action.updated" | "action.deleted" | "touchpoint.created" | "touchpoint.updated" | "touchpoint.deleted" | "import.completed")[] | null;
            /**
             * @description For the people who manage it.
             * @example Tells the team channel
             */
            description: string;
            /**
             * @description Whether events are sent to it.
             * @example true
             */
            is_enabled: boolean;
            /**
             * @description Why it is disabled, in words; null while it is enabled.
             * @example The receiver answered 410 Gone.
             */
            disabled_reason: string | null;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When a user, or the server by disabling it, last changed it.
             * @example 2026-05-12T14:30:00.000Z
             */
            updated_at: string;
        };
        /**
         * @description What to change of an endpoint: what is left out stays.
         * @example {
         *       "is_enabled": true
         *     }
         */
        WebhookEndpointChange: {
            /**
             * @description Where events are sent, by https: no private, loopback or link-local address, no username, no fragment.
             * @example https://hooks.northbrook.example/communications
             */
            url?: string;
            /**
             * @description The types that are sent; null for all, also those that later versions add.
             * @example [
             *       "thread.created",
             *       "thread.updated"
             *     ]
             */
            event_types?: ("thread.created" | "thread.updated" | "thread.deleted" | "note.created" | "note.updated" | "note.deleted" | "promise.created" | "promise.updated" | "customer.created" | "customer.updated" | "customer.deleted" | "contact.created" | "contact.updated" | "contact.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "action.created" | "action.updated" | "action.deleted" | "touchpoint.created" | "touchpoint.updated" | "touchpoint.deleted" | "import.completed")[] | null;
            /**
             * @description For the people who manage it.
             * @example Tells the team channel
             */
            description?: string;
            /**
             * @description An endpoint that is enabled again goes on with what happens from then on.
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
             * @description Rows in the whole list, exactly. Null with `search` when they are more than 1,000 and `Prefer: count=exact` doesn’t ask for them, and with `updated_after` when counting would take over a second. Absent with a cursor.
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
             * @description Only with `updated_after`, on the first page: pass it as `updated_after` next time.
             * @example AQAAAAH1X4Jk5PVt5TJtKBmZp9ldrVxkiQLfRGWIIjgDXH7fuXCsoLeapDJGbFZVvg
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
             * @description Where events are sent, by https: no private, loopback or link-local address, no username, no fragment.
             * @example https://hooks.northbrook.example/communications
             */
            url: string;
            /**
             * @description The types that are sent; null for all, also those that later versions add.
             * @example [
             *       "thread.created",
             *       "thread.updated"
             *     ]
             */
            event_types: ("thread.created" | "thread.updated" | "thread.deleted" | "note.created" | "note.updated" | "note.deleted" | "promise.created" | "promise.updated" | "customer.created" | "customer.updated" | "customer.deleted" | "contact.created" | "contact.updated" | "contact.deleted" | "invoice.created" | "invoice.updated" | "invoice.deleted" | "action.created" | "action.updated" | "action.deleted" | "touchpoint.created" | "touchpoint.updated" | "touchpoint.deleted" | "import.completed")[] | null;
            /**
             * @description For the people who manage it.
             * @example Tells the team channel
             */
            description: string;
            /**
             * @description Whether events are sent to it.
             * @example true
             */
            is_enabled: boolean;
            /**
             * @description Why it is disabled, in words; null while it is enabled.
             * @example The receiver answered 410 Gone.
             */
            disabled_reason: string | null;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-05-11T09:12:00.000Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When a user, or the server by disabling it, last changed it.
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
         * @description From where to send again.
         * @example {
         *       "after": "2026-05-11T09:12:00.000Z"
         *     }
         */
        WebhookReplay: {
            /**
             * @description The id of an event, whose successors are sent again, or an RFC 3339 date-time.
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
        /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
        "If-None-Match": string;
        /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
        Prefer: string;
    };
    requestBodies: never;
    headers: {
        /** @description Names this request in the server's log. A client's own is kept when it matches `[A-Za-z0-9._-]{1,64}`. */
        "X-Request-Id": string;
        /** @description Requests a minute that the token may make. Absent when the server has no limit. */
        "RateLimit-Limit": number;
        /** @description Requests left in this window. */
        "RateLimit-Remaining": number;
        /** @description Seconds until the window begins anew. */
        "RateLimit-Reset": number;
        /** @description Seconds to wait before the next try. */
        "Retry-After": number;
        /** @description Weak entity tag; send it back as `If-None-Match`. */
        ETag: string;
        /** @description The next page, `rel="next"`. Absent on the last. */
        Link: string;
        /** @description Where the created object can be read. */
        Location: string;
        /** @description `true` when the `Idempotency-Key` was known and nothing was done again. */
        "Idempotency-Replayed": string;
        /** @description Query parameters and body fields (`body.name`) that are unknown and were ignored: percent-encoded, comma-separated, at most 20 names and 2,000 characters. Of a longer name the first 50 characters stand there, and `…`. */
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
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
            /** @description A new token and what it opens. */
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
                /** @description Comma-separated types to include. `manual` also takes in everything that was logged by hand. */
                communication_type?: ("email" | "call" | "meeting" | "note" | "sms" | "letter" | "manual" | "other")[];
                /** @description Filter by source. */
                source?: "nylas" | "vonage" | "manual" | "import";
                /** @description Filter by direction. */
                direction?: "inbound" | "outbound";
                /** @description Filter threads that require a response. */
                requires_response?: boolean;
                /** @description Filter by resolved status. */
                is_resolved?: boolean;
                /** @description Filter by AR classification; `false` takes unclassified rows in. */
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
                /** @description Comma-separated tags; messages with any of them. */
                strategy_tags?: string[];
                /** @description Messages that this user logged by hand. */
                logged_by_id?: string;
                /** @description Comma-separated outcomes to include. */
                outcome?: ("spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other")[];
                /** @description Conversations with this assignee; `me`: assigned to the caller, `none`: unassigned. */
                assignee_id?: string;
                /** @description Conversations to be looked at again at this time or earlier: due by then. */
                follow_up_before?: string;
                /** @description `true`: conversations whose `follow_up_at` lies ahead; `false`: all others. */
                is_snoozed?: boolean;
                /** @description `-timestamp`: newest first. `timestamp`: oldest first, what has waited longest. */
                ordering?: "-timestamp" | "timestamp";
                /** @description Up to 32 words, each the beginning of one in the subject, the sender’s own text, the customer’s name, a linked invoice’s number, or a name or address in from, to, cc. Over 1,000 rows are counted with `Prefer: count=exact` only. */
                search?: string;
                /** @description Only rows that changed since: the `watermark` of an earlier answer, or an RFC 3339 date-time to begin with. The first page then carries the next `watermark`; keep it, walk the pages by `cursor`, and ask with it next time. A row may come again; none is missed. What is deleted, and a person whom an import renames, the event feed tells. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the page before; constant cost however deep. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Comma-separated tags; messages with any of them. */
                strategy_tags?: string[];
                /** @description Messages that this user logged by hand. */
                logged_by_id?: string;
                /** @description Comma-separated outcomes to include. */
                outcome?: ("spoke" | "left_message" | "no_answer" | "wrong_number" | "promise_to_pay" | "dispute" | "paid" | "refused" | "other")[];
                /** @description Conversations with this assignee; `me`: assigned to the caller, `none`: unassigned. */
                assignee_id?: string;
                /** @description Conversations to be looked at again at this time or earlier: due by then. */
                follow_up_before?: string;
                /** @description `true`: conversations whose `follow_up_at` lies ahead; `false`: all others. */
                is_snoozed?: boolean;
                /** @description `-timestamp`: newest first. `timestamp`: oldest first, what has waited longest. */
                ordering?: "-timestamp" | "timestamp";
                /** @description Up to 32 words, each the beginning of one in the subject, the sender’s own text, the customer’s name, a linked invoice’s number, or a name or address in from, to, cc. Over 1,000 rows are counted with `Prefer: count=exact` only. */
                search?: string;
                /** @description Only rows that changed since: the `watermark` of an earlier answer, or an RFC 3339 date-time to begin with. The first page then carries the next `watermark`; keep it, walk the pages by `cursor`, and ask with it next time. A row may come again; none is missed. What is deleted, and a person whom an import renames, the event feed tells. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the page before; constant cost however deep. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
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
            /** @description The bytes; the media type where it is a harmless one. */
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
                /** @description Kept 24 hours per user and company: the same key and body answer the first response again and do nothing. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Only rows that changed since: the `watermark` of an earlier answer, or an RFC 3339 date-time to begin with. The first page then carries the next `watermark`; keep it, walk the pages by `cursor`, and ask with it next time. A row may come again; none is missed. What is deleted, and a person whom an import renames, the event feed tells. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the page before; constant cost however deep. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
            /** @description A page of promises, by the day on which they are due. */
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
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Only rows that changed since: the `watermark` of an earlier answer, or an RFC 3339 date-time to begin with. The first page then carries the next `watermark`; keep it, walk the pages by `cursor`, and ask with it next time. A row may come again; none is missed. What is deleted, and a person whom an import renames, the event feed tells. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the page before; constant cost however deep. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Kept 24 hours per user and company: the same key and body answer the first response again and do nothing. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
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
            /** @description The note is gone. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Any of these keys. */
                external_id?: string[];
                /** @description Every word begins a word of the row. */
                search?: string;
                /** @description With a conversation that is not resolved. */
                has_open?: boolean;
                /** @description The order of the rows. */
                ordering?: "name" | "-waiting_since";
                /** @description Only rows that changed since: the `watermark` of an earlier answer, or an RFC 3339 date-time to begin with. The first page then carries the next `watermark`; keep it, walk the pages by `cursor`, and ask with it next time. A row may come again; none is missed. What is deleted, and a person whom an import renames, the event feed tells. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the page before; constant cost however deep. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Kept 24 hours per user and company: the same key and body answer the first response again and do nothing. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
            /** @description What became of each row of a batch. */
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
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
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
            /** @description The row is gone. */
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
                /** @description Any of these keys. */
                external_id?: string[];
                /** @description Of this customer. */
                customer_id?: string;
                /** @description This address, without case. */
                email?: string;
                /** @description This number. */
                phone?: string;
                /** @description Every word begins a word of the row. */
                search?: string;
                /** @description The order of the rows. */
                ordering?: "name";
                /** @description Only rows that changed since: the `watermark` of an earlier answer, or an RFC 3339 date-time to begin with. The first page then carries the next `watermark`; keep it, walk the pages by `cursor`, and ask with it next time. A row may come again; none is missed. What is deleted, and a person whom an import renames, the event feed tells. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the page before; constant cost however deep. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Kept 24 hours per user and company: the same key and body answer the first response again and do nothing. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
            /** @description What became of each row of a batch. */
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
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
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
            /** @description The row is gone. */
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
                /** @description Any of these keys. */
                external_id?: string[];
                /** @description Of this customer. */
                customer_id?: string;
                /** @description Exactly this number. */
                number?: string;
                /** @description Of this status. */
                status?: "open" | "paid" | "void";
                /** @description Due on this day or later. */
                due_from?: string;
                /** @description Due on this day or earlier. */
                due_to?: string;
                /** @description Every word begins a word of the row. */
                search?: string;
                /** @description The order of the rows. */
                ordering?: "number" | "due_date";
                /** @description Only rows that changed since: the `watermark` of an earlier answer, or an RFC 3339 date-time to begin with. The first page then carries the next `watermark`; keep it, walk the pages by `cursor`, and ask with it next time. A row may come again; none is missed. What is deleted, and a person whom an import renames, the event feed tells. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the page before; constant cost however deep. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Kept 24 hours per user and company: the same key and body answer the first response again and do nothing. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
            /** @description What became of each row of a batch. */
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
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
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
            /** @description The row is gone. */
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
                /** @description Any of these keys. */
                external_id?: string[];
                /** @description Of this customer. */
                customer_id?: string;
                /** @description About this invoice. */
                invoice_id?: string;
                /** @description Any of these. */
                status?: ("proposed" | "scheduled" | "processing" | "completed" | "cancelled")[];
                /** @description Due before this time. */
                due_before?: string;
                /** @description The order of the rows. */
                ordering?: "due_at";
                /** @description Only rows that changed since: the `watermark` of an earlier answer, or an RFC 3339 date-time to begin with. The first page then carries the next `watermark`; keep it, walk the pages by `cursor`, and ask with it next time. A row may come again; none is missed. What is deleted, and a person whom an import renames, the event feed tells. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the page before; constant cost however deep. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Kept 24 hours per user and company: the same key and body answer the first response again and do nothing. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
            /** @description What became of each row of a batch. */
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
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
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
            /** @description The row is gone. */
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
                /** @description Any of these keys. */
                external_id?: string[];
                /** @description Of this customer. */
                customer_id?: string;
                /** @description Any of these. */
                status?: ("pending" | "ready" | "processing" | "completed" | "cancelled")[];
                /** @description Due before this time. */
                due_before?: string;
                /** @description The order of the rows. */
                ordering?: "scheduled_for";
                /** @description Only rows that changed since: the `watermark` of an earlier answer, or an RFC 3339 date-time to begin with. The first page then carries the next `watermark`; keep it, walk the pages by `cursor`, and ask with it next time. A row may come again; none is missed. What is deleted, and a person whom an import renames, the event feed tells. */
                updated_after?: string;
                /** @description Page number, from 1. */
                page?: number;
                /** @description Rows a page; over 500 is taken as 500. */
                page_size?: number;
                /** @description Rows to return, with `offset`; over 500 is taken as 500. */
                limit?: number;
                /** @description Rows to skip, with `limit`. */
                offset?: number;
                /** @description The `next_cursor` of the page before; constant cost however deep. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Kept 24 hours per user and company: the same key and body answer the first response again and do nothing. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
            /** @description What became of each row of a batch. */
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
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
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
            /** @description The row is gone. */
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
                /** @description Of this role. */
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
                /** @description The `next_cursor` of the page before; constant cost however deep. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Go on behind this place: the `id` of an event, a `next_after`, or `latest` for what is still to come. Without it the list begins with the first event there is, and a stream with the next. */
                after?: string;
                /** @description Events to list; over 500 is taken as 500. */
                limit?: number;
                /** @description A stream ticket instead of the Authorization header, which EventSource can not send. */
                ticket?: string;
            };
            header?: {
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
            /** @description What changed: a list, or a stream that stays open. */
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
                /** @description The `next_cursor` of the page before; constant cost however deep. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description Kept 24 hours per user and company: the same key and body answer the first response again and do nothing. */
                "Idempotency-Key"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
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
            /** @description Where events of a company are sent. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
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
            /** @description The endpoint is gone. */
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
                /** @description Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too. */
                "If-Match"?: string;
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
            /** @description Where events of a company are sent. */
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
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
            /** @description They will be sent. */
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
                /** @description The `next_cursor` of the page before; constant cost however deep. */
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of an earlier answer: 304 when nothing has changed since. */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
            /** @description Attempts at deliveries of the last seven days, newest first. */
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
                /** @description `handling=strict` (RFC 7240) turns an unknown parameter or field into a 400 with "did you mean …"; `count=exact` counts all rows of a search, where a second is enough. */
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
        /** @description A CloudEvent of Nylas v3, gzip or plain. `data.object` is the message, `grant_id` names the mailbox. */
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
        /** @description A Voice event. `uuid` names a leg of the call, `from` and `to` its numbers, `status` how it stands. */
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
            /** @description A short-lived key to the event stream. */
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
            /** @description It will be sent. */
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
            /** @description The process answers. */
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
            /** @description All is well. */
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
                /** @description When this attempt was made, in seconds since 1970. */
                "webhook-timestamp": string;
                /** @description One or, for a day after a rotation, two signatures with a blank between. */
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
            /** @description Never send anything again: the endpoint is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
