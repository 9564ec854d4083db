import { Type } from '@sinclair/typebox';
import { doc, MediaTypes, ResponseObject } from '../../http/schema.ts';

const status = Type.String(doc('Always `ok`.', 'ok'));

export const Health = ResponseObject(
  { status, version: Type.String(doc('The version of the server.', '1.2.0')) },
  { $id: 'Health', description: 'The process is running.', examples: [{ status: 'ok', version: '1.2.0' }] },
);

export const Readiness = ResponseObject(
  { status },
  { $id: 'Readiness', description: 'The server is ready.', examples: [{ status: 'ok' }] },
);

export const Exposition = MediaTypes<string>('Metrics in the text format of Prometheus.', {
  'text/plain': Type.String({ examples: ['communications_event_streams 3\n'] }),
});
