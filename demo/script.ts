/** The words in which the stories are written, and how their local times and ids become those of the file. */

import { createHash } from 'node:crypto';
import type { DisputeReason, LogOutcome, PromiseStatus } from '../src/domain/vocabulary.ts';
import type { CustomerKey, MailboxKey } from './people.ts';

/** `MM-DD HH:MM` of 2026, local time of the company. */
export type LocalTime = string;

/** An internal note: team member, when, what. */
export type NoteScript = readonly [by: string, at: LocalTime, content: string];

export type MailExtra = {
  to?: readonly string[];
  cc?: readonly string[];
  subject?: string;
  files?: readonly string[];
  tags?: readonly string[];
  /** Overrides the conversation's classification. */
  ar?: boolean | null;
  /** An open question of the customer: only on the newest message. */
  needsReply?: true;
  /** Written by a machine: no signature, no quoted history. */
  auto?: true;
  /** Keys of the scheduled action and touchpoint which this message completes. */
  action?: string;
  touchpoint?: string;
  notes?: readonly NoteScript[];
};

export type MailScript = readonly [at: LocalTime, by: string, text: string, extra?: MailExtra];

/**
 * One conversation by mail. In a text a blank line ends a paragraph, other line ends are only for the reader of the
 * script; `- ` begins an item, `| ` a row of a table; `{10412}` stands for the amount of that invoice.
 */
export type Conversation = {
  key: string;
  customer?: CustomerKey;
  /** To whom the team writes as long as nobody has answered. */
  with: string;
  subject: string;
  mailbox?: MailboxKey;
  source?: 'nylas' | 'import';
  invoices?: readonly number[];
  resolved?: boolean;
  ar?: boolean | null;
  mail: readonly MailScript[];
};

export type CallScript = {
  at: LocalTime;
  direction: 'inbound' | 'outbound';
  contact: string;
  status: 'completed' | 'unanswered' | 'busy';
  /** Talk time; 0 unless completed. */
  durationSeconds: number;
  invoices?: readonly number[];
  tags?: readonly string[];
  resolved?: boolean;
  ar?: boolean | null;
  notes?: readonly NoteScript[];
};

/** `due` is a day, `YYYY-MM-DD`; without a status it stays open, and once the day has passed it reads as broken. */
export type PromiseScript = {
  due: string;
  amount?: string;
  invoices?: readonly number[];
  status?: PromiseStatus;
};

export type ManualLogScript = {
  at: LocalTime;
  by: string;
  type: 'call' | 'meeting' | 'letter' | 'note' | 'sms' | 'email' | 'manual' | 'other';
  direction?: 'inbound' | 'outbound';
  customer: CustomerKey;
  contact?: string;
  /** Absent: the wording that the server makes for a log without one. */
  subject?: string;
  notes: string;
  invoices?: readonly number[];
  tags?: readonly string[];
  resolved?: boolean;
  action?: string;
  touchpoint?: string;
  outcome?: LogOutcome;
  promise?: PromiseScript;
  dispute?: { reason: DisputeReason; invoices?: readonly number[] };
  /** RFC 3339: the years to come have no local times here. */
  followUp?: string;
  threadNotes?: readonly NoteScript[];
};

export type ActionScript = {
  key: string;
  customer: CustomerKey;
  invoice?: number;
  type: 'email' | 'call' | 'task';
  status: 'proposed' | 'scheduled' | 'processing' | 'completed' | 'cancelled';
  description: string;
  due: LocalTime;
};

export type TouchpointScript = {
  key: string;
  customer: CustomerKey;
  type: 'reminder' | 'call' | 'task';
  status: 'pending' | 'ready' | 'processing' | 'completed' | 'cancelled';
  label: string;
  due: LocalTime;
};

/** Central Daylight Time until November 1, 2 o'clock, Central Standard Time afterwards; the stories begin in April. */
export function toInstant(at: LocalTime, second = 0): Date {
  if (!/^\d\d-\d\d \d\d:\d\d$/.test(at)) throw new Error(`Not a local time: ${at}`);
  const offset = at < '11-01 02:00' ? '-05:00' : '-06:00';
  const instant = new Date(`2026-${at.slice(0, 5)}T${at.slice(6)}:${String(second).padStart(2, '0')}${offset}`);
  if (Number.isNaN(instant.getTime())) throw new Error(`No such local time: ${at}`);
  return instant;
}

/** Shaped like UUID version 7 (the time in front), but the rest is a hash of the key: the same in every run. */
export function uuidFor(kind: string, key: string, time: Date): string {
  const clock = time.getTime().toString(16).padStart(12, '0');
  const hash = digest(`${kind}:${key}`);
  const variant = '89ab'[Number.parseInt(hash.charAt(3), 16) % 4];
  return `${clock.slice(0, 8)}-${clock.slice(8)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`;
}

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A whole number from `low` to `high`, always the same for a key. */
export const numberFor = (key: string, low: number, high: number): number =>
  low + (Number.parseInt(digest(key).slice(0, 8), 16) % (high - low + 1));
