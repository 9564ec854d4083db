import { company, eventsUrl, session } from './api.js';

/**
 * Receives the company's events. A ticket opens one connection, so a lost connection is reopened with a new ticket and
 * continues after the last event, so that none is missed.
 */
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

/**
 * @param onEvent called with each event
 * @param onState called with `live` or `waiting`
 * @returns a function that ends the stream
 */
export function follow(onEvent, onState) {
  let source;
  let after;
  let timer;
  let failures = 0;
  let isOver = false;

  async function connect() {
    if (isOver || !session) return;
    try {
      const { ticket } = await company('POST', 'communications/events/ticket');
      if (isOver) return;
      source = new EventSource(eventsUrl({ ticket, after }));
      source.onopen = () => {
        failures = 0;
        onState('live');
      };
      source.onmessage = (message) => {
        after = message.lastEventId;
        onEvent(JSON.parse(message.data));
      };
      source.onerror = reconnect;
    } catch {
      reconnect();
    }
  }

  function reconnect() {
    source?.close();
    if (isOver) return;
    onState('waiting');
    clearTimeout(timer);
    timer = setTimeout(connect, Math.min(FIRST_PAUSE_MS * 2 ** failures++, MAX_PAUSE_MS));
  }

  connect();
  return () => {
    isOver = true;
    clearTimeout(timer);
    source?.close();
  };
}
