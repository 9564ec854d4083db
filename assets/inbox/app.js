import { chooseCompany, currentCompany, logOut, onSignedOut, session } from './api.js';
import { conversation } from './conversation.js';
import { conversationList, VIEW_NAMES } from './conversation-list.js';
import { announce, debounce, h, options, setTimeZone } from './dom.js';
import { follow } from './live.js';
import { logForm } from './log-form.js';
import { loginScreen } from './login.js';

/** The URL fragment determines what is shown: `#waiting` a list, `#waiting/<id>` a conversation of it. */

const root = document.getElementById('root');
let endInbox = () => undefined;

onSignedOut(showLogin);
if (session) showInbox();
else showLogin();

function showLogin() {
  endInbox();
  document.title = 'Inbox';
  root.replaceChildren(loginScreen(showInbox));
}

function showInbox() {
  endInbox();
  setTimeZone(currentCompany()?.timezone);
  const list = conversationList();
  const log = logForm((thread) => {
    list.refresh();
    go('all', thread.id);
  });
  const pane = conversation({
    onChanged: () => list.refresh(),
    onLog: (thread) => log.open(thread),
    onBack: back,
  });
  const state = h('span', { className: 'live waiting', role: 'status' }, 'Connecting');
  const screen = h(
    'div',
    { className: 'inbox' },
    h(
      'header',
      { className: 'bar' },
      h('h1', {}, companyChoice()),
      state,
      h(
        'button',
        {
          type: 'button',
          id: 'log',
          className: 'primary',
          onclick: () => log.open(pane.thread ?? customerOnly(list.customer)),
        },
        'Log a call',
      ),
      h('button', { type: 'button', id: 'log-out', onclick: logOut }, 'Log out'),
    ),
    h('main', {}, list.node, pane.node),
    log.node,
  );
  root.replaceChildren(screen);
  let shownGroup = null;

  async function route() {
    const [view, threadId] = readFragment();
    screen.classList.toggle('reading', Boolean(threadId));
    const isListed = list.show(view);
    if (threadId) {
      await pane.open(threadId);
      shownGroup = pane.thread?.thread_group_id ?? null;
      await isListed;
      list.markOpen(shownGroup);
    } else {
      pane.close();
      await isListed;
      list.markOpen(null);
      if (shownGroup) list.focusRow(shownGroup);
      shownGroup = null;
    }
  }

  function back() {
    go(readFragment()[0]);
  }

  const refresh = debounce(() => list.refresh(), 400);
  const refreshPane = debounce(() => pane.refresh(), 400);
  const stopFollowing = follow(
    (event) => {
      refresh();
      const isOpen = event.thread_group_id && event.thread_group_id === pane.thread?.thread_group_id;
      if (isOpen || !event.thread_group_id) refreshPane();
      if (event.user_id !== session?.user?.id || !event.user_id) announceEvent(event, isOpen);
    },
    (now) => {
      state.textContent = now === 'live' ? 'Live' : 'Reconnecting';
      state.className = `live ${now}`;
    },
  );

  function onKey(event) {
    if (
      event.key === 'Escape' &&
      !event.defaultPrevented &&
      !document.querySelector('dialog[open]') &&
      readFragment()[1]
    )
      back();
  }

  window.addEventListener('hashchange', route);
  window.addEventListener('keydown', onKey);
  endInbox = () => {
    stopFollowing();
    window.removeEventListener('hashchange', route);
    window.removeEventListener('keydown', onKey);
    endInbox = () => undefined;
  };
  document.title = `${currentCompany()?.name ?? 'Inbox'}`;
  route();
}

function companyChoice() {
  if (session.companies.length < 2) return currentCompany()?.name ?? 'Inbox';
  const select = h(
    'select',
    {
      'aria-label': 'Company',
      onchange: () => {
        chooseCompany(select.value);
        history.replaceState(null, '', '#waiting');
        showInbox();
      },
    },
    options(session.companies.map(({ id, name }) => [id, name])),
  );
  select.value = session.companyId;
  return select;
}

function announceEvent({ type }, isOpen) {
  if (type === 'thread.created') announce(isOpen ? 'A new message in this conversation.' : 'A new message arrived.');
  else if (type === 'import.completed') announce('An import was completed.');
}

function customerOnly(customer) {
  return customer ? { customer_id: customer.id, customer_name: customer.name } : undefined;
}

function go(view, threadId) {
  location.hash = threadId ? `${view}/${threadId}` : view;
}

function readFragment() {
  const [view, threadId] = location.hash.slice(1).split('/');
  return [VIEW_NAMES.includes(view) ? view : 'waiting', threadId];
}
