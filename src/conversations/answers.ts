import { isPublicMailDomainSql } from '../domain/public-mail-domains.ts';

/**
 * Which inbound messages have an answer: a later outbound message of their conversation that a person wrote to their
 * sender or to somebody else at the same customer. Addresses outside the company that nothing connects with the customer,
 * such as a lawyer's, don't count.
 */

/** Of the recipients in To, and of those in Cc, so many count. */
const MOST_RECIPIENTS = 200;

/** SQL: the key by which all spellings of an address compare equal: in lower case, without plus-tag and Gmail's dots. */
const keyOf = (address: string) => `(
      CASE WHEN lower(${address}) LIKE ANY('{%@gmail.com,%@googlemail.com}')
           THEN replace(split_part(split_part(lower(${address}), '@', 1), '+', 1), '.', '') || '@gmail.com'
           WHEN position('+' IN ${address}) = 0 THEN lower(${address})
           ELSE regexp_replace(lower(${address}), '[+][^@]*@', '@')
      END)`;
const domainOf = (address: string) => `split_part(lower(${address}), '@', -1)`;
/** SQL: `domain`, or null when it is a public provider's, whose users have nothing in common. */
const ownDomain = (domain: string) => `CASE WHEN NOT ${isPublicMailDomainSql(domain)} THEN ${domain} END`;
/** SQL: a set of rows `p` with an address in `p.address`. */
const recipientsOf = (message: string) => `(
      SELECT r->>'email' AS address
      FROM jsonb_array_elements(jsonb_path_query_array(${message}.to_addresses, '$[0 to ${MOST_RECIPIENTS - 1}]')
                                || jsonb_path_query_array(${message}.cc_addresses, '$[0 to ${MOST_RECIPIENTS - 1}]')) r)`;

/** SQL condition: `r` belongs to the company or to a contact, so it isn't an unknown address. */
const IS_KNOWN = `
  (EXISTS (SELECT 1 FROM contacts k WHERE k.company_id = $1 AND (k.email_key = r.address OR lower(k.email) = r.address))
   OR EXISTS (SELECT 1
              FROM (SELECT ${keyOf('b.email')} AS address, ${ownDomain(domainOf('b.email'))} AS domain
                    FROM mailboxes b
                    WHERE b.company_id = $1) b
              WHERE b.address = r.address OR b.domain = r.domain
                 OR right(r.domain, length(b.domain) + 1) = '.' || b.domain))`;

/** SQL: the conversation of a message. */
export const conversationOf = (messageId: string) =>
  `(SELECT m.thread_group_id FROM communication_threads m WHERE m.company_id = $1 AND m.id = ${messageId})`;

/**
 * SQL of two CTEs for `IS_ANSWERED`: what the answers of a conversation reach, and when last. They are read only once,
 * however many messages wait, and only if one does. `$1` is the company.
 * @param conversation SQL of a `thread_group_id`
 */
export function answersIn(conversation: string): string {
  return `
      answer AS MATERIALIZED (
        SELECT o."timestamp", o.customer_id, o.is_answer IS NULL OR o.contact_id IS NOT NULL AS is_to_customer,
               o.to_addresses, o.cc_addresses, o.further_addresses
        FROM communication_threads o
        WHERE o.company_id = $1 AND o.thread_group_id = ${conversation}
          AND o.direction = 'outbound' AND NOT o.is_automatic AND o.is_answer IS NOT FALSE
      ),
      reached AS MATERIALIZED (
        SELECT r.address, ${ownDomain('r.domain')} AS domain, r."timestamp", ${IS_KNOWN} AS is_known
        FROM (SELECT a.address, ${domainOf('a.address')} AS domain, max(a."timestamp") AS "timestamp"
              FROM (SELECT ${keyOf('p.address')} AS address, o."timestamp"
                    FROM answer o
                    CROSS JOIN LATERAL ${recipientsOf('o')} p
                    UNION ALL
                    SELECT ${keyOf('f')}, o."timestamp" FROM answer o CROSS JOIN LATERAL unnest(o.further_addresses) f) a
              GROUP BY a.address) r
      ),`;
}

/** SQL condition: an answer to `t` went to a contact of its customer, or to the customer by another means than mail. */
const REACHED_CUSTOMER = `
  EXISTS (SELECT 1 FROM answer o
          WHERE o."timestamp" >= t."timestamp" AND o.is_to_customer AND o.customer_id IS NOT DISTINCT FROM t.customer_id)`;

/** SQL condition: an answer to `t` went to its sender, or to an address in its Reply-To. */
const REACHED_ASKER = `
  EXISTS (SELECT 1
          FROM (SELECT t.from_address->>'email' AS address UNION ALL SELECT unnest(t.further_addresses)) q
          JOIN reached r ON r.address = ${keyOf('q.address')}
          WHERE r."timestamp" >= t."timestamp")`;

/** SQL condition: an answer to `t` went to an unknown address that took part in `t`. */
const REACHED_PARTICIPANT = `
  EXISTS (SELECT 1
          FROM ${recipientsOf('t')} p
          JOIN reached r ON r.address = ${keyOf('p.address')}
          WHERE r."timestamp" >= t."timestamp" AND NOT r.is_known)`;

/** SQL condition: an answer to `t` went to an unknown address at the domain of its sender or of its customer's contacts. */
const REACHED_DOMAIN = `
  EXISTS (SELECT 1
          FROM (SELECT t.from_address->>'email' AS address
                UNION ALL
                SELECT k.email FROM contacts k WHERE k.company_id = $1 AND k.customer_id = t.customer_id) q
          JOIN reached r ON r.domain = ${domainOf('q.address')}
          WHERE r."timestamp" >= t."timestamp" AND NOT r.is_known)`;

/** SQL condition: the conversation has an answer to `t`. Needs the CTEs of `answersIn`. */
export const IS_ANSWERED = `(
  ${[REACHED_CUSTOMER, REACHED_ASKER, REACHED_PARTICIPANT, REACHED_DOMAIN].join(' OR ')})`;
