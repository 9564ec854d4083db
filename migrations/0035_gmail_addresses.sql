-- Gmail ignores dots, and gmail.com and googlemail.com are one provider: mail is matched by the address without both.
UPDATE "contacts"
SET "email_key" = replace(regexp_replace("email_key", '@(gmail|googlemail)\.com$', ''), '.', '') || '@gmail.com'
WHERE "email_key" ~ '@googlemail\.com$' OR "email_key" ~ '\..*@gmail\.com$';
