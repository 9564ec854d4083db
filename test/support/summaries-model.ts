/** What customers and invoices say of communications (contract §4), reckoned from an array of messages. */

export type Message = {
  id: string;
  group: string;
  customer: string | null;
  timestamp: string;
  type: string;
  source: string;
  direction: string;
  requiresResponse: boolean;
  isResolved: boolean;
  invoices: string[];
};
export type Summary = Record<string, unknown>;

export const newestFirst = (one: Message, other: Message) =>
  one.timestamp === other.timestamp ? (one.id < other.id ? 1 : -1) : one.timestamp < other.timestamp ? 1 : -1;

function contactOf(message: Message | undefined) {
  return message === undefined
    ? null
    : {
        thread_id: message.id,
        communication_type: message.type,
        direction: message.direction,
        timestamp: message.timestamp,
      };
}

export function summaryOfCustomer(messages: Message[], id: string): Summary {
  const own = messages.filter(({ customer }) => customer === id).sort(newestFirst);
  const latest = [...new Set(own.map(({ group }) => group))].map(
    (group) => messages.filter((message) => message.group === group).sort(newestFirst)[0] as Message,
  );
  const open = latest.filter(({ isResolved }) => !isResolved);
  const waiting = open.filter(({ requiresResponse }) => requiresResponse).map(({ timestamp }) => timestamp);
  return {
    last_contact: contactOf(own[0]),
    last_inbound_at: own.find(({ direction }) => direction === 'inbound')?.timestamp ?? null,
    last_outbound_at: own.find(({ direction }) => direction === 'outbound')?.timestamp ?? null,
    open_count: open.length,
    waiting_count: waiting.length,
    waiting_since: waiting.sort()[0] ?? null,
  };
}

export function summaryOfInvoice(messages: Message[], id: string): Summary {
  return { last_contact: contactOf(messages.filter(({ invoices }) => invoices.includes(id)).sort(newestFirst)[0]) };
}
