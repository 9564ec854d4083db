/**
 * Prints the events of a company as they happen, until Ctrl+C. It reconnects when the connection breaks.
 *
 *     COMMS_URL=http://127.0.0.1:3000 COMMS_TOKEN=comms_… COMMS_COMPANY=… npx tsx examples/follow-changes.ts
 *
 * `--after ID` continues after an event; use the id that an earlier run printed last.
 */
import { parseArgs } from 'node:util';
import { ApiProblem, createClient } from 'communications-api/client';

const { COMMS_URL = 'http://127.0.0.1:3000', COMMS_TOKEN = '', COMMS_COMPANY = '' } = process.env;
const { values } = parseArgs({ options: { after: { type: 'string' } } });

const company = createClient({ baseUrl: COMMS_URL, token: COMMS_TOKEN }).company(COMMS_COMPANY);
const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());

try {
  for await (const event of company.events.follow({ signal: interrupt.signal, ...values })) {
    process.stdout.write(`${event.id} ${event.occurred_at} ${event.type} ${await subjectOf(event.thread_id)}\n`);
  }
} catch (error) {
  if (!(error instanceof ApiProblem)) throw error;
  process.stderr.write(`${error.status} ${error.code}: ${error.message} (request ${error.requestId})\n`);
  process.exitCode = 1;
}

/** Events hold ids only, so the thread's current subject is fetched. */
async function subjectOf(threadId: string | null): Promise<string> {
  if (threadId === null) return '';
  const { subject, customer_name: customer } = await company.threads.get(threadId);
  return `${customer ?? '(no customer)'}: ${subject}`;
}
