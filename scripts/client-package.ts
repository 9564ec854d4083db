import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Builds `dist-client/`, the typed client as the npm package `communications-api-client`. It has the server's version,
 * and `openapi-fetch` as its only dependency. `npm pack ./dist-client` creates its tarball.
 */
const root = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const server = JSON.parse(readFileSync(root('package.json'), 'utf8'));

rmSync(root('dist-client'), { recursive: true, force: true });
execFileSync(process.execPath, [root('node_modules/typescript/bin/tsc'), '-p', root('tsconfig.client.json')], {
  stdio: 'inherit',
});
writeFileSync(
  root('dist-client/package.json'),
  `${JSON.stringify(
    {
      name: 'communications-api-client',
      version: server.version,
      description: 'The typed client of communications-api, for Node and browsers.',
      license: server.license,
      type: 'module',
      engines: server.engines,
      sideEffects: false,
      exports: { '.': { types: './index.d.ts', default: './index.js' }, './package.json': './package.json' },
      dependencies: { 'openapi-fetch': server.dependencies['openapi-fetch'] },
    },
    null,
    2,
  )}\n`,
);
writeFileSync(
  root('dist-client/README.md'),
  `# communications-api-client

\`\`\`ts
import { createClient } from 'communications-api-client';

const client = createClient({ baseUrl: 'http://127.0.0.1:3000' });
const { companies: [company] } = await client.login({ username, password });
for await (const thread of client.company(company.id).threads.iterate({ requires_response: true }))
  console.log(thread.subject);
\`\`\`

Every method throws \`ApiProblem\` when the server refuses. Use the version of the server, or an older one of the same major version.
`,
);
copyFileSync(root('LICENSE'), root('dist-client/LICENSE'));
