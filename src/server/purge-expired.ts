import { purgeDeliveries } from '../api/webhook-endpoints/deliveries.ts';
import type { Db } from '../db/client.ts';

/**
 * Deletes expired rows and the payloads of events that can no longer be applied; rows of companies one company at a
 * time.
 */
export async function purgeExpired(db: Db): Promise<void> {
  await db.query({ text: `DELETE FROM login_failures WHERE last_failed_at < now() - interval '1 day'` });
  // The server's role may only insert audit rows, so a function of the owner deletes old failed logins.
  await db.query({ text: 'SELECT purge_failed_logins()' });
  await db.query({ text: `DELETE FROM key_holders WHERE seen_at < now() - interval '1 hour'` });
  await db.query({ text: 'DELETE FROM used_jwt_ids WHERE expires_at < now()' });
  // After a day no company is expected to claim a skipped call any more, nor is the mail that a skipped answer waits for. The
  // answer to a mail that was seen in the trash only may come later.
  await db.query({
    text: `
      UPDATE webhook_events SET payload = NULL, content_encoding = NULL
      WHERE payload IS NOT NULL AND state = 'skipped'
        AND updated_at < now() - CASE WHEN reason = 'draft' THEN interval '30 days' ELSE interval '1 day' END`,
  });
  // The payload of a duplicate mail is kept as long as an operator can still separate it (`ingest separate`).
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
    await db.query({
      text: `DELETE FROM waiting_deliveries WHERE company_id = $1 AND skipped_at < now() - interval '30 days'`,
      values: [id],
    });
    await purgeDeliveries(db, id);
  }
}
