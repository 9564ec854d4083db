/** Generates `src/client/openapi.ts` from the schemas of the routes: `npm run client:generate`. */
import { writeFile } from 'node:fs/promises';
import { clientTypes } from './client-types.ts';

await writeFile(new URL('../src/client/openapi.ts', import.meta.url), await clientTypes());
process.stdout.write('src/client/openapi.ts is current\n');
