import { readNylasEvent } from './event.ts';

/** The task of the thread that `delivery.ts` starts. */
export default readNylasEvent;
