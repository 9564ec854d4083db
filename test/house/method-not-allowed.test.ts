import { METHODS } from 'node:http';
import { describe, expect, it } from 'vitest';
import { base, caller, logUrl, threads, useAnyCompany } from '../support/any-company.ts';
import { expectProblem } from '../support/http.ts';

useAnyCompany();

describe('A method that a route does not have', () => {
  it('405 with Allow', async () => {
    for (const [method, url, allow] of [
      ['DELETE', threads(), 'GET, HEAD, OPTIONS'],
      ['PUT', logUrl(), 'OPTIONS, POST'],
      ['GET', logUrl(), 'OPTIONS, POST'],
      ['PATCH', `${base()}/thread-notes`, 'GET, HEAD, OPTIONS, POST'],
      ['GET', '/api/auth/login/', 'OPTIONS, POST'],
      ['GET', '/api/v1/auth/logout', 'OPTIONS, POST'],
      ['POST', '/healthz', 'GET, HEAD, OPTIONS'],
      ['TRACE', threads(), 'GET, HEAD, OPTIONS'],
      ['PROPFIND', threads(), 'GET, HEAD, OPTIONS'],
      ['M-SEARCH', logUrl(), 'OPTIONS, POST'],
      ['LOCK', '/healthz', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const response = await caller.send({ method: method as 'GET', url });
      expectProblem(response, 'method_not_allowed');
      expect(response.headers.allow, `${method} ${url}`).toBe(allow);
    }
    expectProblem(await caller.send({ method: 'DELETE', url: '/api/companies/x/thread-notes' }), 'not_found');
    expectProblem(await caller.send({ method: 'PROPFIND' as 'GET', url: '/nothing' }), 'not_found');
  });

  it('405 for every method that Node reads and the address has not, with a body too', async () => {
    for (const method of METHODS.filter((method) => !['CONNECT', 'OPTIONS', 'POST'].includes(method)))
      for (const body of [{}, { payload: 'x', headers: { 'content-type': 'text/plain' } }]) {
        const response = await caller.send({ method: method as 'GET', url: logUrl(), ...body });
        expect([response.statusCode, response.headers.allow], method).toEqual([405, 'OPTIONS, POST']);
      }
  });
});
