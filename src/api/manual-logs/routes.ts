import type { KeyRing } from '../../crypto/key-ring.ts';
import { createOnce } from '../../http/create-once.ts';
import { IdempotencyHeaders } from '../../http/idempotency.ts';
import { operation } from '../../http/operation.ts';
import { CompanyParams } from '../../http/schema.ts';
import { CommunicationThreadDetail } from '../threads/schema.ts';
import { findReferenceErrors } from './references.ts';
import { ManualLog } from './schema.ts';
import { logManualCommunication } from './service.ts';

export const logManualCommunicationOperation = ({ ring }: { ring: KeyRing }) =>
  operation(
    {
      operationId: 'logManualCommunication',
      summary: 'Log manual communication',
      description:
        'Creates a manual communication log entry for outreach outside the connected channels, such as a phone call, an ' +
        'in-person meeting or an external email. The `scheduled_action_id` or `scheduled_touchpoint_id` is marked completed ' +
        'in the same transaction.',
      tags: ['Manual logs'],
      params: CompanyParams,
      headers: IdempotencyHeaders,
      body: ManualLog,
      response: { 201: CommunicationThreadDetail },
    },
    { access: 'write', authorizesItself: true, referenceErrors: findReferenceErrors },
    async (request, reply) => {
      const { company_id: companyId } = request.params;
      return createOnce(request, reply, ring, async (tx, logger) => {
        const created = await logManualCommunication(tx, ring, companyId, logger, request.body);
        return { created, location: `/api/companies/${companyId}/communications/threads/${created.id}` };
      });
    },
  );
