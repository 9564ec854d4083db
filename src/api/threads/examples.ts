import { EXAMPLE_CURSOR, EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';

/** The examples of threads in the OpenAPI document: a conversation of two emails, and a manually logged call. */

const dana = { name: 'Dana Reyes', email: 'dana@acme.example' };
const receivables = { name: 'Northbrook AR', email: 'ar@northbrook.example' };

const conversation = {
  company_id: EXAMPLE_IDS.company,
  thread_group_id: EXAMPLE_IDS.threadGroup,
  customer_id: EXAMPLE_IDS.customer,
  customer_name: 'Acme Corp',
  contact_id: EXAMPLE_IDS.contact,
  contact_name: 'Dana Reyes',
  communication_type: 'email',
  source: 'nylas',
  notes: null,
  cc: [],
  call: null,
  is_resolved: false,
  is_ar_related: true,
  strategy_tags: [],
  invoice_ids: [EXAMPLE_IDS.invoice],
  invoices: [{ id: EXAMPLE_IDS.invoice, number: 'INV-1001' }],
  scheduled_action: null,
  scheduled_touchpoint: null,
  outcome: null,
  promise: null,
  dispute: null,
  assignee: { id: EXAMPLE_IDS.user, name: 'Sam Ortiz' },
  follow_up_at: null,
  message_count: 2,
  logged_by: null,
};

const reminder = {
  id: EXAMPLE_IDS.olderThread,
  ...conversation,
  direction: 'outbound',
  subject: 'Invoice INV-1001',
  preview: 'Invoice INV-1001 over $4,210.00 was due on May 1. When may we expect it?',
  from: receivables,
  to: [dana],
  requires_response: false,
  has_attachments: true,
  timestamp: EXAMPLE_TIMES.older,
  created_at: EXAMPLE_TIMES.older,
  updated_at: EXAMPLE_TIMES.older,
};

const response = {
  id: EXAMPLE_IDS.thread,
  ...conversation,
  direction: 'inbound',
  subject: 'Re: Invoice INV-1001',
  preview: 'We will pay on Friday.',
  from: dana,
  to: [receivables],
  requires_response: true,
  has_attachments: false,
  timestamp: EXAMPLE_TIMES.latest,
  created_at: EXAMPLE_TIMES.latest,
  updated_at: EXAMPLE_TIMES.latest,
};

const reminderInDetail = {
  ...reminder,
  body: '<p>Invoice INV-1001 over $4,210.00 was due on May 1. When may we expect it?</p>',
  body_type: 'text/html',
  body_truncated: false,
  attachments: [
    {
      id: EXAMPLE_IDS.attachment,
      filename: 'INV-1001.pdf',
      content_type: 'application/pdf',
      size_bytes: 48_213,
      is_inline: false,
    },
  ],
};

const responseInDetail = {
  ...response,
  body: '<p>We will pay on Friday.</p>',
  body_type: 'text/html',
  body_truncated: false,
  attachments: [],
};

const loggedCall = {
  id: EXAMPLE_IDS.manualLog,
  ...conversation,
  thread_group_id: EXAMPLE_IDS.manualLogGroup,
  communication_type: 'call',
  source: 'manual',
  direction: 'outbound',
  subject: 'Call with Acme Corp',
  preview: null,
  notes: 'Spoke with AP manager. She confirmed payment will process on June 5.',
  from: null,
  to: [],
  requires_response: false,
  is_ar_related: null,
  strategy_tags: ['promise-to-pay'],
  scheduled_action: { id: EXAMPLE_IDS.scheduledAction, status: 'completed', executed_at: EXAMPLE_TIMES.latest },
  outcome: 'promise_to_pay',
  promise: {
    id: EXAMPLE_IDS.promise,
    status: 'open',
    due_on: '2026-06-05',
    amount: '4210.00',
    currency: 'USD',
    invoice_ids: [EXAMPLE_IDS.invoice],
  },
  follow_up_at: EXAMPLE_TIMES.followUp,
  message_count: 1,
  has_attachments: false,
  logged_by: { id: EXAMPLE_IDS.user, name: 'Sam Ortiz' },
  timestamp: EXAMPLE_TIMES.latest,
  created_at: EXAMPLE_TIMES.latest,
  updated_at: EXAMPLE_TIMES.latest,
  body: null,
  body_type: null,
  body_truncated: false,
  attachments: [],
};

export const THREAD_EXAMPLES = {
  summary: response,
  list: { count: 137, page: 1, page_size: 20, next_cursor: EXAMPLE_CURSOR, data: [response] },
  detail: loggedCall,
  withOthers: { ...responseInDetail, messages: [reminderInDetail] },
  email: { ...responseInDetail, messages: [reminderInDetail, responseInDetail] },
};
