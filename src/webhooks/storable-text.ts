/**
 * `text` as PostgreSQL can store it: NUL and lone surrogates become U+FFFD, everything else stays as it was sent.
 * Webhooks only (contract §1, Bodies): a refused delivery would be a lost mail.
 */
export function storableText(text: string): string {
  const withoutNul = text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text;
  return withoutNul.isWellFormed() ? withoutNul : withoutNul.toWellFormed();
}
