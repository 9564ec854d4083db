import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createCorrespondence, mail, OWN_ADDRESS, postNylas } from '../support/ingest.ts';

/** Which questions an answer answers is found in time that doesn't grow with questions times answers times recipients. */

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const QUESTIONS = 400;
const OTHER_MAILS = 100;
const THREAD = { thread_id: 'long', reply_to: [], cc: [] };

/** Copies a stored mail within its conversation. */
async function copy(companyId: string, providerId: string, times: number): Promise<void> {
  const columns = `thread_group_id, communication_type, source, direction, is_latest, requires_response, is_ar_related, is_automatic,
                   is_answer, customer_id, subject, body, from_address, to_addresses, cc_addresses`;
  await t.db.query({
    text: `INSERT INTO communication_threads (company_id, id, "timestamp", ${columns})
           SELECT company_id, gen_random_uuid(), "timestamp" - n * interval '1 second', ${columns.replace('is_latest', 'false')}
           FROM communication_threads, generate_series(1, $3) n
           WHERE company_id = $1 AND provider_message_id = $2`,
    values: [companyId, providerId, times],
  });
}

const open = async (companyId: string) => {
  const [row] = await t.db.query<{ count: number }>({
    text: 'SELECT count(*)::int AS count FROM communication_threads WHERE company_id = $1 AND requires_response',
    values: [companyId],
  });
  return row?.count;
};

it('hundreds of questions and our mails to many others in one conversation; then one answer closes them all', async () => {
  const { companyId, grantId } = await createCorrespondence(t.db);
  const ours = { ...THREAD, from: [{ email: OWN_ADDRESS }], folders: ['SENT'], bcc: [], body: '<p>Hello.</p>' };
  const strangers = Array.from({ length: 50 }, (_, nth) => ({ email: `p${nth}@else${nth}.example` }));
  const question = { ...THREAD, id: 'question', subject: 'Invoice', body: '<p>When is the invoice due?</p>' };
  expect(await postNylas(t, mail(grantId, question))).toMatchObject({ state: 'applied' });
  expect(await postNylas(t, mail(grantId, { ...ours, id: 'other', to: strangers }))).toMatchObject({
    state: 'applied',
  });
  await copy(companyId, 'question', QUESTIONS);
  await copy(companyId, 'other', OTHER_MAILS);
  expect(await open(companyId)).toBe(QUESTIONS + 1);

  const toOthers = {
    ...ours,
    id: 'others',
    to: Array.from({ length: 2_000 }, (_, n) => ({ email: `q${n}@x${n}.example` })),
  };
  expect(await postNylas(t, mail(grantId, toOthers))).toMatchObject({ state: 'applied' });
  expect(await open(companyId)).toBe(QUESTIONS + 1);

  const answer = { ...ours, id: 'answer', to: [{ email: 'ann.reed@acme.example' }] };
  expect(await postNylas(t, mail(grantId, answer))).toMatchObject({ state: 'applied' });
  expect(await open(companyId)).toBe(0);
});
