import { ATTACHMENTS_STAGING } from './attachments.ts';
import { type Duplicate, duplicateLines } from './duplicate-lines.ts';
import { TRACES_STAGING } from './provider-traces.ts';
import type { Report } from './report-faults.ts';
import { RECORDS } from './staging-tables.ts';

/** Checks what lines of messages contain that must belong to one message only. */

/** An attachment's id occurs once, and a stored attachment stays with its message. */
export async function checkAttachments(report: Report): Promise<void> {
  await report<Duplicate>(
    duplicateLines(ATTACHMENTS_STAGING, ['company_id', 'id']),
    ({ first }) => `attachments: an attachment has the same id as one in line ${first}`,
  );
  const elsewhere = storedElsewhere(ATTACHMENTS_STAGING, 'id', 'attachments', 'd.id = s.id');
  await report<{ id: string }>(elsewhere, ({ id }) => `attachments: attachment ${id} belongs to another message`);
}

/** Identifiers by which a provider's event finds its message, so each may belong to one message only. */
const EVENT_IDENTIFIERS = [
  {
    kind: 'copy',
    field: 'provider.copies',
    table: 'mail_copies',
    same: 'd.grant_id = s.of AND d.provider_message_id = s.name',
  },
  { kind: 'call_key', field: 'provider.call_keys', table: 'call_keys', same: 'd.key = s.name' },
];

/** An identifier of `EVENT_IDENTIFIERS` occurs once, and a stored one stays with its message. */
export async function checkTraces(report: Report): Promise<void> {
  for (const { kind, field, table, same } of EVENT_IDENTIFIERS) {
    const isOfKind = `kind = '${kind}'`;
    await report<Duplicate & { line: number; name: string }>(
      duplicateLines(TRACES_STAGING, ['company_id', 'of', 'name'], isOfKind),
      ({ line, first, name }) =>
        `${field}: ${name} stands ${line === first ? 'there twice' : `in line ${first} as well`}`,
    );
    const elsewhere = storedElsewhere(TRACES_STAGING, 'name', table, `${same} AND s.${isOfKind}`);
    await report<{ name: string }>(elsewhere, ({ name }) => `${field}: ${name} belongs to another message`);
  }
}

/** SQL of the lines with a part that is stored with another message, one that isn't in the file. */
function storedElsewhere(staging: string, column: string, table: string, same: string): string {
  return `
    SELECT s.line, s.${column}
    FROM ${staging} s
    JOIN ${table} d ON d.company_id = s.company_id AND ${same}
    WHERE d.thread_id <> s.thread_id
      AND NOT EXISTS (SELECT FROM ${RECORDS.thread.staging} t
                      WHERE t.company_id = d.company_id AND t.id = d.thread_id)`;
}
