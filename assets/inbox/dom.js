/** Creates elements and formats times and amounts. */

/** Set as properties, because the attributes set only the initial value. */
const PROPERTIES = new Set(['value', 'checked', 'textContent', 'className', 'disabled', 'hidden', 'htmlFor', 'open']);

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  append(node, children);
  return node;
}

export function append(node, children) {
  for (const child of [children].flat(Number.POSITIVE_INFINITY)) {
    if (child !== undefined && child !== null && child !== false) node.append(child);
  }
}

/** Replaces the children and keeps the focus on the element with the same id. */
export function replaceKeepingFocus(parent, ...children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement?.id : undefined;
  parent.replaceChildren();
  append(parent, children);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

let counter = 0;
export const newId = (prefix) => `${prefix}-${++counter}`;

/** A label, its control and an element for the server's error message. */
export function field(label, control, { hint, name } = {}) {
  control.id ||= newId('field');
  const error = h('p', { className: 'field-error', id: `${control.id}-error`, 'data-error-for': name, hidden: true });
  control.setAttribute('aria-describedby', error.id);
  return h(
    'div',
    { className: 'field' },
    h('label', { htmlFor: control.id }, label),
    control,
    hint && h('p', { className: 'hint' }, hint),
    error,
  );
}

export function options(values, { blank } = {}) {
  return [
    blank !== undefined && h('option', { value: '' }, blank),
    ...values.map(([value, text]) => h('option', { value }, text)),
  ].filter(Boolean);
}

/** Shows a message for five seconds, also to screen readers. */
export function announce(text) {
  const region = document.getElementById('announcements');
  region.textContent = text;
  region.classList.add('shown');
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => region.classList.remove('shown'), 5_000);
}

let timeZone;
export function setTimeZone(zone) {
  timeZone = zone;
}

const format = (choice) => new Intl.DateTimeFormat('en', { ...choice, timeZone });

/** The time of day for today, else the day, with the year unless it is the current one. */
export function shortTime(iso) {
  const [time, now] = [new Date(iso), new Date()];
  const day = { year: 'numeric', month: 'short', day: 'numeric' };
  if (format(day).format(time) === format(day).format(now))
    return format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(time);
  const sameYear = format({ year: 'numeric' }).format(time) === format({ year: 'numeric' }).format(now);
  return format(sameYear ? { month: 'short', day: 'numeric' } : day).format(time);
}

export function longTime(iso) {
  return format({
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));
}

/** Formats a date without a time, which has no time zone. */
export function shortDate(date) {
  return new Intl.DateTimeFormat('en', { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

const DAY_MS = 86_400_000;

/** How long a customer has been waiting. */
export function waitingFor(iso) {
  const days = Math.floor((Date.now() - new Date(iso).getTime()) / DAY_MS);
  if (days < 1) return 'waiting since today';
  return days === 1 ? 'waiting 1 day' : `waiting ${days} days`;
}

/** `1250.00`, `USD` → `USD 1,250.00`. Groups the digits as text, without rounding. */
export function money(amount, currency) {
  if (amount === null || amount === undefined) return '';
  const [whole, fraction] = String(amount).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return [currency, fraction === undefined ? grouped : `${grouped}.${fraction}`].filter(Boolean).join(' ');
}

/** `promise_to_pay` → `Promise to pay`. */
export function words(code) {
  const text = code.replaceAll('_', ' ');
  return text[0].toUpperCase() + text.slice(1);
}

/** Calls back once, when there was no call for this many milliseconds. */
export function debounce(callback, ms) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => callback(...given), ms);
  };
}
