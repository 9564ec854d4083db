/**
 * Ids and times of the examples in the OpenAPI document. All examples are of one company, the demo's, so that they can be
 * tried on the demo unchanged. Imports nothing.
 */

export const EXAMPLE_IDS = {
  company: '019dab30-df00-7d92-b24c-8e65d5d3495f',
  user: '019dab30-df00-78d9-acc9-ec4201fb62f7',
  customer: '019dab30-df00-7212-a672-29797144857e',
  contact: '019dab30-df00-7fd6-86eb-bae7d2602aa1',
  invoice: '01a10d38-f900-74b0-b88c-838cda34844b',
  scheduledAction: '019dab30-df00-7aa6-b8df-48180a1eaf97',
  scheduledTouchpoint: '019dab30-df00-7ddc-93de-12611820b046',
  threadGroup: '01a0167b-6648-73d9-87ee-67598f804cb3',
  olderThread: '01a0167b-6648-7b49-97b0-8d16e506be71',
  thread: '01a01a5d-ebf0-7162-813c-ba360cda8a66',
  attachment: '01a016a4-04b8-7f4a-83fb-adf577fcd861',
  threadNote: '01a01a6e-89d8-770f-85ce-2e5b78845dab',
  manualLog: '01a1d0b8-4660-735b-b7e0-86139f34bd11',
  manualLogGroup: '01a1d0b8-4660-7291-9a8b-ed50ac72c170',
  promise: '019e1c98-3e46-7a43-86ff-3be749580a12',
  request: '019e1c98-3e45-7932-95ee-2ad638479f01',
} as const;

export const EXAMPLE_TIMES = {
  older: '2026-05-11T09:12:00.000Z',
  latest: '2026-05-12T14:30:00.000Z',
  callEnd: '2026-05-12T14:34:10.000Z',
  followUp: '2026-06-08T07:00:00.000Z',
} as const;

export const EXAMPLE_CURSOR = 'AQAAAAEAAAGeHJg-QAGeHJg-QHTdgJnVgePySrxf7d0F0o1wqk2J3m8eVbHc';
