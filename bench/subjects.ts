import { createToken } from '../src/crypto/token.ts';
import type { Db } from '../src/db/client.ts';
import { newId } from '../src/domain/ids.ts';
import { foldCounts } from '../src/journal/counters.ts';

/** Rows for the measurements: the biggest company, and typical and worst-case rows of it. */
export type Subject = {
  companyId: string;
  messages: number;
  conversations: number;
  userId: string;
  /** A typical customer. */
  customerId: string;
  /** The customer with the most messages. */
  bigCustomerId: string;
  contactId: string;
  invoiceId: string;
  /** A message of a conversation of usual length. */
  threadId: string;
  /** The day at an offset in days from the newest message; negative offsets are earlier. */
  day(offset: number): string;
};

export async function biggestCompany(db: Db): Promise<Subject> {
  await foldCounts(db);
  const [company] = await db.query<{ company_id: string; messages: number; conversations: number }>({
    text: `SELECT company_id, sum(messages)::bigint AS messages, sum(messages) FILTER (WHERE cell & 1 = 1)::bigint AS conversations
           FROM thread_counts GROUP BY company_id ORDER BY 2 DESC LIMIT 1`,
  });
  if (!company) throw new Error('There are no messages: fill the database first.');
  const values = [company.company_id];
  const one = async <Row>(text: string): Promise<Row> => {
    const [row] = await db.query<Row>({ text, values });
    if (!row) throw new Error(`Nothing found by ${text}`);
    return row;
  };
  const newest = await one<{ timestamp: string }>(
    'SELECT "timestamp" FROM communication_threads WHERE company_id = $1 ORDER BY "timestamp" DESC, id DESC LIMIT 1',
  );
  const usual = await one<{ id: string; customer_id: string; contact_id: string }>(
    `SELECT id, customer_id, contact_id FROM communication_threads
     WHERE company_id = $1 AND is_latest AND contact_id IS NOT NULL AND message_count BETWEEN 4 AND 6
     ORDER BY "timestamp" DESC, id DESC LIMIT 1`,
  );
  const big = await one<{ customer_id: string }>(
    `SELECT customer_id FROM communication_threads WHERE company_id = $1 AND customer_id IS NOT NULL
     GROUP BY customer_id ORDER BY count(*) DESC LIMIT 1`,
  );
  const linked = await one<{ invoice_id: string }>(
    `SELECT invoice_id FROM communication_thread_invoices WHERE company_id = $1 GROUP BY invoice_id ORDER BY count(*) DESC LIMIT 1`,
  );
  const member = await one<{ user_id: string }>('SELECT user_id FROM memberships WHERE company_id = $1 LIMIT 1');
  return {
    companyId: company.company_id,
    messages: company.messages,
    conversations: company.conversations,
    userId: member.user_id,
    customerId: usual.customer_id,
    bigCustomerId: big.customer_id,
    contactId: usual.contact_id,
    invoiceId: linked.invoice_id,
    threadId: usual.id,
    day: (offset) => new Date(Date.parse(newest.timestamp) + offset * 86_400_000).toISOString().slice(0, 10),
  };
}

/** Creates a token of a member for the measurement. */
export async function createBenchToken(db: Db, userId: string): Promise<string> {
  const { token, hash, prefix } = createToken();
  await db.query({
    text: `INSERT INTO tokens (id, user_id, name, prefix, hash) VALUES ($1, $2, 'bench', $3, $4)`,
    values: [newId(), userId, prefix, hash],
  });
  return token;
}
