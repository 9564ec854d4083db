/** Ids and times of the reference's examples, so that every page of it tells of one company. Imports nothing. */

export const EXAMPLE_IDS = {
  company: '019b8d2b-8c00-7b43-9d5f-3c6a1f0e9b21',
  user: '019b8d2b-8c01-7c55-8e11-5d0f6b7a2c34',
  customer: '019b8d2b-8c02-7d66-9f22-6e1a7c8b3d45',
  contact: '019b8d2b-8c03-7e77-8a33-7f2b8d9c4e56',
  invoice: '019b8d2b-8c04-7f88-9b44-803c9eadf567',
  scheduledAction: '019b8d2b-8c05-7099-8c55-914dafbe0678',
  scheduledTouchpoint: '019b8d2b-8c06-71aa-9d66-a25eb0cf1789',
  threadGroup: '019e164e-bf00-72bb-8e77-b36fc1d0289a',
  olderThread: '019e164e-bf01-73cc-9f88-c470d2e139ab',
  thread: '019e1c98-3e40-74dd-8099-d581e3f24abc',
  attachment: '019e1c98-3e41-75ee-91aa-e692f4035bcd',
  threadNote: '019e1c98-3e42-76ff-82bb-f7a305146cde',
  manualLog: '019e1c98-3e43-7710-93cc-08b416257def',
  manualLogGroup: '019e1c98-3e44-7821-84dd-19c527368ef0',
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
