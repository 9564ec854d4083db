/** Calls the published API. The server's URL follows from the URL of this module, also behind a path prefix. */

const ROOT = new URL('..', import.meta.url);
const STORAGE_KEY = 'communications-inbox';

/** `{token, user, companies, companyId}`, or null; stored for this tab until it is closed. */
export let session = readSession();
const signedOut = new Set();

/** @param callback called when the token is refused and when the user logs out */
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
  storeSession({ ...body, companyId: body.companies[0]?.id });
}

/** The API doesn't return the user and the companies of a token, so the company id is entered with it. */
export async function useToken(token, companyId) {
  const bare = token.trim().replace(/^token\s+/i, '');
  const given = { token: bare, user: null, companies: [{ id: companyId.trim(), name: 'Inbox' }] };
  await call('GET', `companies/${companyId.trim()}/communications/threads`, { query: { page_size: 1 }, token: bare });
  storeSession({ ...given, companyId: companyId.trim() });
}

export async function logOut() {
  await call('POST', 'auth/logout/').catch(() => undefined);
  clearSession();
}

export function chooseCompany(companyId) {
  storeSession({ ...session, companyId });
}

export function currentCompany() {
  return session?.companies.find(({ id }) => id === session.companyId);
}

/** @returns the body of the response */
export async function company(method, path, given) {
  return call(method, `companies/${session.companyId}/${path}`, given).catch((error) => {
    if (error.status === 401) clearSession();
    throw error;
  });
}

export const get = (path, query, signal) => company('GET', path, { query, signal });

export function eventsUrl(query) {
  return apiUrl(`companies/${session.companyId}/communications/events`, query);
}

/** Downloads an attachment by a request, because a link can't send the token. */
export async function download(path) {
  const response = await fetch(apiUrl(`companies/${session.companyId}/${path}`), {
    headers: { authorization: `Token ${session.token}` },
    credentials: 'omit',
  });
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => ({})));
  return response.blob();
}

/** A random key. `crypto.randomUUID` exists on secure origins only. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function call(method, path, { query, body, headers = {}, signal, token = session?.token } = {}) {
  const response = await fetch(apiUrl(path, query), {
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
  const result = response.status === 204 ? undefined : await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, result ?? {});
  return result;
}

function apiUrl(path, query = {}) {
  const url = new URL(`api/${path}`, ROOT);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') url.searchParams.set(name, value);
  }
  return url;
}

function storeSession(value) {
  session = value;
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify(value));
}

function clearSession() {
  if (!session) return;
  session = null;
  sessionStorage.removeItem(STORAGE_KEY);
  for (const callback of signedOut) callback();
}

function readSession() {
  try {
    return JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null');
  } catch {
    return null;
  }
}
