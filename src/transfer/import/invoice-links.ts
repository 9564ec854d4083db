import type { KeyRing } from '../../crypto/key-ring.ts';
import { communicationThreadInvoices } from '../../db/schema.ts';
import type { ThreadLine } from '../line-schema.ts';
import { columnEncoders } from './column-encoders.ts';
import type { BinaryRows } from './copy-format.ts';
import { distinctIds } from './distinct-ids.ts';

type InvoiceLink = { line: ThreadLine; invoiceId: string; position: number };

const COLUMNS = columnEncoders(communicationThreadInvoices, {
  companyId: ({ line }: InvoiceLink) => line.company_id,
  threadId: ({ line }: InvoiceLink) => line.id,
  invoiceId: ({ invoiceId }: InvoiceLink) => invoiceId,
  position: ({ position }: InvoiceLink) => position,
});

export const LINK_COLUMNS = COLUMNS.map(({ name }) => name);

/** A row of `LINK_COLUMNS` for each invoice that a message names. */
export function writeLinks(rows: BinaryRows, line: ThreadLine, ring: KeyRing): void {
  for (const [position, invoiceId] of distinctIds(line.invoice_ids).entries()) {
    rows.row(COLUMNS.length);
    for (const { encode } of COLUMNS) encode(rows, { line, invoiceId, position }, ring);
  }
}
