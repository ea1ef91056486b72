-- The drafts of a new ledger, one flat row a statement, told apart into its tables; the newest period comes first.

INSERT INTO places (name, code) SELECT DISTINCT place, place_code FROM drafts ORDER BY place, place_code;

INSERT INTO sections (path) SELECT DISTINCT section FROM drafts;

INSERT INTO subjects (text, indicator, entity, thing, tokens)
SELECT subject, indicator, entity, thing, tokens FROM drafts
GROUP BY subject, ifnull(indicator, ''), ifnull(entity, '');

INSERT INTO sentences (document, start, finish, text)
SELECT documents.number, sentence_start, sentence_end, sentence
FROM drafts JOIN documents ON documents.id = drafts.document
GROUP BY documents.number, sentence_start, sentence_end;

INSERT INTO statements
SELECT
    row_number() OVER (
        ORDER BY period_end DESC NULLS LAST, documents.published DESC, documents.number, position
    ),
    documents.number, position, subjects.number, sentences.number, sections.number, places.number,
    clause_start, clause_end, page, measure, flow, period_kind, period_start, period_end, period_part,
    status, whole, figure, figure_start, figure_end, value, upper, terms, unit, unit_class, magnitude, size,
    decimals, qualifier, role
FROM drafts
JOIN documents ON documents.id = drafts.document
JOIN subjects
    ON subjects.text = drafts.subject
    AND ifnull(subjects.indicator, '') = ifnull(drafts.indicator, '')
    AND ifnull(subjects.entity, '') = ifnull(drafts.entity, '')
JOIN sentences
    ON sentences.document = documents.number
    AND sentences.start = sentence_start AND sentences.finish = sentence_end
JOIN sections ON sections.path = drafts.section
JOIN places ON places.name = drafts.place AND places.code = drafts.place_code;

INSERT INTO words (rowid, tokens)
SELECT statements.number, tokens || ' ~' || measure
FROM statements JOIN subjects ON subjects.number = statements.subject
ORDER BY statements.number;

INSERT INTO leads (rowid, tokens) SELECT rowid, tokens FROM listings ORDER BY rowid;

INSERT INTO words (words) VALUES ('optimize');

INSERT INTO covered
SELECT 'place', places.name, count(*) AS told
FROM statements JOIN places ON places.number = statements.place
GROUP BY places.name ORDER BY told DESC, places.name;

INSERT INTO covered
SELECT 'year', period_end, count(*) FROM statements
WHERE period_end IS NOT NULL GROUP BY period_end ORDER BY period_end;

INSERT INTO covered
SELECT 'unit', unit_class, count(*) AS told FROM statements GROUP BY unit_class ORDER BY told DESC;
