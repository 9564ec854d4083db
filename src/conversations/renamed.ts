import type { StoredAddress } from '../db/schema.ts';
import type { Tx } from '../db/transaction.ts';
import { searchVector } from './search-words.ts';

/** A new name or number stands in every row that shows it at once: what was read under the old one has changed. */

/** So many messages of renamed rows are written with the rename itself, the newest first. */
const MESSAGES_AT_ONCE = 2_000;

const OF: Record<string, string> = {
  customers: 't.customer_id = ANY($2::uuid[])',
  contacts: 't.contact_id = ANY($2::uuid[])',
  invoices: `t.id IN (SELECT l.thread_id FROM communication_thread_invoices l
                       WHERE l.company_id = $1 AND l.invoice_id = ANY($2::uuid[]))`,
};

type WordsRow = {
  id: string;
  subject: string;
  preview: string | null;
  customer_name: string | null;
  from: StoredAddress | null;
  to: StoredAddress[];
  cc: StoredAddress[];
};

/**
 * Gives the newest messages of renamed customers, contacts or invoices their words and tells `updated_after` of them.
 * @param ids were renamed in this transaction
 */
export async function showNewNames(tx: Tx, companyId: string, collection: string, ids: string[]): Promise<void> {
  const condition = OF[collection];
  if (condition === undefined) return;
  const rows = await tx.query<WordsRow>({
    name: `messages_of_renamed_${collection}`,
    text: `
      SELECT t.id, t.subject, t.preview, c.name AS customer_name, t.from_address AS "from", t.to_addresses AS "to", t.cc_addresses AS cc
      FROM communication_threads t
      LEFT JOIN customers c ON c.company_id = $1 AND c.id = t.customer_id
      WHERE t.company_id = $1 AND ${condition}
      ORDER BY t."timestamp" DESC, t.id DESC
      LIMIT ${MESSAGES_AT_ONCE}`,
    values: [companyId, ids],
  });
  tx.send({
    name: 'reword_renamed',
    text: `
      UPDATE communication_threads t
      SET search_words = s.words::tsvector, updated_at = now()
      FROM unnest($2::uuid[], $3::text[]) AS s(id, words)
      WHERE t.company_id = $1 AND t.id = s.id`,
    values: [
      companyId,
      rows.map((row) => row.id),
      rows.map((row) => searchVector({ ...row, customerName: row.customer_name })),
    ],
  });
}
