/**
 * The Content-Security-Policy of the pages: no content of other origins and no inline scripts or styles. It leaves out
 * `upgrade-insecure-requests`, because a server in a local network may have no TLS.
 */
export const PAGE_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': ["'self'", 'data:'],
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};
