-- The words of a name were made with regular expressions, which took a third of the time that PostgreSQL needs to insert an
-- invoice with all its indexes. Most names are short and ASCII: there a word is a run of letters and digits, and too short
-- to be cut. `list_words` returns the same set of words as before, so no row is written again. It may repeat a word, which a
-- tsvector and a search ignore. It isn't STRICT and has no subquery, so that PostgreSQL inlines it.
CREATE FUNCTION list_words_of_any_name(source text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT COALESCE(array_agg(DISTINCT left(word, 64)), '{}')
  FROM regexp_split_to_table(
    regexp_replace(
      replace(replace(
        lower(regexp_replace(normalize(left(source, 2000), NFKD), '[\u0300-\u036f\u00ad\u200b-\u200d\ufeff]', '', 'g')),
        'ß', 'ss'), 'ς', 'σ'),
      '([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff])', ' \1 ', 'g'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u2bff\u3000-\u303f]+') AS word
  WHERE word <> ''
);
--> statement-breakpoint
CREATE OR REPLACE FUNCTION list_words(source text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN octet_length(source) <= 64 AND octet_length(source) = length(source) THEN
    array_remove(
      string_to_array(
        translate(
          lower(source),
          E'\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~\x7f',
          repeat(' ', 64)),
        ' '),
      '')
  ELSE list_words_of_any_name(source)
END;
