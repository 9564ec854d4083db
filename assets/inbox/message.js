import { download } from './api.js';
import { announce, h, longTime, words } from './dom.js';
import { mailFrame } from './mail.js';

/** One message of a conversation. Older messages are collapsed; the frame of a mail is created when it is expanded. */
export function messageArticle(message, { isOpen }) {
  const content = h('div', { className: 'content' });
  const details = h(
    'details',
    { className: `message ${message.direction}`, open: isOpen, ontoggle: fill },
    h(
      'summary',
      {},
      h('span', { className: 'who' }, h('strong', {}, sender(message)), kind(message)),
      h('time', { datetime: message.timestamp }, longTime(message.timestamp)),
      h('span', { className: 'preview' }, message.preview ?? message.notes ?? ''),
    ),
    content,
  );
  fill();

  function fill() {
    if (!details.open || content.childNodes.length > 0) return;
    content.append(...body(message), ...attachments(message));
  }
  return h('li', {}, details);
}

function sender(message) {
  const name = message.from?.name || message.from?.email;
  if (name) return name;
  if (message.logged_by) return message.logged_by.name;
  return message.direction === 'inbound' ? (message.customer_name ?? 'Customer') : 'Your team';
}

function kind(message) {
  const { call, communication_type: type, source } = message;
  if (call)
    return ` ${words(type)}, ${call.status}${call.duration_seconds ? `, ${duration(call.duration_seconds)}` : ''}`;
  if (source === 'manual') return ` logged ${type === 'other' || type === 'manual' ? 'an entry' : `a ${type}`}`;
  const to = message.to?.map((party) => party.name || party.email).join(', ');
  return to ? ` to ${to}` : ` ${words(type)}`;
}

function duration(seconds) {
  return seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function body(message) {
  if (message.body_truncated) return [h('p', { className: 'hint' }, 'This message is too long to show here.')];
  if (message.body && message.body_type === 'text/html')
    return mailFrame(message.body, `Message from ${sender(message)}`).filter(Boolean);
  const text = message.body ?? message.notes ?? message.preview;
  return [text ? h('div', { className: 'text' }, text) : h('p', { className: 'hint' }, 'This message has no text.')];
}

function attachments(message) {
  const files = (message.attachments ?? []).filter((file) => !file.is_inline);
  if (files.length === 0) return [];
  return [
    h(
      'ul',
      { className: 'attachments', 'aria-label': 'Attachments' },
      files.map((file) =>
        h(
          'li',
          {},
          h(
            'button',
            { type: 'button', onclick: () => save(message, file) },
            `${file.filename ?? 'Attachment'}`,
            h('small', {}, size(file.size_bytes)),
          ),
        ),
      ),
    ),
  ];
}

async function save(message, file) {
  try {
    const bytes = await download(`communications/emails/${message.id}/attachments/${file.id}`);
    const url = URL.createObjectURL(bytes);
    h('a', { href: url, download: file.filename ?? 'attachment' }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    announce(`${file.filename ?? 'The attachment'} can’t be downloaded: ${error.message}`);
  }
}

function size(bytes) {
  if (!bytes) return '';
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
