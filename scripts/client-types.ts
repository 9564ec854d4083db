import openapiTS, { astToString } from 'openapi-typescript';
import { openApiDocument } from './openapi-document.ts';

const HEADER = `/**
 * The types of the API, generated from its OpenAPI document by openapi-typescript: \`npm run client:generate\`. Never
 * edited by hand; \`test/client.test.ts\` fails when it is out of date.
 */

`;

/** The text of `src/client/openapi.ts` as it should be. */
export async function clientTypes(): Promise<string> {
  const document = await openApiDocument();
  // A field with a default may still be left out of a request.
  const types = await openapiTS(document as never, { defaultNonNullable: false });
  return HEADER + astToString(types);
}
