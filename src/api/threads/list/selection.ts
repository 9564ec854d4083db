import { searchTerms } from '../../../conversations/search-words.ts';
import type { Position } from '../../../http/lists/pagination.ts';
import {
  dayStart,
  type Given,
  hasAnyTag,
  hasOutcome,
  IS_LATEST,
  isBehind,
  isLoggedBy,
  isOfContact,
  isOfCustomer,
  type Order,
  orderOf,
} from './conditions.ts';
import { type Cells, cellsOf, isCountedByDay, type Rows, type ThreadFilter } from './filters.ts';
import {
  countOfConversations,
  excludedOfLatest,
  messagesOfConversations,
  not,
  ofConversation,
  wantedOfLatest,
} from './follow-up.ts';

/**
 * Which rows a list is made of, as SQL over messages `t`; `$1` is the company. The view makes the rows first, then the
 * filters choose among them (contract §3). Booleans are literals: a parameter would cost PostgreSQL the partial index.
 */
export type Selection = {
  values: unknown[];
  order: Order;
  /** Where the rows come from; of several sources none has a row of another. */
  sources: Source[];
  /** `walk`: from the newest row of each source on. `cells`, `conversations`: see `page.ts`. */
  way: 'walk' | 'cells' | 'conversations';
  /** What the source of the way `conversations` says by itself, as conditions of a message. */
  perMessage: string[];
  /** SQL of the count of all messages of conversations, where nothing else is asked for. */
  wholeCount: string | undefined;
  /** What is searched for, as parameters of their `tsquery`; the sources know nothing of it (`search.ts`). */
  terms: string[];
  /** Clauses of the view without its filters, but with `times`. */
  view: string[];
  /** Clauses of the dates and of the cursor. */
  times: string[];
  /** The count cells that the filters let through. */
  cells: Cells;
  /** A clause for `cells`; undefined when it would say no more than the view. */
  inCells: string | undefined;
  /** The cells say all, so that the count needs no scan. */
  isCounted: boolean;
  /** When the dates and the cells say all. */
  dates: Dates | undefined;
  /** What the filters leave out that few rows are: the count is the whole less those. */
  excluded: Excluded[];
  /** Of few enough texts to prepare each on every connection. */
  isCommon: boolean;
};

/** SQL of the instant at which they begin, and of the one that is no longer theirs; at least one of the two. */
export type Dates = {
  begin: string | undefined;
  end: string | undefined;
  /** The filters tell apart nothing that the counts of days don't. */
  areCounted: boolean;
};

export type Source = { from: string; clauses: string[] };

/** `denial`: the clause of the selection's sources that leaves out what these `sources` have. */
export type Excluded = { denial: string; sources: Source[] };

/** Where the rows of a whole list come from. */
export const MESSAGES = 'communication_threads t';

/** @param after the place of a cursor */
export function selectionOf(
  companyId: string,
  rows: Rows,
  filter: ThreadFilter,
  after: Position | undefined,
): Selection {
  const values: unknown[] = [companyId];
  const given: Given = (value) => `$${values.push(value)}`;
  const order = orderOf(filter);
  const { customer_id: customerId, invoice_id: invoiceId, contact_id: contactId, search } = filter;
  const { logged_by_id: loggedById, strategy_tags: tags, outcome: outcomes } = filter;

  const cells = cellsOf(rows, filter);
  const isWholeView = cells.array === cellsOf(rows === 'message' ? 'message' : 'thread', {}).array;
  const wanted = wantedOfLatest(filter, given);
  const indexed = [contactId, loggedById, tags, outcomes, ...wanted];
  // The indexes of a contact's, a user's and of tagged messages don't hold `is_latest`, like others: the cells say it.
  const hasOwnIndex = indexed.some((one) => one !== undefined);
  const isOfOne = hasOwnIndex || customerId !== undefined || invoiceId !== undefined;
  const saysNoMore = isWholeView && (!hasOwnIndex || rows === 'message');
  const inCells = saysNoMore ? undefined : `t.cell = ANY(${given(cells.array)}::smallint[])`;
  const begin = filter.date_from === undefined ? undefined : dayStart(given(filter.date_from), 0);
  const end = filter.date_to === undefined ? undefined : dayStart(given(filter.date_to), 1);
  const times = [
    ...(begin ? [`t."timestamp" >= ${begin}`] : []),
    ...(end ? [`t."timestamp" < ${end}`] : []),
    ...(after ? [isBehind(order, given, after)] : []),
  ];
  const view = ['t.company_id = $1', ...(rows === 'message' ? [] : [IS_LATEST]), ...times];
  const unwanted = excludedOfLatest(filter);
  const denials = unwanted.map((condition) => not(ofConversation(rows, condition)));
  // A search finds its rows in ways of its own, by the clauses of a source.
  const isPlain = !customerId && !invoiceId && search === undefined;
  // Each outcome's messages are in order in the index; several are merged.
  const merged = isPlain ? outcomes : undefined;
  const areOfFew = isPlain && rows === 'message' && wanted.length > 0 && !merged;
  const filters = [
    ...(inCells ? [inCells] : []),
    ...(contactId ? [isOfContact(given(contactId))] : []),
    ...(loggedById ? [isLoggedBy(given(loggedById))] : []),
    ...(tags ? [hasAnyTag(given(tags))] : []),
    ...(outcomes && !merged ? [hasOutcome(given(outcomes))] : []),
    ...(areOfFew ? [] : wanted.map((condition) => ofConversation(rows, condition))),
    ...denials,
  ];
  const ofOne = ['t.company_id = $1', ...times, ...filters];
  const others = [filter.date_from, filter.date_to, customerId, invoiceId, search, ...indexed];
  const sources = sourcesOf();
  return {
    values,
    order,
    sources,
    way: areOfFew ? 'conversations' : isOfOne || isWholeView ? 'walk' : 'cells',
    perMessage: areOfFew ? wanted.map((condition) => ofConversation(rows, condition)) : [],
    wholeCount: areOfFew && ofOne.length === 1 ? countOfConversations(wanted) : undefined,
    terms: searchTerms(companyId, search ?? '').map(given),
    view,
    times,
    cells,
    inCells,
    isCounted: others.every((other) => other === undefined),
    dates:
      isOfOne || search !== undefined || !(begin || end)
        ? undefined
        : { begin, end, areCounted: isCountedByDay(filter) },
    excluded: excludedFrom(sources),
    isCommon: others.filter((other) => other !== undefined && other !== search).length + unwanted.length <= 1,
  };

  /** Of two that are excluded, the second is without what is the first as well. */
  function excludedFrom(sources: Source[]): Excluded[] {
    return unwanted.map((condition, nth) => ({
      denial: denials[nth] ?? '',
      sources: sources.map(({ from, clauses }) => {
        // Only a latest message is snoozed or assigned: not to ask for that leaves PostgreSQL the index alone.
        const others = clauses.filter((clause) => clause !== IS_LATEST && !denials.slice(nth).includes(clause));
        return rows === 'message' && from === MESSAGES
          ? { from: messagesOfConversations([condition]), clauses: others }
          : { from, clauses: [...others, ofConversation(rows, condition)] };
      }),
    }));
  }

  function sourcesOf(): Source[] {
    if (invoiceId) {
      const invoice = given(invoiceId);
      const customer = customerId && given(customerId);
      if (rows === 'message') {
        const clauses = customer ? [...ofOne, `t.customer_id = ${customer}`] : ofOne;
        return [{ from: messagesOfInvoice(invoice), clauses }];
      }
      const clauses = customer ? [...ofOne, isOfCustomer(rows, customer)] : ofOne;
      return [{ from: latestOf(groupsOfInvoice(invoice)), clauses }];
    }
    if (customerId) {
      const customer = given(customerId);
      const own = [...ofOne, `t.customer_id = ${customer}`];
      if (rows === 'message') return [{ from: MESSAGES, clauses: own }];
      return [
        { from: MESSAGES, clauses: [...own, IS_LATEST] },
        { from: latestOf(groupsOnceOfCustomer(customer)), clauses: ofOne },
      ];
    }
    if (merged)
      return merged.map((outcome) => ({ from: MESSAGES, clauses: [...ofOne, `t.outcome = ${given(outcome)}`] }));
    if (areOfFew) return [{ from: messagesOfConversations(wanted), clauses: ofOne }];
    return [{ from: MESSAGES, clauses: hasOwnIndex ? ofOne : [...view, ...filters] }];
  }
}

// `OFFSET 0` keeps PostgreSQL from turning a look-up of a few rows into a walk through the whole list.

/** The latest messages of groups `o`. */
function latestOf(groups: string): string {
  return `(${groups}) o
      CROSS JOIN LATERAL (SELECT l.*
                          FROM communication_threads l
                          WHERE l.company_id = $1 AND l.thread_group_id = o.thread_group_id AND l.is_latest
                          OFFSET 0) t`;
}

/** Conversations that have a message of the customer, but whose latest one isn't theirs. */
function groupsOnceOfCustomer(customer: string): string {
  return `SELECT f.thread_group_id
       FROM former_customers f
       WHERE f.company_id = $1 AND f.customer_id = ${customer}`;
}

function groupsOfInvoice(invoice: string): string {
  return `SELECT DISTINCT t.thread_group_id FROM ${messagesOfInvoice(invoice)}`;
}

function messagesOfInvoice(invoice: string): string {
  return `(SELECT l.thread_id
       FROM communication_thread_invoices l
       WHERE l.company_id = $1 AND l.invoice_id = ${invoice}
       OFFSET 0) i
      CROSS JOIN LATERAL (SELECT m.* FROM communication_threads m WHERE m.company_id = $1 AND m.id = i.thread_id OFFSET 0) t`;
}
