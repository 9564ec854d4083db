import { ApiError, company, get, session } from './api.js';
import {
  announce,
  field,
  h,
  longTime,
  money,
  newId,
  options,
  replaceKeepingFocus,
  shortDate,
  shortTime,
  words,
} from './dom.js';
import { messageArticle } from './message.js';
import { listMembers } from './reference-data.js';

const NOTES_SHOWN = 100;

/**
 * The right pane: one conversation with its messages and notes, and the actions on it.
 * @param onChanged called after a write, with the conversation
 * @param onLog called when the user logs a call about this conversation
 * @param onBack called when the user returns to the list
 */
export function conversation({ onChanged, onLog, onBack }) {
  let thread = null;
  let members;
  let turn = 0;
  /** The nodes of messages and notes by id and version, so that a refresh doesn't reload mail frames. */
  let shown = new Map();
  /**
   * The data that the head shows. The head is rendered only when it changes, so that a choice in progress isn't lost.
   */
  let shownHead = '';
  let shownFollowUp;

  const head = h('header', { className: 'head' });
  const timeline = h('ol', { className: 'timeline', 'aria-label': 'Messages and notes, oldest first' });
  /** Created once, so that rendering the head doesn't discard a date that is being typed. */
  const date = h('input', { type: 'date', id: 'follow-up', required: true });
  const note = h('textarea', { rows: '3', id: 'note', placeholder: 'Only your team sees this.', maxlength: '20000' });
  const composer = h(
    'form',
    { className: 'composer', onsubmit: addNote },
    field('Add a note', note),
    h('button', { type: 'submit' }, 'Save note'),
  );
  const empty = h('p', { className: 'empty' }, 'Choose a conversation.');
  const content = h('div', { className: 'scroll', hidden: true }, head, timeline, composer);
  const node = h('section', { className: 'reader', 'aria-label': 'Conversation' }, empty, content);

  async function load(threadId, { isQuiet = false } = {}) {
    const own = ++turn;
    if (!isQuiet) node.setAttribute('aria-busy', 'true');
    try {
      const [found, notes] = await Promise.all([
        get(`communications/threads/${threadId}`),
        get('thread-notes', { thread_id: threadId, page_size: NOTES_SHOWN }),
      ]);
      if (own !== turn) return;
      const isOther = found.thread_group_id !== thread?.thread_group_id;
      thread = found;
      if (isOther) reset();
      if (describeHead() !== shownHead) renderHead();
      renderTimeline(notes.data);
      empty.hidden = true;
      content.hidden = false;
      if (isOther) {
        content.scrollTop = 0;
        document.getElementById('conversation-title')?.focus();
        loadMembers();
      }
    } catch (error) {
      if (own !== turn) return;
      showNothing(error.status === 404 ? 'This conversation no longer exists.' : error.message);
    } finally {
      if (own === turn) node.removeAttribute('aria-busy');
    }
  }

  function reset() {
    shown = new Map();
    shownHead = '';
    shownFollowUp = undefined;
    note.value = '';
    timeline.replaceChildren();
  }

  function showNothing(text) {
    turn += 1;
    thread = null;
    empty.textContent = text;
    empty.hidden = false;
    content.hidden = true;
  }

  async function loadMembers() {
    if (members !== undefined) return;
    members = await listMembers().catch(() => null);
    if (thread) renderHead();
  }

  /** The data of the head: everything except the messages. */
  function describeHead() {
    const { messages: _messages, body: _body, ...own } = thread;
    return JSON.stringify([own, members]);
  }

  function renderHead() {
    shownHead = describeHead();
    replaceKeepingFocus(
      head,
      h('button', { type: 'button', className: 'back', id: 'back', onclick: onBack }, '‹ Conversations'),
      h('h2', { id: 'conversation-title', tabindex: '-1' }, thread.subject || 'No subject'),
      h(
        'p',
        { className: 'about' },
        h('span', {}, thread.customer_name ?? 'No customer'),
        thread.contact_name && h('span', {}, thread.contact_name),
        (thread.invoices ?? []).map(({ number }) => h('span', { className: 'badge' }, number)),
      ),
      facts(thread),
      h(
        'div',
        { className: 'actions' },
        h(
          'button',
          {
            type: 'button',
            id: 'resolve',
            className: thread.is_resolved ? '' : 'primary',
            onclick: () =>
              change({ is_resolved: !thread.is_resolved }, thread.is_resolved ? 'Open again.' : 'Resolved.'),
          },
          thread.is_resolved ? 'Reopen' : 'Resolve',
        ),
        h('button', { type: 'button', id: 'log-about', onclick: () => onLog(thread) }, 'Log a call'),
        assign(),
        followUp(),
      ),
    );
  }

  function assign() {
    const known = members ?? (session.user ? [[session.user.id, session.user.name]] : []);
    const current = thread.assignee ? [[thread.assignee.id, thread.assignee.name]] : [];
    const all = new Map([...current, ...known]);
    const select = h(
      'select',
      {
        id: 'assignee',
        onchange: () =>
          change(
            { assignee_id: select.value || null },
            select.value ? `Assigned to ${all.get(select.value)}.` : 'Not assigned.',
          ),
      },
      options(
        [...all].map(([id, name]) => [id, id === session.user?.id ? `${name} (me)` : name]),
        { blank: 'Not assigned' },
      ),
    );
    select.value = thread.assignee?.id ?? '';
    return h('label', { className: 'inline' }, 'Assigned to', select);
  }

  function followUp() {
    if (thread.follow_up_at !== shownFollowUp) date.value = thread.follow_up_at ? localDate(thread.follow_up_at) : '';
    shownFollowUp = thread.follow_up_at;
    return h(
      'form',
      {
        className: 'inline',
        onsubmit: (event) => {
          event.preventDefault();
          change(
            { follow_up_at: new Date(`${date.value}T09:00`).toISOString() },
            `Follow-up on ${shortDate(date.value)}.`,
          );
        },
      },
      h('label', { htmlFor: 'follow-up' }, 'Follow up on'),
      date,
      h('button', { type: 'submit', id: 'follow-up-set' }, 'Set'),
      thread.follow_up_at &&
        h(
          'button',
          { type: 'button', id: 'follow-up-clear', onclick: () => change({ follow_up_at: null }, 'No follow-up.') },
          'Clear',
        ),
    );
  }

  async function change(body, announcement) {
    try {
      await company('PATCH', `communications/threads/${thread.id}`, { body });
      announce(announcement);
      await load(thread.id, { isQuiet: true });
      onChanged(thread);
    } catch (error) {
      announce(error.message);
      renderHead();
    }
  }

  async function addNote(event) {
    event.preventDefault();
    const errorNode = composer.querySelector('.field-error');
    errorNode.hidden = true;
    try {
      await company('POST', 'thread-notes', { body: { thread_id: thread.id, content: note.value } });
      note.value = '';
      announce('Note saved.');
      await load(thread.id, { isQuiet: true });
    } catch (error) {
      errorNode.textContent =
        error instanceof ApiError ? (Object.values(error.errors)[0]?.[0] ?? error.message) : String(error);
      errorNode.hidden = false;
      note.focus();
    }
  }

  /** Shows messages and notes in chronological order, with the last message open. */
  function renderTimeline(notes) {
    const { messages, ...own } = thread;
    const all = [...messages, own].sort((one, other) => (one.timestamp < other.timestamp ? -1 : 1));
    const last = all.at(-1);
    const entries = [
      ...all.map((message) => [
        message.timestamp,
        `${message.id} ${message.updated_at}`,
        () => messageArticle(message, { isOpen: message === last }),
      ]),
      ...notes.map((entry) => [entry.created_at, `${entry.id} ${entry.updated_at}`, () => noteItem(entry)]),
    ].sort(([one], [other]) => (one < other ? -1 : 1));
    const before = shown;
    shown = new Map(entries.map(([, key, make]) => [key, before.get(key) ?? make()]));
    const wanted = [...shown.values()];
    for (const child of [...timeline.children]) if (!wanted.includes(child)) child.remove();
    // A node at the right index isn't moved, because moving a frame reloads it.
    for (const [n, child] of wanted.entries())
      if (timeline.children[n] !== child) timeline.insertBefore(child, timeline.children[n] ?? null);
  }

  return {
    node,
    open: (threadId) => load(threadId),
    refresh: () => thread && load(thread.id, { isQuiet: true }),
    close: () => showNothing('Choose a conversation.'),
    get thread() {
      return thread;
    },
  };
}

function noteItem({ author, content, created_at: createdAt }) {
  const id = newId('note');
  return h(
    'li',
    { className: 'note', 'aria-labelledby': id },
    h(
      'p',
      { className: 'who', id },
      h('strong', {}, author?.name ?? 'Someone'),
      ' added a note, ',
      h('time', { datetime: createdAt }, longTime(createdAt)),
    ),
    h('div', { className: 'text' }, content),
  );
}

/** The status, outcome, promise, dispute and follow-up of the conversation. */
function facts({
  is_resolved: isResolved,
  requires_response: requiresResponse,
  outcome,
  promise,
  dispute,
  follow_up_at: followUpAt,
}) {
  const shown = [
    isResolved ? ['Status', 'Resolved'] : ['Status', requiresResponse ? 'Waiting for your response' : 'Open'],
    outcome && ['Outcome', words(outcome)],
    promise && [
      'Promise',
      `${money(promise.amount, promise.currency)} by ${shortDate(promise.due_on)}, ${promise.status}`.trim(),
    ],
    dispute && ['Dispute', words(dispute.reason)],
    followUpAt && ['Follow-up', shortTime(followUpAt)],
  ].filter(Boolean);
  return h(
    'dl',
    { className: 'facts' },
    shown.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

/** The day in the browser's time zone, in the format of a date field. */
function localDate(iso) {
  const time = new Date(iso);
  const two = (number) => String(number).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}
