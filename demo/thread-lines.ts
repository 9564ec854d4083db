/** What every kind of `thread` line shares: its links, its notes, and the steps that it completes. */

import { isTeam } from './cast.ts';
import { actionId, invoiceId, touchpointId, userId } from './ids.ts';
import { invoiceOf } from './invoices.ts';
import { type CustomerKey, DEMO_COMPANY_ID } from './people.ts';
import type { MailExtra, NoteScript } from './script.ts';
import { numberFor, toInstant, uuidFor } from './script.ts';

export type Line = Record<string, unknown>;
export type ThreadLines = {
  threads: Line[];
  notes: Line[];
  promises: Line[];
  /** When the step of a key was done, by the log that did it. */
  completions: Map<string, Date>;
};

export const linkedInvoices = (numbers: readonly number[] | undefined, at: string): Line => {
  const issued = (numbers ?? []).filter((number) => invoiceOf(number).issued <= at.slice(0, 5));
  return issued.length > 0 ? { invoice_ids: issued.map(invoiceId) } : {};
};

export function scheduledBy(
  lines: ThreadLines,
  { action, touchpoint }: Pick<MailExtra, 'action' | 'touchpoint'>,
  time: Date,
): Line {
  for (const key of [action && `action:${action}`, touchpoint && `touchpoint:${touchpoint}`]) {
    if (!key) continue;
    if (lines.completions.has(key)) throw new Error(`${key} is completed twice`);
    lines.completions.set(key, time);
  }
  return {
    ...(action ? { scheduled_action_id: actionId(action) } : {}),
    ...(touchpoint ? { scheduled_touchpoint_id: touchpointId(touchpoint) } : {}),
  };
}

export function writeNotes(lines: ThreadLines, threadId: string, notes: readonly NoteScript[] | undefined): void {
  for (const [by, at, content] of notes ?? []) {
    if (!isTeam(by)) throw new Error(`${by} is not of the team`);
    const time = toInstant(at, numberFor(`${threadId}:${at}`, 0, 59));
    lines.notes.push({
      type: 'thread_note',
      id: uuidFor('note', `${threadId}:${at}:${by}`, time),
      company_id: DEMO_COMPANY_ID,
      thread_id: threadId,
      author_id: userId(by),
      content,
      created_at: time.toISOString(),
      updated_at: time.toISOString(),
    });
  }
}

export function assertInvoices(
  numbers: readonly number[] | undefined,
  customer: CustomerKey | undefined,
  at?: string,
): void {
  for (const number of numbers ?? []) {
    const invoice = invoiceOf(number);
    if (invoice.customer !== customer) throw new Error(`INV-${number} belongs to ${invoice.customer}`);
    if (at && invoice.issued > at.slice(0, 5)) throw new Error(`INV-${number} isn't issued on ${at}`);
  }
}

export const after = (time: Date, seconds: number): Date => new Date(time.getTime() + seconds * 1000);
