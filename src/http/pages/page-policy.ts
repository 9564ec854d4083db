/**
 * What the pages of this server may do: load nothing from elsewhere, run nothing inline. Without
 * `upgrade-insecure-requests`: a server in a local network has no TLS.
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
