import { Type } from '@sinclair/typebox';
import { Answer, MediaTypes } from '../../http/schema.ts';

export const Health = Answer(
  { status: Type.String({ description: 'Always `ok`.', examples: ['ok'] }) },
  { $id: 'Health', description: 'All is well.', examples: [{ status: 'ok' }] },
);

export const Exposition = MediaTypes<string>('Metrics in the text format of Prometheus.', {
  'text/plain': Type.String({ examples: ['communications_event_streams 3\n'] }),
});
