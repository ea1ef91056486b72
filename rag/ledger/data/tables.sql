-- The ledger of one generation. A statement's number is its age: 1 is of the newest period; what it says is in
-- the view `told`, one flat row a statement, in which it is also copied from one ledger to the next.

CREATE TABLE about (reading TEXT NOT NULL);  -- what read the statements: see `reading_version`

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    year INTEGER,
    published TEXT NOT NULL,
    source TEXT NOT NULL  -- a hash of what the statements were read from; empty where that failed
);

CREATE TABLE places (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    code TEXT NOT NULL,  -- in the list of places; empty for one that is not listed
    UNIQUE (name, code)
);
CREATE INDEX places_by_code ON places (code);
CREATE TABLE place_names (name TEXT, place INTEGER, PRIMARY KEY (name, place)) WITHOUT ROWID;

CREATE TABLE sections (number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);

CREATE TABLE sentences (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (document, start, finish)
);

CREATE TABLE subjects (
    number INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    indicator TEXT,
    entity TEXT,
    thing TEXT NOT NULL,  -- what it is a figure of: two of the same thing can be compared
    tokens TEXT NOT NULL
);
CREATE UNIQUE INDEX subjects_told ON subjects (text, ifnull(indicator, ''), ifnull(entity, ''));
CREATE INDEX subjects_by_indicator ON subjects (indicator);
CREATE INDEX subjects_by_thing ON subjects (thing);

CREATE TABLE statements (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    sentence INTEGER NOT NULL,
    section INTEGER NOT NULL,
    place INTEGER NOT NULL,
    clause_start INTEGER NOT NULL,
    clause_end INTEGER NOT NULL,
    page INTEGER,
    measure TEXT NOT NULL,
    flow TEXT,
    period_kind TEXT NOT NULL,
    period_start INTEGER,
    period_end INTEGER,
    period_part TEXT,
    status TEXT NOT NULL,
    whole TEXT,
    figure TEXT NOT NULL,
    figure_start INTEGER NOT NULL,
    figure_end INTEGER NOT NULL,
    value TEXT NOT NULL,
    upper TEXT,
    terms TEXT NOT NULL,
    unit TEXT NOT NULL,
    unit_class TEXT NOT NULL,
    magnitude TEXT NOT NULL,
    size REAL,  -- the magnitude, to compare by
    decimals INTEGER NOT NULL,
    qualifier TEXT,
    role TEXT NOT NULL,
    UNIQUE (document, position)
);
-- behind what is asked for stands the order in which it is told, so that nothing need be sorted
CREATE INDEX statements_by_place ON statements (place, document, position);
CREATE INDEX statements_by_status ON statements (status, document, position);
CREATE INDEX statements_by_measure ON statements (measure, document, position);
CREATE INDEX statements_by_unit ON statements (unit_class, document, position);
CREATE INDEX statements_by_size ON statements (unit_class, size);
CREATE INDEX statements_by_end ON statements (period_end, period_start);
CREATE INDEX statements_by_span ON statements (period_start, period_end) WHERE period_kind IN ('span', 'average');
CREATE INDEX statements_by_subject ON statements (subject, place);

CREATE VIEW told AS
SELECT
    statements.number, documents.id AS document, position,
    subjects.text AS subject, indicator, entity, thing, tokens,
    places.name AS place, places.code AS place_code, sections.path AS section, page,
    sentences.start AS sentence_start, sentences.finish AS sentence_end, sentences.text AS sentence,
    clause_start, clause_end, measure, flow, period_kind, period_start, period_end, period_part, status, whole,
    figure, figure_start, figure_end, value, upper, terms, unit, unit_class, magnitude, size, decimals, qualifier, role,
    documents.title, documents.path, documents.kind, documents.place AS document_place, documents.year,
    documents.published, statements.document AS document_number, statements.place AS place_number
FROM statements
JOIN documents ON documents.number = statements.document
JOIN subjects ON subjects.number = statements.subject
JOIN places ON places.number = statements.place
JOIN sections ON sections.number = statements.section
JOIN sentences ON sentences.number = statements.sentence;

CREATE TABLE listings (
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    lead_start INTEGER NOT NULL,
    lead_end INTEGER NOT NULL,
    lead TEXT NOT NULL,
    section TEXT NOT NULL,
    year INTEGER,
    status TEXT NOT NULL,
    page INTEGER,
    tokens TEXT NOT NULL,
    PRIMARY KEY (document, position)
);
CREATE TABLE items (
    document INTEGER NOT NULL,
    listing INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    finish INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (document, listing, position)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5(
    tokens, content = '', detail = none, tokenize = "ascii tokenchars '#:=~_.'"
);
CREATE VIRTUAL TABLE leads USING fts5(
    tokens, content = '', detail = none, tokenize = "ascii tokenchars '#:=~_.'"
);

-- What is covered, for those who ask for what is not: values of a field, the commonest first.
CREATE TABLE covered (field TEXT NOT NULL, value, statements INTEGER NOT NULL);
