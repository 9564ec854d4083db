import { Type } from '@sinclair/typebox';
import { Answer } from '../schemas.ts';

export const Health = Answer(
  { status: Type.String({ description: 'Always `ok`.', examples: ['ok'] }) },
  { $id: 'Health', description: 'All is well.', examples: [{ status: 'ok' }] },
);
