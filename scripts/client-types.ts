import openapiTS, { astToString } from 'openapi-typescript';
import { openApiDocument } from './openapi-document.ts';

const HEADER = `/**
 * The types of the API, generated from its OpenAPI document by openapi-typescript: \`npm run client:generate\`. Never
 * edited by hand; \`test/client/client.test.ts\` fails when it is out of date.
 */

`;

/** The current text for `src/client/openapi.ts`. */
export async function clientTypes(): Promise<string> {
  const document = await openApiDocument();
  // With `defaultNonNullable`, fields with a default would be required in requests.
  const types = await openapiTS(document as never, { defaultNonNullable: false });
  return HEADER + astToString(types);
}
