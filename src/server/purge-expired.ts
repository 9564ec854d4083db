import { purgeDeliveries } from '../api/webhook-endpoints/deliveries.ts';
import type { Db } from '../db/client.ts';

/** Deletes what has expired and nobody asks for any more, company by company where it is a company's. */
export async function sweepExpired(db: Db): Promise<void> {
  await db.query({ text: `DELETE FROM login_failures WHERE last_failed_at < now() - interval '1 day'` });
  // The server may only add to the trail; this function of the owner's takes out what is old of failed logins.
  await db.query({ text: 'SELECT purge_failed_logins()' });
  await db.query({ text: `DELETE FROM key_holders WHERE seen_at < now() - interval '1 hour'` });
  await db.query({ text: 'DELETE FROM used_jwt_ids WHERE expires_at < now()' });
  // A call that nobody knew after a day is nobody's.
  await db.query({
    text: `
      UPDATE webhook_events SET payload = NULL, content_encoding = NULL
      WHERE payload IS NOT NULL AND state = 'skipped' AND updated_at < now() - interval '1 day'`,
  });
  // A mail that was taken for a copy, for as long as an operator may still say that it is none (`ingest separate`).
  await db.query({
    text: `
      UPDATE webhook_events SET payload = NULL, content_encoding = NULL
      WHERE payload IS NOT NULL AND state = 'duplicate' AND updated_at < now() - interval '30 days'`,
  });
  const companies = await db.query<{ id: string }>({ text: 'SELECT id FROM companies' });
  for (const { id } of companies) {
    await db.query({ text: 'DELETE FROM idempotency_keys WHERE company_id = $1 AND expires_at < now()', values: [id] });
    await db.query({ text: 'DELETE FROM stream_tickets WHERE company_id = $1 AND expires_at < now()', values: [id] });
    await db.query({
      text: `DELETE FROM draft_mails WHERE company_id = $1 AND seen_at < now() - interval '90 days'`,
      values: [id],
    });
    await purgeDeliveries(db, id);
  }
}
