import { get } from './api.js';
import { debounce, h, options, replaceKeepingFocus, shortDate, shortTime, waitingFor, words } from './dom.js';
import { picker } from './picker.js';
import { findCustomers } from './reference-data.js';

const PAGE_SIZE = 30;
const LARGEST_PAGE = 500;

/**
 * The views: the name in the URL fragment, the label, and the query of the API. Snoozed conversations aren't in the view
 * `waiting`.
 */
const VIEWS = [
  ['waiting', 'Waiting', () => ({ requires_response: true, is_resolved: false, is_snoozed: false })],
  ['mine', 'Mine', () => ({ assignee_id: 'me', is_resolved: false })],
  ['due', 'Due', () => ({ follow_up_before: new Date().toISOString(), is_resolved: false })],
  ['later', 'Later', () => ({ is_snoozed: true, is_resolved: false })],
  ['open', 'Open', () => ({ is_resolved: false })],
  ['all', 'All', () => ({})],
];
export const VIEW_NAMES = VIEWS.map(([name]) => name);
const EMPTY_TEXTS = {
  waiting: 'No conversation is waiting for a response.',
  mine: 'No open conversation is assigned to you.',
  due: 'No follow-up is due.',
  later: 'No follow-up is planned.',
  open: 'Every conversation is resolved.',
  all: 'There are no conversations.',
};

/** The left pane: filters and rows. Rows are links, so that the browser's back button and new tabs work. */
export function conversationList() {
  const chosen = { view: 'waiting', customer: null, search: '', ordering: '-timestamp' };
  let rows = [];
  let cursor = null;
  let openGroup = null;
  let request = 0;

  const tabs = h('nav', { className: 'views', 'aria-label': 'Views' });
  const search = h('input', {
    type: 'search',
    id: 'search',
    placeholder: 'Search',
    'aria-label': 'Search conversations',
    oninput: debounce(() => choose({ search: search.value.trim() }), 250),
  });
  const customer = picker({
    label: 'Customer',
    placeholder: 'Any customer',
    find: findCustomers,
    onPick: (item) => choose({ customer: item }),
  });
  customer.input.setAttribute('aria-label', 'Customer');
  const order = h(
    'select',
    { id: 'order', 'aria-label': 'Order', onchange: () => choose({ ordering: order.value }) },
    options([
      ['-timestamp', 'Newest first'],
      ['timestamp', 'Oldest first'],
    ]),
  );
  const summary = h('p', { className: 'summary', role: 'status' });
  const list = h('ol', { className: 'rows', onkeydown: moveByArrows });
  const more = h('button', { type: 'button', className: 'more', hidden: true, onclick: loadMore }, 'Show more');
  const node = h(
    'section',
    { className: 'list', 'aria-label': 'Conversations' },
    tabs,
    h('div', { className: 'filters' }, search, customer.node, order),
    summary,
    h('div', { className: 'scroll' }, list, more),
  );

  function choose(change) {
    Object.assign(chosen, change);
    load();
  }

  async function load({ isQuiet = false } = {}) {
    const turn = ++request;
    if (!isQuiet) node.setAttribute('aria-busy', 'true');
    const size = isQuiet ? Math.min(Math.max(rows.length, PAGE_SIZE), LARGEST_PAGE) : PAGE_SIZE;
    try {
      const body = await fetchPage({ page_size: size });
      if (turn !== request) return;
      rows = body.data;
      cursor = body.next_cursor;
      summary.textContent = describe(body);
      render();
    } catch (error) {
      if (turn === request) summary.textContent = error.message;
    } finally {
      if (turn === request) node.removeAttribute('aria-busy');
    }
  }

  async function loadMore() {
    const turn = request;
    const body = await fetchPage({ page_size: PAGE_SIZE, cursor });
    if (turn !== request) return;
    const known = new Set(rows.map((row) => row.thread_group_id));
    const first = body.data.find((row) => !known.has(row.thread_group_id));
    rows.push(...body.data.filter((row) => !known.has(row.thread_group_id)));
    cursor = body.next_cursor;
    render();
    if (first) document.getElementById(`row-${first.thread_group_id}`)?.focus();
  }

  function fetchPage(paging) {
    const [, , filters] = VIEWS.find(([name]) => name === chosen.view);
    const query = { ...filters(), customer_id: chosen.customer?.id, search: chosen.search, ...paging };
    if (chosen.ordering !== '-timestamp') query.ordering = chosen.ordering;
    return get('communications/threads', query);
  }

  function describe({ count, data }) {
    if (count === 0) return chosen.search || chosen.customer ? 'Nothing found.' : EMPTY_TEXTS[chosen.view];
    if (count === null || count === undefined)
      return data.length === 0 ? 'Nothing found.' : 'More than 1,000 conversations';
    return count === 1 ? '1 conversation' : `${count.toLocaleString('en')} conversations`;
  }

  function render() {
    tabs.replaceChildren(
      ...VIEWS.map(([name, label]) =>
        h('a', { href: `#${name}`, 'aria-current': name === chosen.view ? 'page' : undefined }, label),
      ),
    );
    replaceKeepingFocus(list, rows.map(row));
    more.hidden = cursor === null;
  }

  function row(thread) {
    const isOpen = thread.thread_group_id === openGroup;
    const isWaiting = thread.requires_response && !thread.is_resolved;
    return h(
      'li',
      {},
      h(
        'a',
        {
          id: `row-${thread.thread_group_id}`,
          className: isWaiting ? 'row waiting' : 'row',
          href: `#${chosen.view}/${thread.id}`,
          'aria-current': isOpen ? 'true' : undefined,
        },
        h(
          'span',
          { className: 'line' },
          h('strong', {}, thread.customer_name ?? thread.from?.name ?? thread.from?.email ?? 'Unknown sender'),
          h('time', { datetime: thread.timestamp }, shortTime(thread.timestamp)),
        ),
        h(
          'span',
          { className: 'subject' },
          thread.subject || 'No subject',
          thread.message_count > 1 &&
            h('span', { className: 'count', title: 'Messages' }, String(thread.message_count)),
        ),
        h('span', { className: 'preview' }, thread.preview ?? thread.notes ?? words(thread.communication_type)),
        badges(thread, isWaiting),
      ),
    );
  }

  /** Arrow keys move the focus between rows; Tab leaves the list. */
  function moveByArrows(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const links = [...list.querySelectorAll('a.row')];
    const next = links[links.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  return {
    node,
    /** Keeps the current rows until the new ones are loaded. */
    refresh: () => load({ isQuiet: true }),
    async show(view) {
      if (view === chosen.view && rows.length > 0) return;
      chosen.view = view;
      await load();
    },
    markOpen(groupId) {
      openGroup = groupId;
      render();
    },
    focusRow(groupId) {
      (document.getElementById(`row-${groupId}`) ?? list.querySelector('a.row') ?? search).focus();
    },
    get customer() {
      return chosen.customer;
    },
  };
}

function badges(thread, isWaiting) {
  const shown = [
    isWaiting && h('span', { className: 'badge warn' }, waitingFor(thread.timestamp)),
    thread.is_resolved && h('span', { className: 'badge done' }, 'resolved'),
    thread.outcome && thread.outcome !== 'promise_to_pay' && h('span', { className: 'badge' }, words(thread.outcome)),
    thread.promise &&
      h(
        'span',
        { className: `badge promise ${thread.promise.status}` },
        `promised ${shortDate(thread.promise.due_on)}`,
      ),
    thread.assignee && h('span', { className: 'badge' }, thread.assignee.name),
    thread.follow_up_at && h('span', { className: 'badge' }, `follow up ${shortTime(thread.follow_up_at)}`),
  ].filter(Boolean);
  return shown.length > 0 && h('span', { className: 'badges' }, shown);
}
