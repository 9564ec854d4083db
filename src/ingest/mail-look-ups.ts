import { lockCompanyForMail } from '../db/locks.ts';
import { settleAll } from '../db/settle-all.ts';
import type { Tx } from '../db/transaction.ts';
import { unavailable } from '../domain/errors.ts';
import { addressKey } from '../mail/address.ts';
import { failedRecipients, isDeliveryReport } from './bounce.ts';
import { findContactsByAddress, type KnownContact } from './counterparts.ts';
import { findInvoicesOfContacts, type NumberedInvoice } from './customer-evidence.ts';
import { isDraft } from './direction.ts';
import type { NylasEvent, NylasMessage } from './nylas/event.ts';
import { originalSenders } from './parties.ts';
import { type RelatedRows, readRelatedRows } from './related-mail.ts';

/** Reads what is stored about a mail, under the company's locks, before the mail is applied. */

export type MailLookUps = {
  /** The addresses that a delivery report names; undefined for any other mail. */
  reported: readonly string[] | undefined;
  /** Contacts that any address in the mail belongs to. */
  contacts: KnownContact[];
  related: RelatedRows;
  /** The invoices of the contacts' customers; undefined when the mail names too many addresses to read them all. */
  invoices: NumberedInvoice[] | undefined;
};

/**
 * Takes the company's lock in shared mode and the lock of its mails, and reads, in one pipelined batch.
 * @param eventRowId when given, no lock is taken unless the ledger has this row; then the result is of no use
 * @throws unavailable while the company is being imported
 */
export async function lookUpMail(
  tx: Tx,
  companyId: string,
  mail: NylasMessage,
  eventRowId: string | null = null,
): Promise<MailLookUps> {
  const reported = isDeliveryReport(mail) ? failedRecipients(mail) : undefined;
  const keys = addressKeysOf(mail, reported ?? []);
  const [, contacts, related, invoices] = await settleAll(
    lockForMail(tx, companyId, eventRowId),
    findContactsByAddress(tx, companyId, keys),
    readRelatedRows(tx, companyId, mail),
    keys.length > MOST_KEYS ? none() : findInvoicesOfContacts(tx, companyId, keys),
  );
  return { reported, contacts, related, invoices };
}

/** A mail to many contacts would read the invoices of customers that it turns out not to be about. */
const MOST_KEYS = 10;

async function none(): Promise<undefined> {
  return undefined;
}

async function lockForMail(tx: Tx, companyId: string, eventRowId: string | null): Promise<void> {
  const [lock] = await tx.query<{ locked: boolean }>(lockCompanyForMail(companyId, eventRowId));
  if (lock?.locked === false) throw unavailable(undefined, 'The company is being imported. Try again shortly.');
}

/** Address keys of all addresses in a mail, the company's own included. */
function addressKeysOf(mail: NylasMessage, failed: readonly string[]): string[] {
  const parties = [...(mail.from ? [mail.from] : []), ...mail.replyTo, ...mail.to, ...mail.cc, ...mail.bcc];
  const addresses = [
    ...parties.map(({ email }) => email),
    ...originalSenders(mail).map(({ email }) => email),
    ...failed,
  ];
  return [...new Set(addresses.map(addressKey).filter((key) => key !== null))];
}

/** What was read before the mailbox was known, for the company that the event was assumed to belong to. */
export type EarlyLookUps = MailLookUps & { companyId: string };

/**
 * Looks up the mail of a new event in the batch that records the event, if it is likely to be stored.
 * @param eventRowId of the row that is recorded; a replay has none, and takes no lock
 */
export async function lookUpEarly(
  tx: Tx,
  companyId: string | undefined,
  event: NylasEvent,
  eventRowId: string,
): Promise<EarlyLookUps | undefined> {
  if (companyId === undefined || event.kind !== 'message' || event.isUpdate || isDraft(event.message.folders))
    return undefined;
  return { companyId, ...(await lookUpMail(tx, companyId, event.message, eventRowId)) };
}
