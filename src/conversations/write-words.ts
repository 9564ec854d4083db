import type { Statement } from '../db/statement.ts';
import type { Tx } from '../db/transaction.ts';
import { messageWords, type Searchable, vectorText } from './search-words.ts';

/**
 * Writes the search words of messages. Customers' names and invoices' numbers aren't among them; their own tables have
 * their words.
 */

export function insertWords(companyId: string, threadId: string, message: Searchable): Statement {
  return {
    name: 'words',
    text: 'INSERT INTO communication_thread_words (company_id, thread_id, words) VALUES ($1, $2, $3::tsvector)',
    values: [companyId, threadId, vectorText(messageWords(companyId, message))],
  };
}

/**
 * Replaces the words of a message whose subject, body or parties changed. Does nothing when the stored subject isn't
 * `message.subject`.
 */
export function replaceWords(tx: Tx, companyId: string, threadId: string, message: Searchable): void {
  tx.send({
    name: 'replace_words',
    text: `
      INSERT INTO communication_thread_words (company_id, thread_id, words)
      SELECT $1, $2, $3::tsvector
      WHERE EXISTS (SELECT FROM communication_threads t WHERE t.company_id = $1 AND t.id = $2 AND t.subject = $4)
      ON CONFLICT (company_id, thread_id) DO UPDATE SET words = excluded.words`,
    values: [companyId, threadId, vectorText(messageWords(companyId, message)), message.subject],
  });
}
