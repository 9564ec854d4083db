import type { Statement } from '../db/statement.ts';
import type { Tx } from '../db/transaction.ts';
import { messageWords, type Searchable } from './search-words.ts';
import { vectorBytes } from './words-format.ts';

/**
 * Writes the search words of messages. Customers' names and invoices' numbers aren't among them; their own tables have
 * their words.
 */

/** @param message with its `id` and `timestamp` */
export function insertWords(companyId: string, message: Searchable & { id: string; timestamp: string }): Statement {
  return {
    name: 'words',
    text: `INSERT INTO communication_thread_words (company_id, thread_id, words, "timestamp")
           VALUES ($1, $2, $3::tsvector, $4)`,
    values: [companyId, message.id, vectorBytes(messageWords(companyId, message)), message.timestamp],
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
      INSERT INTO communication_thread_words (company_id, thread_id, words, "timestamp")
      SELECT $1, $2, $3::tsvector, t."timestamp"
      FROM communication_threads t
      WHERE t.company_id = $1 AND t.id = $2 AND t.subject = $4
      ON CONFLICT (company_id, thread_id) DO UPDATE SET words = excluded.words, "timestamp" = excluded."timestamp"`,
    values: [companyId, threadId, vectorBytes(messageWords(companyId, message)), message.subject],
  });
}

/** Copies the timestamp of a message that got another one to its words. */
export function updateWordsTimestamp(tx: Tx, companyId: string, threadId: string): void {
  tx.send({
    name: 'update_words_timestamp',
    text: `
      UPDATE communication_thread_words w
      SET "timestamp" = t."timestamp"
      FROM communication_threads t
      WHERE w.company_id = $1 AND w.thread_id = $2 AND t.company_id = $1 AND t.id = $2`,
    values: [companyId, threadId],
  });
}
