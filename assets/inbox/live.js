import { company, eventsAddress, session } from './api.js';

/**
 * Changes as they happen. A ticket opens one connection, so a lost one is made again with a new ticket, from the last
 * event on: nothing is missed in between.
 */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * @param onEvent with each change
 * @param onState with `live` or `waiting`
 * @returns ends it
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
      source = new EventSource(eventsAddress({ ticket, after }));
      source.onopen = () => {
        failures = 0;
        onState('live');
      };
      source.onmessage = (message) => {
        after = message.lastEventId;
        onEvent(JSON.parse(message.data));
      };
      source.onerror = again;
    } catch {
      again();
    }
  }

  function again() {
    source?.close();
    if (isOver) return;
    onState('waiting');
    clearTimeout(timer);
    timer = setTimeout(connect, Math.min(FIRST_PAUSE_MS * 2 ** failures++, LONGEST_PAUSE_MS));
  }

  connect();
  return () => {
    isOver = true;
    clearTimeout(timer);
    source?.close();
  };
}
