import { ATTACHMENTS_STAGING } from './attachments.ts';
import { type DuplicateRow, duplicateLines } from './duplicate-lines.ts';
import type { Faults } from './faults.ts';
import { TRACES_STAGING } from './provider-traces.ts';
import { type FaultRow, report } from './report-faults.ts';
import type { ImportSession } from './session.ts';
import { RECORDS } from './staging-tables.ts';

/** Checks what lines of messages contain that must belong to one message only. */

/** An attachment's id occurs once, and a stored attachment stays with its message. */
export async function checkAttachments(session: ImportSession, faults: Faults): Promise<void> {
  await report<DuplicateRow>(
    session,
    faults,
    duplicateLines(ATTACHMENTS_STAGING, ['company_id', 'id']),
    ({ first }) => `attachments: an attachment has the same id as one in line ${first}`,
  );
  const elsewhere = `
    SELECT s.line, s.id
    FROM ${ATTACHMENTS_STAGING} s
    JOIN attachments d ON d.company_id = s.company_id AND d.id = s.id
    WHERE d.thread_id <> s.thread_id
      AND NOT EXISTS (SELECT FROM ${RECORDS.thread.staging} t
                      WHERE t.company_id = d.company_id AND t.id = d.thread_id)`;
  await report<FaultRow & { id: string }>(
    session,
    faults,
    elsewhere,
    ({ id }) => `attachments: attachment ${id} belongs to another message`,
  );
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
export async function checkTraces(session: ImportSession, faults: Faults): Promise<void> {
  for (const { kind, field, table, same } of EVENT_IDENTIFIERS) {
    await report<DuplicateRow & { name: string }>(
      session,
      faults,
      duplicateLines(TRACES_STAGING, ['company_id', 'of', 'name'], `kind = '${kind}'`),
      ({ line, first, name }) =>
        `${field}: ${name} stands ${line === first ? 'there twice' : `in line ${first} as well`}`,
    );
    const elsewhere = `
      SELECT s.line, s.name
      FROM ${TRACES_STAGING} s
      JOIN ${table} d ON d.company_id = s.company_id AND ${same}
      WHERE s.kind = '${kind}' AND d.thread_id <> s.thread_id
        AND NOT EXISTS (SELECT FROM ${RECORDS.thread.staging} t
                        WHERE t.company_id = d.company_id AND t.id = d.thread_id)`;
    await report<FaultRow & { name: string }>(
      session,
      faults,
      elsewhere,
      ({ name }) => `${field}: ${name} belongs to another message`,
    );
  }
}
