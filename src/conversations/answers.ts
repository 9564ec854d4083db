import { isPublicMailDomainSql } from '../domain/public-mail-domains.ts';

/** Which outbound message answers an inbound one. */

/** SQL: an address in lower case without plus-tag. */
const withoutTag = (address: string) => `regexp_replace(lower(${address}), '[+][^@]*@', '@')`;
const domainOf = (address: string) => `regexp_replace(lower(${address}), '^.*@', '')`;
const addressesIn = (correspondents: string) =>
  `(SELECT ${withoutTag("p->>'email'")} FROM jsonb_array_elements(${correspondents}) p)`;

/** SQL condition: the recipient `r` of `o` is the sender of `t`, or an address in its Reply-To. */
const IS_ASKER = `
  (r.address = ${withoutTag("t.from_address->>'email'")}
   OR r.address = ANY(ARRAY(SELECT ${withoutTag('f')} FROM unnest(t.further_addresses) f)))`;

/** SQL condition: `r.address` is the company's own or a contact's. A contact belongs to a customer, so it isn't unknown. */
const IS_KNOWN = `
  (EXISTS (SELECT 1 FROM mailboxes b
           WHERE b.company_id = $1
             AND (${withoutTag('b.email')} = r.address
                  OR ((r.domain = ${domainOf('b.email')} OR right(r.domain, length(${domainOf('b.email')}) + 1) = '.' || ${domainOf('b.email')})
                      AND NOT ${isPublicMailDomainSql(domainOf('b.email'))})))
   OR EXISTS (SELECT 1 FROM contacts k WHERE k.company_id = $1 AND k.email_key = r.address))`;

/** SQL condition: the unknown address `r` took part in `t`, or its domain is that of the asker or of the customer's contacts. */
const IS_AT_CUSTOMER = `
  (r.address IN ${addressesIn('t.to_addresses || t.cc_addresses')}
   OR (NOT ${isPublicMailDomainSql('r.domain')}
       AND (r.domain = ${domainOf("t.from_address->>'email'")}
            OR EXISTS (SELECT 1 FROM contacts k
                       WHERE k.company_id = $1 AND k.customer_id = t.customer_id AND ${domainOf('k.email')} = r.domain))))`;

/**
 * SQL condition: the conversation has an answer to `t`, that is a later outbound message that a person wrote to the
 * sender of `t` or to somebody else at the same customer. Addresses outside the company that nothing connects with the
 * customer, such as a lawyer's, don't count. `$1` is the company.
 */
export const IS_ANSWERED = `
  EXISTS (SELECT 1 FROM communication_threads o
          WHERE o.company_id = $1 AND o.thread_group_id = t.thread_group_id AND o."timestamp" >= t."timestamp"
            AND o.direction = 'outbound' AND NOT o.is_automatic AND o.is_answer IS NOT FALSE
            AND ((o.customer_id IS NOT DISTINCT FROM t.customer_id
                  AND (o.is_answer IS NULL OR o.contact_id IS NOT NULL))
                 OR EXISTS (SELECT 1
                            FROM (SELECT a.address, ${domainOf('a.address')} AS domain
                                  FROM (SELECT ${withoutTag("p->>'email'")} AS address
                                        FROM jsonb_array_elements(o.to_addresses || o.cc_addresses) p
                                        UNION ALL
                                        SELECT ${withoutTag('f')} FROM unnest(o.further_addresses) f) a) r
                            WHERE ${IS_ASKER} OR (NOT ${IS_KNOWN} AND ${IS_AT_CUSTOMER}))))`;
