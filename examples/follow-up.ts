/**
 * Lists the conversations that wait for our answer, and adds a note to each that has waited for more than three days.
 *
 *     COMMS_URL=http://127.0.0.1:3000 COMMS_TOKEN=comms_… COMMS_COMPANY=… npx tsx examples/follow-up.ts
 *
 * Without `--note` it only lists and changes nothing. Running it twice a day adds each note once.
 */
import { ApiProblem, createClient } from 'communications-api/client';

const { COMMS_URL = 'http://127.0.0.1:3000', COMMS_TOKEN = '', COMMS_COMPANY = '' } = process.env;
const writesNotes = process.argv.includes('--note');
const THREE_DAYS_MS = 3 * 24 * 60 * 60 * 1000;

const company = createClient({ baseUrl: COMMS_URL, token: COMMS_TOKEN }).company(COMMS_COMPANY);

try {
  for await (const thread of company.threads.iterate({ requires_response: true, is_resolved: false })) {
    const waitedMs = Date.now() - Date.parse(thread.timestamp);
    const days = Math.floor(waitedMs / (24 * 60 * 60 * 1000));
    process.stdout.write(
      `${String(days).padStart(4)} days  ${thread.customer_name ?? '(no customer)'}: ${thread.subject}\n`,
    );
    if (writesNotes && waitedMs > THREE_DAYS_MS) {
      await company.threadNotes.create(
        { thread_id: thread.id, content: `Unanswered for ${days} days.` },
        { idempotencyKey: `follow-up-${thread.id}-${days}` },
      );
    }
  }
} catch (error) {
  if (!(error instanceof ApiProblem)) throw error;
  process.stderr.write(`${error.status} ${error.code}: ${error.message} (request ${error.requestId})\n`);
  process.exitCode = 1;
}
