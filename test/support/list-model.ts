import type { CommunicationType, Direction, Source } from '../../src/domain/vocabulary.ts';

/**
 * A simple model of the lists: the contract's words over an array in memory. Nothing of `src` decides what the
 * model answers.
 */

type Optional<Fields> = { [Name in keyof Fields]?: Fields[Name] | undefined };

export type Message = {
  id: string;
  group: string;
  timestamp: string;
  type: CommunicationType;
  source: Source;
  direction: Direction;
  requiresResponse: boolean;
  isResolved: boolean;
  isArRelated: boolean | null;
  customer: { id: string; name: string } | undefined;
  contactId: string | null;
  invoiceIds: string[];
  /** Theirs, in the same order. */
  numbers: string[];
  subject: string;
  preview: string | null;
  from: { name: string; email: string } | null;
  to: { name: string; email: string }[];
};

export type Query = Optional<{
  view: 'thread' | 'message';
  communication_type: CommunicationType[];
  source: Source;
  direction: Direction;
  requires_response: boolean;
  is_resolved: boolean;
  is_ar_related: boolean;
  date_from: string;
  date_to: string;
  customer_id: string;
  contact_id: string;
  invoice_id: string;
  search: string;
}>;

export const newestFirst = (one: Message, other: Message) =>
  one.timestamp === other.timestamp ? (one.id < other.id ? 1 : -1) : one.timestamp < other.timestamp ? 1 : -1;

export function byGroup(messages: Message[]): Map<string, Message[]> {
  const groups = new Map<string, Message[]>();
  for (const message of messages) groups.set(message.group, [...(groups.get(message.group) ?? []), message]);
  return groups;
}

/** What the contract says a list holds, newest first. */
export function expected(messages: Message[], list: 'threads' | 'emails', query: Query, timezone: string): Message[] {
  const sorted = [...messages].sort(newestFirst);
  const groups = byGroup(sorted);
  const isByMessage = list === 'threads' && query.view === 'message';
  const rows = isByMessage ? sorted : sorted.filter((message) => groups.get(message.group)?.[0] === message);
  return rows.filter((row) => {
    const conversation = isByMessage ? [row] : (groups.get(row.group) ?? []);
    if (list === 'emails' && (row.type !== 'email' || row.source === 'manual')) return false;
    const types = query.communication_type;
    if (types && !types.includes(row.type) && !(types.includes('manual') && row.source === 'manual')) return false;
    if (query.source && row.source !== query.source) return false;
    if (query.direction && row.direction !== query.direction) return false;
    if (query.requires_response !== undefined && row.requiresResponse !== query.requires_response) return false;
    if (query.is_resolved !== undefined && row.isResolved !== query.is_resolved) return false;
    if (query.is_ar_related !== undefined && (row.isArRelated ?? false) !== query.is_ar_related) return false;
    const day = dayOf(row.timestamp, timezone);
    if (query.date_from && day < query.date_from) return false;
    if (query.date_to && day > query.date_to) return false;
    if (query.contact_id && row.contactId !== query.contact_id) return false;
    if (query.customer_id && !conversation.some((message) => message.customer?.id === query.customer_id)) return false;
    if (query.invoice_id && !conversation.some((message) => message.invoiceIds.includes(String(query.invoice_id))))
      return false;
    return query.search === undefined || isFound(row, query.search);
  });
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The local calendar day, from the platform's own time zone data. */
function dayOf(timestamp: string, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(new Date(timestamp));
}

const split = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .split(/[^\p{L}\p{M}\p{Nd}]+/u)
    .filter(Boolean);

/** Every blank-separated term, as its words in order, somewhere in one field; each word begins a word there. */
function isFound(row: Message, search: string): boolean {
  const parties = [...(row.from ? [row.from] : []), ...row.to];
  const fields = [
    row.subject,
    row.preview ?? '',
    row.customer?.name ?? '',
    ...row.numbers,
    ...parties.flatMap(({ name, email }) => [name, email]),
  ];
  const words = fields.map(split);
  return search.split(' ').every((term) => {
    const wanted = split(term);
    return words.some((field) =>
      field.some((_, start) => wanted.every((word, nth) => field[start + nth]?.startsWith(word))),
    );
  });
}
