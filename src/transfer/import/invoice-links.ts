import { communicationThreadInvoices } from '../../db/schema.ts';
import type { ThreadLine } from '../line-schema.ts';
import { columnEncoders, writeRow } from './column-encoders.ts';
import type { BinaryRows } from './copy-format.ts';
import { distinctIds } from './distinct-ids.ts';

type InvoiceLink = { line: ThreadLine; invoiceId: string; position: number };

const COLUMNS = columnEncoders<InvoiceLink>()(communicationThreadInvoices, {
  companyId: ({ line }) => line.company_id,
  threadId: ({ line }) => line.id,
  invoiceId: ({ invoiceId }) => invoiceId,
  position: ({ position }) => position,
});

export const LINK_COLUMNS = COLUMNS.map(({ name }) => name);

/** A row of `LINK_COLUMNS` for each invoice that a message names. */
export function writeLinks(rows: BinaryRows, line: ThreadLine): void {
  for (const [position, invoiceId] of distinctIds(line.invoice_ids).entries())
    writeRow(rows, COLUMNS, { line, invoiceId, position });
}
