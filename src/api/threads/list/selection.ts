import { searchTerms } from '../../../conversations/search-words.ts';
import type { Position } from '../../../http/lists/pagination.ts';
import {
  type Bind,
  type DateRange,
  dateRange,
  IS_LATEST,
  isBehind,
  isOfCustomer,
  isWithin,
  type Order,
  orderOf,
  ownConditions,
} from './conditions.ts';
import { type Cells, cellsOf, isCountedByDay, type ListView, type ThreadFilter } from './filters.ts';
import {
  countOfConversations,
  excludedOfLatest,
  messagesOfConversations,
  not,
  type OnLatest,
  ofConversation,
  wantedOfLatest,
} from './follow-up.ts';

/**
 * The rows of a list as SQL over messages `t`; `$1` is the company. The view determines the rows, to which the filters are
 * applied (contract §3). Booleans are literals, because PostgreSQL can't use a partial index with a parameter.
 */
export type Selection = {
  values: unknown[];
  order: Order;
  /** The rows are the union of these sources, which have no row in common. */
  sources: RowSource[];
  /**
   * The plan of the page. `scan`: read each source in the order of the list. `cells`, `conversations`: see `page.ts`.
   */
  pagePlan: 'scan' | 'cells' | 'conversations';
  /** With the plan `conversations`: the conditions that its source implies, for a scan of all messages. */
  perMessage: string[];
  /** With the plan `conversations` and no other filter: the SQL of the count. */
  wholeCount: string | undefined;
  /**
   * The `tsquery` parameters of the search terms; the clauses of the sources don't include the search (`search.ts`).
   */
  terms: string[];
  /** The clauses of the view and of `times`, without the other filters. */
  viewClauses: string[];
  /** The clauses of the dates and of the cursor. */
  times: string[];
  /** The count cells that match the filters. */
  cells: Cells;
  /** The clause for `cells`; undefined when the view implies it. */
  inCells: string | undefined;
  /** Whether `cells` express all filters, so that the counters have the count. */
  isCounted: boolean;
  /** Defined when dates and `cells` express all filters. */
  dates: Dates | undefined;
  /** The few rows that filters exclude: the count is the total minus these. */
  excluded: Excluded[];
  /** Whether there are so few texts of this kind that each is prepared on every connection. */
  isCommon: boolean;
};

/** At least one end of the range is defined. */
export type Dates = DateRange & {
  /** Whether the daily counters have all columns that the filters use. */
  areCounted: boolean;
};

export type RowSource = { from: string; clauses: string[] };

/** `denial`: the clause in the selection's sources that excludes the rows of these `sources`. */
export type Excluded = { denial: string; sources: RowSource[] };

/** The FROM clause of all messages. */
export const MESSAGES = 'communication_threads t';

/** @param after the position of a cursor */
export function selectionOf(
  companyId: string,
  view: ListView,
  filter: ThreadFilter,
  after: Position | undefined,
): Selection {
  const values: unknown[] = [companyId];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const wanted = wantedOfLatest(filter, bind);
  const unwanted = excludedOfLatest(filter);
  const plan = planOf(view, filter, wanted.length > 0);
  const conditions = conditionsOf(plan, view, filter, { wanted, unwanted, after }, bind);
  const { viewClauses, times, cells, inCells, begin, end, denials, filters } = conditions;
  const sources = sourcesOf(plan, view, filter, { wanted, viewClauses, times, filters }, bind);
  const further = [filter.date_from, filter.date_to, ...plan.selective, ...wanted].filter((one) => one !== undefined);
  const { search } = filter;
  return {
    values,
    order: orderOf(filter),
    sources,
    pagePlan: plan.pagePlan,
    perMessage: plan.isOfFew ? wanted.map((condition) => ofConversation(view, condition)) : [],
    wholeCount: plan.isOfFew && times.length + filters.length === 0 ? countOfConversations(wanted) : undefined,
    terms: searchTerms(companyId, search ?? '').map(bind),
    viewClauses,
    times,
    cells,
    inCells,
    isCounted: further.length === 0 && search === undefined,
    dates:
      plan.isOfOne || search !== undefined || !(begin || end)
        ? undefined
        : { begin, end, areCounted: isCountedByDay(filter) },
    excluded: excludedFrom(sources, view, unwanted, denials),
    isCommon: further.length + unwanted.length <= 1,
  };
}

/** How the rows are found, which depends on the filters that are given and not on their values. */
type Plan = {
  pagePlan: Selection['pagePlan'];
  /** The filters that choose few rows of a company. */
  selective: unknown[];
  /** An index holds the rows of a filter in the order of the list. */
  hasOwnIndex: boolean;
  /** The rows are those of one customer, invoice, contact, user, tag, outcome or follow-up. */
  isOfOne: boolean;
  /** The view implies the clause on the count cells. */
  impliesCells: boolean;
  /** Each outcome is a source of its own. */
  mergesOutcomes: boolean;
  /** The rows are the messages of few conversations, those whose latest message is snoozed or assigned. */
  isOfFew: boolean;
};

function planOf(view: ListView, filter: ThreadFilter, isOnLatest: boolean): Plan {
  const { customer_id: customerId, invoice_id: invoiceId, outcome, search } = filter;
  const indexed = [filter.contact_id, filter.logged_by_id, filter.strategy_tags, outcome];
  // The indexes by contact, user and tag lack `is_latest`, which the clause on `cells` replaces.
  const hasOwnIndex = isOnLatest || indexed.some((one) => one !== undefined);
  const isOfOne = hasOwnIndex || customerId !== undefined || invoiceId !== undefined;
  const isWholeView = cellsOf(view, filter).array === cellsOf(view === 'message' ? 'message' : 'thread', {}).array;
  // `search.ts` plans searches itself, from the clauses of the sources.
  const isPlain = !customerId && !invoiceId && search === undefined;
  // The index is in the order of the list within one outcome, so several outcomes are separate sources that are merged.
  const mergesOutcomes = isPlain && outcome !== undefined;
  const isOfFew = isPlain && view === 'message' && isOnLatest && !mergesOutcomes;
  return {
    pagePlan: isOfFew ? 'conversations' : isOfOne || isWholeView ? 'scan' : 'cells',
    selective: [customerId, invoiceId, ...indexed],
    hasOwnIndex,
    isOfOne,
    impliesCells: isWholeView && (!hasOwnIndex || view === 'message'),
    mergesOutcomes,
    isOfFew,
  };
}

type OnLatestMessage = { wanted: OnLatest[]; unwanted: OnLatest[]; after: Position | undefined };

/** A clause for each filter, except for those that the sources express. */
function conditionsOf(
  plan: Plan,
  view: ListView,
  filter: ThreadFilter,
  { wanted, unwanted, after }: OnLatestMessage,
  bind: Bind,
) {
  const { outcome: _outcome, ...withoutOutcome } = filter;
  const cells = cellsOf(view, filter);
  const inCells = plan.impliesCells ? undefined : `t.cell = ANY(${bind(cells.array)}::smallint[])`;
  const { begin, end } = dateRange(filter, bind);
  const times = [...isWithin({ begin, end }), ...(after ? [isBehind(orderOf(filter), bind, after)] : [])];
  const viewClauses = ['t.company_id = $1', ...(view === 'message' ? [] : [IS_LATEST]), ...times];
  const denials = unwanted.map((condition) => not(ofConversation(view, condition)));
  const filters = [
    ...(inCells ? [inCells] : []),
    ...ownConditions(plan.mergesOutcomes ? withoutOutcome : filter, bind),
    ...(plan.isOfFew ? [] : wanted.map((condition) => ofConversation(view, condition))),
    ...denials,
  ];
  return { cells, inCells, begin, end, times, viewClauses, denials, filters };
}

type Clauses = { wanted: OnLatest[]; viewClauses: string[]; times: string[]; filters: string[] };

function sourcesOf(plan: Plan, view: ListView, filter: ThreadFilter, clauses: Clauses, bind: Bind): RowSource[] {
  const { invoice_id: invoiceId, customer_id: customerId, outcome: outcomes = [] } = filter;
  const { wanted, viewClauses, times, filters } = clauses;
  const ofOne = ['t.company_id = $1', ...times, ...filters];
  if (invoiceId) return [sourceOfInvoice(view, invoiceId, customerId, ofOne, bind)];
  if (customerId) return sourcesOfCustomer(view, bind(customerId), ofOne);
  if (plan.mergesOutcomes)
    return outcomes.map((outcome) => ({ from: MESSAGES, clauses: [...ofOne, `t.outcome = ${bind(outcome)}`] }));
  if (plan.isOfFew) return [{ from: messagesOfConversations(wanted), clauses: ofOne }];
  return [{ from: MESSAGES, clauses: plan.hasOwnIndex ? ofOne : [...viewClauses, ...filters] }];
}

function sourceOfInvoice(
  view: ListView,
  invoiceId: string,
  customerId: string | undefined,
  ofOne: string[],
  bind: Bind,
): RowSource {
  const invoice = bind(invoiceId);
  const customer = customerId && bind(customerId);
  if (view === 'message') {
    const clauses = customer ? [...ofOne, `t.customer_id = ${customer}`] : ofOne;
    return { from: messagesOfInvoice(invoice), clauses };
  }
  const clauses = customer ? [...ofOne, isOfCustomer(view, customer)] : ofOne;
  return { from: latestOf(groupsOfInvoice(invoice)), clauses };
}

function sourcesOfCustomer(view: ListView, customer: string, ofOne: string[]): RowSource[] {
  const own = [...ofOne, `t.customer_id = ${customer}`];
  if (view === 'message') return [{ from: MESSAGES, clauses: own }];
  return [
    { from: MESSAGES, clauses: [...own, IS_LATEST] },
    { from: latestOf(formerGroupsOfCustomer(customer)), clauses: ofOne },
  ];
}

/** Rows that match two exclusions are counted with the first one only. */
function excludedFrom(sources: RowSource[], view: ListView, unwanted: OnLatest[], denials: string[]): Excluded[] {
  return unwanted.map((condition, nth) => ({
    denial: denials[nth] ?? '',
    sources: sources.map(({ from, clauses }) => {
      // Only latest messages are snoozed or assigned, and without that clause an index-only scan is possible.
      const others = clauses.filter((clause) => clause !== IS_LATEST && !denials.slice(nth).includes(clause));
      return view === 'message' && from === MESSAGES
        ? { from: messagesOfConversations([condition]), clauses: others }
        : { from, clauses: [...others, ofConversation(view, condition)] };
    }),
  }));
}

// `OFFSET 0` keeps PostgreSQL from flattening a subquery of a few rows into a scan of the whole list.

/** The latest messages of groups `o`. */
function latestOf(groups: string): string {
  return `(${groups}) o
      CROSS JOIN LATERAL (SELECT l.*
                          FROM communication_threads l
                          WHERE l.company_id = $1 AND l.thread_group_id = o.thread_group_id AND l.is_latest
                          OFFSET 0) t`;
}

/** The conversations with a message of the customer whose latest message isn't the customer's. */
function formerGroupsOfCustomer(customer: string): string {
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
