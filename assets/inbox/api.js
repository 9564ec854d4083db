/** Calls of the published API. The address of this module tells where the server is, also below a path prefix. */

const ROOT = new URL('..', import.meta.url);
const STORED = 'communications-inbox';

/** `{token, user, companies, companyId}`; kept by this tab only and gone when it is closed. */
export let session = read();
const signedOut = new Set();

/** @param callback when a token is refused, or the person logs out */
export function onSignedOut(callback) {
  signedOut.add(callback);
}

export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? `The server answered ${status}.`);
    this.status = status;
    this.code = problem.code;
    this.errors = problem.errors ?? {};
  }
}

export async function logIn(username, password) {
  const body = await call('POST', 'auth/login/', { body: { username, password } });
  keep({ ...body, companyId: body.companies[0]?.id });
}

/** Of a token it isn't known whose it is, so the company's id is asked for with it. */
export async function useToken(token, companyId) {
  const bare = token.trim().replace(/^token\s+/i, '');
  const given = { token: bare, user: null, companies: [{ id: companyId.trim(), name: 'Inbox' }] };
  await call('GET', `companies/${companyId.trim()}/communications/threads`, { query: { page_size: 1 }, token: bare });
  keep({ ...given, companyId: companyId.trim() });
}

export async function logOut() {
  await call('POST', 'auth/logout/').catch(() => undefined);
  forget();
}

export function chooseCompany(companyId) {
  keep({ ...session, companyId });
}

export function currentCompany() {
  return session?.companies.find(({ id }) => id === session.companyId);
}

/** @returns the body of the answer */
export async function company(method, path, given) {
  return call(method, `companies/${session.companyId}/${path}`, given).catch((error) => {
    if (error.status === 401) forget();
    throw error;
  });
}

export const get = (path, query, signal) => company('GET', path, { query, signal });

export function eventsAddress(query) {
  return address(`companies/${session.companyId}/communications/events`, query);
}

/** The bytes of an attachment: a link could not carry the token. */
export async function download(path) {
  const response = await fetch(address(`companies/${session.companyId}/${path}`), {
    headers: { authorization: `Token ${session.token}` },
    credentials: 'omit',
  });
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => ({})));
  return response.blob();
}

/** `crypto.randomUUID` is there on secure origins only. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function call(method, path, { query, body, headers = {}, signal, token = session?.token } = {}) {
  const response = await fetch(address(path, query), {
    method,
    headers: {
      accept: 'application/json',
      ...(token ? { authorization: `Token ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    credentials: 'omit',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  }).catch((error) => {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, { detail: 'The server can’t be reached. Check the connection and try again.' });
  });
  const answer = response.status === 204 ? undefined : await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, answer ?? {});
  return answer;
}

function address(path, query = {}) {
  const url = new URL(`api/${path}`, ROOT);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, value);
  }
  return url;
}

function keep(value) {
  session = value;
  sessionStorage.setItem(STORED, JSON.stringify(value));
}

function forget() {
  if (!session) return;
  session = null;
  sessionStorage.removeItem(STORED);
  for (const callback of signedOut) callback();
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? 'null');
  } catch {
    return null;
  }
}
