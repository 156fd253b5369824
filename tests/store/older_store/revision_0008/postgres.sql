CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);



CREATE TABLE public.alerts (
    watch_id character varying(16) NOT NULL,
    statement character varying(32) NOT NULL,
    claims json NOT NULL,
    words json NOT NULL,
    found_at timestamp with time zone NOT NULL,
    outbox_key character varying(200)
);



CREATE TABLE public.answers (
    team character varying(32) NOT NULL,
    id character varying(16) NOT NULL,
    person character varying(32) NOT NULL,
    query text NOT NULL,
    asked_at timestamp with time zone NOT NULL
);



CREATE TABLE public.articles (
    id character varying(32) NOT NULL,
    seq bigint NOT NULL,
    arrival character varying(8) NOT NULL,
    arrived_at timestamp with time zone NOT NULL,
    origin text NOT NULL,
    text_sha character varying(64) NOT NULL,
    text text NOT NULL,
    paragraphs json,
    title text,
    outlet text,
    byline text,
    published character varying(40),
    published_on date,
    published_at timestamp with time zone,
    url text,
    language text,
    sample boolean NOT NULL,
    extractor character varying(16),
    guid text,
    revision integer,
    modified_at timestamp with time zone,
    excerpt boolean DEFAULT false NOT NULL,
    note text,
    version integer DEFAULT 1 NOT NULL,
    copy_of character varying(32),
    as_found json
);



CREATE TABLE public.bands (
    band bigint NOT NULL,
    article_id character varying(32) NOT NULL
);



CREATE TABLE public.channels (
    team character varying(32) NOT NULL,
    channel character varying(32) NOT NULL,
    free_at timestamp with time zone,
    failure text,
    unfurls boolean DEFAULT false NOT NULL
);



CREATE TABLE public.claims (
    id character varying(32) NOT NULL,
    article_id character varying(32) NOT NULL,
    "position" integer NOT NULL,
    kind character varying(16) NOT NULL,
    text text NOT NULL,
    spans json,
    paragraph integer,
    ref json,
    type character varying(16),
    speaker text,
    source text,
    cue text,
    source_kind character varying(16) NOT NULL,
    stance character varying(16),
    negative boolean NOT NULL,
    via json,
    inside character varying(32),
    near_speaker text,
    near_text text,
    near_report text,
    said_on date,
    said_on_inferred boolean NOT NULL,
    unsure boolean NOT NULL,
    confidence double precision NOT NULL,
    checkable double precision,
    corrected boolean,
    source_spans json,
    cue_spans json,
    outer_cue text,
    printed character varying(16)
);



CREATE TABLE public.corrections (
    id character varying(16) NOT NULL,
    team character varying(32) NOT NULL,
    press character varying(64) NOT NULL,
    claim_id character varying(32) NOT NULL,
    article_id character varying(32) NOT NULL,
    changes json NOT NULL,
    before json NOT NULL,
    reason text NOT NULL,
    person character varying(32) NOT NULL,
    person_name text NOT NULL,
    suggested_at timestamp with time zone NOT NULL,
    state character varying(16) NOT NULL,
    number bigint,
    made_with character varying(16)
);



CREATE TABLE public.digest_rows (
    team character varying(32) NOT NULL,
    channel character varying(32) NOT NULL,
    day date NOT NULL,
    "position" integer NOT NULL,
    claim_id character varying(32) NOT NULL,
    ts character varying(32),
    wording character varying(33),
    place json
);



CREATE TABLE public.digests (
    team character varying(32) NOT NULL,
    channel character varying(32) NOT NULL,
    day date NOT NULL,
    state character varying(16) NOT NULL,
    window_start timestamp with time zone NOT NULL,
    posting_time timestamp with time zone NOT NULL,
    worker text,
    lease_until timestamp with time zone,
    retry_at timestamp with time zone,
    failure text,
    ts character varying(32),
    heading json
);



CREATE TABLE public.feed_entries (
    feed_id character varying(16) NOT NULL,
    key character varying(40) NOT NULL,
    content character varying(40) NOT NULL,
    seen_at timestamp with time zone NOT NULL
);



CREATE TABLE public.feeds (
    id character varying(16) NOT NULL,
    url text NOT NULL,
    added_as text NOT NULL,
    title text,
    outlet text,
    language text,
    full_text boolean NOT NULL,
    added_by character varying(8) NOT NULL,
    team character varying(32),
    person character varying(32),
    added_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    etag text,
    last_modified text,
    interval_seconds integer NOT NULL,
    polled_at timestamp with time zone,
    fresh_at timestamp with time zone,
    failing_since timestamp with time zone,
    failures integer NOT NULL,
    failure text,
    told_at timestamp with time zone,
    kept_out integer DEFAULT 0 NOT NULL
);



CREATE TABLE public.gone_claims (
    claim_id character varying(32) NOT NULL,
    article_id character varying(32) NOT NULL,
    reason character varying(16) NOT NULL,
    gone_at timestamp with time zone NOT NULL
);



CREATE TABLE public.hosts (
    host character varying(255) NOT NULL,
    free_at timestamp with time zone,
    robots text,
    robots_at timestamp with time zone
);



CREATE TABLE public.identities (
    key character varying(40) NOT NULL,
    article_id character varying(32) NOT NULL
);



CREATE TABLE public.jobs (
    id integer NOT NULL,
    kind character varying(32) NOT NULL,
    key character varying(200) NOT NULL,
    payload json,
    state character varying(8) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    again_at timestamp with time zone,
    team character varying(32),
    attempts integer NOT NULL,
    tried_at timestamp with time zone,
    worker text,
    lease_until timestamp with time zone,
    failure text
);



CREATE SEQUENCE public.jobs_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.jobs_id_seq OWNED BY public.jobs.id;



CREATE TABLE public.name_rulings (
    id character varying(16) NOT NULL,
    team character varying(32) NOT NULL,
    press character varying(64) NOT NULL,
    kind character varying(8) NOT NULL,
    sides json NOT NULL,
    number integer NOT NULL,
    person character varying(32) NOT NULL,
    person_name text NOT NULL,
    ruled_at timestamp with time zone NOT NULL,
    undone_by character varying(32),
    undone_at timestamp with time zone
);



CREATE TABLE public.names (
    name text NOT NULL,
    block text NOT NULL,
    speaker text NOT NULL,
    article character varying(32)
);



CREATE TABLE public.news (
    seq bigint NOT NULL,
    article_id character varying(32) NOT NULL,
    claims json NOT NULL,
    filed_at timestamp with time zone NOT NULL
);



CREATE TABLE public.originals (
    claim_id character varying(32) NOT NULL,
    article_id character varying(32) NOT NULL,
    "position" integer NOT NULL,
    claim json NOT NULL
);



CREATE TABLE public.outbox (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    key character varying(200) NOT NULL,
    channel character varying(32) NOT NULL,
    thread_ts character varying(32),
    kind character varying(16) NOT NULL,
    payload json NOT NULL,
    person character varying(32),
    state character varying(16) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    tried_at timestamp with time zone,
    ts character varying(32),
    failure text
);



CREATE TABLE public.outbox_claims (
    outbox_id integer NOT NULL,
    "position" integer NOT NULL,
    claim_id character varying(32) NOT NULL,
    wording character varying(33)
);



CREATE SEQUENCE public.outbox_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.outbox_id_seq OWNED BY public.outbox.id;



CREATE TABLE public.removals (
    seq bigint NOT NULL,
    article_id character varying(32) NOT NULL,
    text_sha character varying(64) NOT NULL,
    barred boolean NOT NULL,
    reason text NOT NULL,
    removed_at timestamp with time zone NOT NULL
);



CREATE TABLE public.rulings (
    correction_id character varying(16) NOT NULL,
    number integer NOT NULL,
    ruling character varying(16) NOT NULL,
    person character varying(32) NOT NULL,
    person_name text NOT NULL,
    ruled_at timestamp with time zone NOT NULL,
    reason text
);



CREATE TABLE public.store_state (
    id integer NOT NULL,
    store_id character varying(32) NOT NULL,
    seq bigint NOT NULL,
    naming character varying(16),
    watching bigint DEFAULT '0'::bigint NOT NULL
);



CREATE SEQUENCE public.store_state_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.store_state_id_seq OWNED BY public.store_state.id;



CREATE TABLE public.subscriptions (
    team character varying(32) NOT NULL,
    channel character varying(32) NOT NULL,
    at time without time zone NOT NULL,
    zone character varying(64) NOT NULL,
    person character varying(32) NOT NULL,
    since timestamp with time zone NOT NULL,
    wants json,
    begun timestamp with time zone,
    stopped character varying(64)
);



CREATE TABLE public.versions (
    article_id character varying(32) NOT NULL,
    number integer NOT NULL,
    state character varying(16) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    release_at timestamp with time zone,
    reason text,
    arrival character varying(8) NOT NULL,
    text_sha character varying(64) NOT NULL,
    text text NOT NULL,
    document json NOT NULL,
    claims json
);



CREATE TABLE public.watches (
    id character varying(16) NOT NULL,
    team character varying(32) NOT NULL,
    number integer NOT NULL,
    person character varying(32) NOT NULL,
    channel character varying(32) NOT NULL,
    query text NOT NULL,
    pace character varying(8) NOT NULL,
    at time without time zone,
    zone character varying(64) NOT NULL,
    quiet_from time without time zone,
    quiet_until time without time zone,
    state character varying(8) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    fired integer NOT NULL,
    fired_at timestamp with time zone
);



ALTER TABLE ONLY public.jobs ALTER COLUMN id SET DEFAULT nextval('public.jobs_id_seq'::regclass);



ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);



ALTER TABLE ONLY public.store_state ALTER COLUMN id SET DEFAULT nextval('public.store_state_id_seq'::regclass);



INSERT INTO public.alembic_version VALUES
	('0008');



INSERT INTO public.alerts VALUES
	('35233205783b531f', 'caf4fce4bda3f556', '["caf4fce4bda3f556"]', '["harbour"]', '2026-11-24 06:30:00+00', 'alert/35233205783b531f/caf4fce4bda3f556'),
	('35233205783b531f', 'e439af5056dd3561', '["e439af5056dd3561"]', '["harbour"]', '2026-11-24 06:30:00.000001+00', 'alert/35233205783b531f/caf4fce4bda3f556'),
	('3bc1eb2b28955ca8', '10d474bdea732b2b', '["10d474bdea732b2b"]', '["toll"]', '2026-11-24 06:30:00+00', NULL);



INSERT INTO public.answers VALUES
	('T1', '8f84e5aa6bf25a52', 'U02BOB', 'harbour by:Farnholt', '2026-11-23 08:00:00+00');



INSERT INTO public.articles VALUES
	('54e613d574d9', 18, 'single', '2026-11-24 06:00:09+00', 'story-6.txt', 'ed3ff5e4646d9cf56fe91498b74d7874e5a7718901d7aea8c1ab1bd9467784c3', 'The bridge toll will double in January, said Lucan Vye, the transport secretary.

Hauliers warned that they would use the old road.', '[[0, 80], [82, 131]]', 'Bridge toll to double', 'The Saltmarsh Courier', NULL, '2026-11-24', '2026-11-24', NULL, 'https://courier.example/story-6', 'en', false, '3832d1e223b5f91d', 'story-6', 1, NULL, false, NULL, 1, NULL, NULL),
	('6e07000f5509', 6, 'single', '2026-11-23 07:00:00+00', 'http://feeds.example:8080/feed#https://courier.example/feed-1', 'd0e53203d1b2d478d82ab5978aa444327c7998a34ace4669d8671ecf0cdf51d9', 'The lighthouse was sold on Friday for a price that nobody will name. “It will stay white,” said Orla Teague, who bought it. She added that the lamp would be kept burning through the winter, and that visitors would be welcome.', '[[0, 225]]', 'Lighthouse sold', 'Saltmarsh Courier', NULL, '2026-11-23T05:00:00+00:00', '2026-11-23', '2026-11-23 05:00:00+00', 'https://courier.example/feed-1', 'en', false, '3832d1e223b5f91d', 'http://feeds.example:8080/feed#feed-1', NULL, NULL, true, NULL, 1, NULL, NULL),
	('0dc53ceb88bf', 7, 'bulk', '2026-11-23 07:00:00+00', 'http://feeds.example:8080/whole#http://feeds.example:8080/buoy', '014f9af2eae7c53e15ab38fc4ef24b7ebd2ef6d51d0ee2b45155da1670766aa0', 'A buoy is adrift.', '[[0, 17]]', 'Buoy adrift', 'The Buoy', NULL, NULL, NULL, NULL, 'http://feeds.example:8080/buoy', NULL, false, '3832d1e223b5f91d', 'http://feeds.example:8080/whole#buoy-1', NULL, NULL, true, NULL, 1, NULL, NULL),
	('1a0f6c77cadc', 11, 'single', '2026-11-23 06:00:00+00', 'story-1.txt', '37f5ee4aeff98cbdf7341539de08f398d30ca31475aeec69524ee9808a2ca4ca', '“The harbour wall is safe for now,” said Edda Farnholt, the harbour master.

Jory Pellam, a docker, said that the lock leaks badly. The town council denied on Sunday that it had been warned.

Nobody has inspected the pumps since May.', '[[0, 75], [77, 190], [192, 233]]', 'Harbour wall declared safe', 'The Saltmarsh Courier', NULL, '2026-11-23', '2026-11-23', NULL, 'https://courier.example/story-1', 'en', false, '3832d1e223b5f91d', 'story-1', 1, NULL, false, NULL, 1, NULL, NULL),
	('0ce89fb5e879', 12, 'single', '2026-11-23 06:00:00+00', 'story-3.txt', '8d461ccbed574a5ef15ba141ab6e95033913b04c95cfb42457405ce25134f1c7', 'Planners refused the quarry''s plans on Monday. “The dust is a danger to the school,” said Mirel Astow, the head teacher.

The quarry''s owners said that they would appeal.', '[[0, 120], [122, 170]]', 'Quarry may not grow', 'The Upland Echo', NULL, '2026-11-23', '2026-11-23', NULL, 'https://echo.example/story-3', 'en', false, '3832d1e223b5f91d', 'story-3', 1, NULL, false, NULL, 1, NULL, '{"title": "Quarry expansion refused"}'),
	('6d3ba448cdff', 15, 'single', '2026-11-24 06:00:09+00', 'story-5.txt', 'ec7c5c305cedbf51774db14e649253a8841153d256920e16925d2d4a184557e4', '“The harbour wall is safe for now,” said Edda Farnholt, the harbour master.

The engineers'' union denied that the harbour wall is safe. “It has moved by a hand,” said Odo Brack, its secretary.', '[[0, 75], [77, 192]]', 'Second opinion on harbour wall', 'The Upland Echo', NULL, '2026-11-24', '2026-11-24', NULL, 'https://echo.example/story-5', 'en', false, '3832d1e223b5f91d', 'story-5', 1, NULL, false, NULL, 1, NULL, NULL),
	('6fbfd7ca6c8e', 21, 'single', '2026-11-24 08:31:00+00', 'story-7.txt', '350bed9a46ea15025e734f5ce9f31f49adf2cd4c2fabf4292fd9c2a12c7be159', 'Two of the harbour''s pumps failed overnight, said Edda Farnholt, the harbour master.', '[[0, 84]]', 'Harbour pumps fail', 'The Upland Echo', NULL, '2026-11-24', '2026-11-24', NULL, 'https://echo.example/story-7', 'en', false, '3832d1e223b5f91d', 'story-7', 1, NULL, false, NULL, 1, NULL, NULL);



INSERT INTO public.bands VALUES
	(-8916133927183179497, '1a0f6c77cadc'),
	(-8615950793680838201, '1a0f6c77cadc'),
	(-5659733698029926245, '1a0f6c77cadc'),
	(-5297418246555947328, '1a0f6c77cadc'),
	(-4745869826709601683, '1a0f6c77cadc'),
	(-4125660826225609776, '1a0f6c77cadc'),
	(-2708032528236528032, '1a0f6c77cadc'),
	(-2471601144345053899, '1a0f6c77cadc'),
	(-2235731556232745367, '1a0f6c77cadc'),
	(-1666306341480350663, '1a0f6c77cadc'),
	(-1586856670882009453, '1a0f6c77cadc'),
	(-1518383310235103740, '1a0f6c77cadc'),
	(-1053866000576203245, '1a0f6c77cadc'),
	(-17748120667405963, '1a0f6c77cadc'),
	(29371836992612135, '1a0f6c77cadc'),
	(819107917817877787, '1a0f6c77cadc'),
	(1771535245528606483, '1a0f6c77cadc'),
	(1802949481756770219, '1a0f6c77cadc'),
	(1817721728189967130, '1a0f6c77cadc'),
	(1904651036877423669, '1a0f6c77cadc'),
	(1963276375342574924, '1a0f6c77cadc'),
	(4003583945896053232, '1a0f6c77cadc'),
	(4431281150131393115, '1a0f6c77cadc'),
	(4682578652451269460, '1a0f6c77cadc'),
	(4900692141167200016, '1a0f6c77cadc'),
	(5229125105068689772, '1a0f6c77cadc'),
	(5305726431544938566, '1a0f6c77cadc'),
	(5455613391009911171, '1a0f6c77cadc'),
	(5673168490640280010, '1a0f6c77cadc'),
	(6097840816275813233, '1a0f6c77cadc'),
	(6816539284933918018, '1a0f6c77cadc'),
	(7247552320625970460, '1a0f6c77cadc'),
	(-8252711896917226830, '0ce89fb5e879'),
	(-7856686336048715762, '0ce89fb5e879'),
	(-6871223613995841074, '0ce89fb5e879'),
	(-6624303748015519164, '0ce89fb5e879'),
	(-6218245200489593443, '0ce89fb5e879'),
	(-5463063112525368497, '0ce89fb5e879'),
	(-5360891650239949470, '0ce89fb5e879'),
	(-5120831216091105378, '0ce89fb5e879'),
	(-5033307743533183218, '0ce89fb5e879'),
	(-5020241159853618537, '0ce89fb5e879'),
	(-4895399820694153825, '0ce89fb5e879'),
	(-4296318619638305719, '0ce89fb5e879'),
	(-1964469316624620970, '0ce89fb5e879'),
	(-1890456549189158196, '0ce89fb5e879'),
	(185369224878579777, '0ce89fb5e879'),
	(850360455969595304, '0ce89fb5e879'),
	(934512285457675164, '0ce89fb5e879'),
	(1129115828332752141, '0ce89fb5e879'),
	(1702094433266137518, '0ce89fb5e879'),
	(2505255631098811565, '0ce89fb5e879'),
	(2765262346063290478, '0ce89fb5e879'),
	(3277600583728178168, '0ce89fb5e879'),
	(4059211200903352565, '0ce89fb5e879'),
	(4209079712451974718, '0ce89fb5e879'),
	(4663108697556400636, '0ce89fb5e879'),
	(5116203991962009767, '0ce89fb5e879'),
	(5508818069980777667, '0ce89fb5e879'),
	(6023898519101547155, '0ce89fb5e879'),
	(6246666801598997863, '0ce89fb5e879'),
	(6390394426100011211, '0ce89fb5e879'),
	(8195587068154031992, '0ce89fb5e879'),
	(8558025212477060410, '0ce89fb5e879'),
	(-9155090785957270928, '6e07000f5509'),
	(-7930850243628498934, '6e07000f5509'),
	(-7778118676066020754, '6e07000f5509'),
	(-7752109325104920806, '6e07000f5509'),
	(-7167166233132394319, '6e07000f5509'),
	(-5998662467398811009, '6e07000f5509'),
	(-5792209358730484694, '6e07000f5509'),
	(-5687458771694624677, '6e07000f5509'),
	(-4831797173849958244, '6e07000f5509'),
	(-4292155526955041503, '6e07000f5509'),
	(-3838496618722162344, '6e07000f5509'),
	(-3584494505297989887, '6e07000f5509'),
	(-3179054956101880478, '6e07000f5509'),
	(-2288624718446277447, '6e07000f5509'),
	(-2231358585946971980, '6e07000f5509'),
	(-2169818364337111730, '6e07000f5509'),
	(-1582190788480225249, '6e07000f5509'),
	(-1002942897475014906, '6e07000f5509'),
	(408306372772124452, '6e07000f5509'),
	(2301057742364847545, '6e07000f5509'),
	(2412271131202121699, '6e07000f5509'),
	(2445718046537820740, '6e07000f5509'),
	(2580457102634155608, '6e07000f5509'),
	(3668251410933880680, '6e07000f5509'),
	(3756550148957393405, '6e07000f5509'),
	(5097447229758470415, '6e07000f5509'),
	(6443267793839151519, '6e07000f5509'),
	(6654982730269077570, '6e07000f5509'),
	(6807444966925135388, '6e07000f5509'),
	(7908816618802647943, '6e07000f5509'),
	(8389424020953140036, '6e07000f5509'),
	(8517588922069066185, '6e07000f5509'),
	(-8309287887318626058, '0dc53ceb88bf'),
	(-7299890666966682087, '0dc53ceb88bf'),
	(-6263093729338379781, '0dc53ceb88bf'),
	(-5613545984783825044, '0dc53ceb88bf'),
	(-5505656122621086391, '0dc53ceb88bf'),
	(-5072405215673828039, '0dc53ceb88bf'),
	(-2819757857441822214, '0dc53ceb88bf'),
	(-1857647219759198106, '0dc53ceb88bf'),
	(-1840313020578615277, '0dc53ceb88bf'),
	(-1142657005518408389, '0dc53ceb88bf'),
	(-1013233413576142406, '0dc53ceb88bf'),
	(-891837438331815206, '0dc53ceb88bf'),
	(-852746620498867054, '0dc53ceb88bf'),
	(-816530488513571933, '0dc53ceb88bf'),
	(-691789267525794421, '0dc53ceb88bf'),
	(300516059393057756, '0dc53ceb88bf'),
	(461266307361626074, '0dc53ceb88bf'),
	(1360885397650891382, '0dc53ceb88bf'),
	(2280282096868263898, '0dc53ceb88bf'),
	(2452158779497995370, '0dc53ceb88bf'),
	(2826609679240619224, '0dc53ceb88bf'),
	(3212136278159676405, '0dc53ceb88bf'),
	(3373764831349573607, '0dc53ceb88bf'),
	(4457790801318884127, '0dc53ceb88bf'),
	(6370173576128164289, '0dc53ceb88bf'),
	(7897271081703762006, '0dc53ceb88bf'),
	(8016853365530981766, '0dc53ceb88bf'),
	(8109948123827115684, '0dc53ceb88bf'),
	(8630894145962652080, '0dc53ceb88bf'),
	(8829976549749397918, '0dc53ceb88bf'),
	(9034834322032738570, '0dc53ceb88bf'),
	(9218782853087240734, '0dc53ceb88bf'),
	(-8558834220292781051, '6d3ba448cdff'),
	(-8027496975651901015, '6d3ba448cdff'),
	(-7599592191079647773, '6d3ba448cdff'),
	(-7490500873616945371, '6d3ba448cdff'),
	(-7364988486273705420, '6d3ba448cdff'),
	(-6836911897497832331, '6d3ba448cdff'),
	(-6740055267767227880, '6d3ba448cdff'),
	(-6320465690808861838, '6d3ba448cdff'),
	(-5374125690630299029, '6d3ba448cdff'),
	(-5159222152616739025, '6d3ba448cdff'),
	(-2775067094896294772, '6d3ba448cdff'),
	(-1135679377080884374, '6d3ba448cdff'),
	(-1033618871152327053, '6d3ba448cdff'),
	(-524041673559081126, '6d3ba448cdff'),
	(99311013133685511, '6d3ba448cdff'),
	(186745940305492101, '6d3ba448cdff'),
	(251888041290558547, '6d3ba448cdff'),
	(601544574040486515, '6d3ba448cdff'),
	(1050083672508154623, '6d3ba448cdff'),
	(1619106920012643877, '6d3ba448cdff'),
	(2931158135408744710, '6d3ba448cdff'),
	(3005354144530394532, '6d3ba448cdff'),
	(3277822904696543858, '6d3ba448cdff'),
	(3317416973365834990, '6d3ba448cdff'),
	(4001013017601998626, '6d3ba448cdff'),
	(5649749709444046760, '6d3ba448cdff'),
	(6164624929910658166, '6d3ba448cdff'),
	(6604659334363459266, '6d3ba448cdff'),
	(6952971782460183284, '6d3ba448cdff'),
	(7402217067069149474, '6d3ba448cdff'),
	(7824690153191644836, '6d3ba448cdff'),
	(8433788837072175710, '6d3ba448cdff'),
	(-5814407196408957440, '54e613d574d9'),
	(-5673898234863990513, '54e613d574d9'),
	(-5332543991914875783, '54e613d574d9'),
	(-5121717101125719252, '54e613d574d9'),
	(-5106574678767717571, '54e613d574d9'),
	(-5011478272924171672, '54e613d574d9'),
	(-1905081695395172856, '54e613d574d9'),
	(-1883790868558994249, '54e613d574d9'),
	(-1480614437505017762, '54e613d574d9'),
	(-1140041753809199218, '54e613d574d9'),
	(-1076977953908781163, '54e613d574d9'),
	(-699011906421787820, '54e613d574d9'),
	(-575434004243315200, '54e613d574d9'),
	(185410214549890528, '54e613d574d9'),
	(541494698279172374, '54e613d574d9'),
	(836020544502954414, '54e613d574d9'),
	(1230592865929164106, '54e613d574d9'),
	(1320951700876919457, '54e613d574d9'),
	(1447396965307413594, '54e613d574d9'),
	(1993324828846936081, '54e613d574d9'),
	(2084736981360010064, '54e613d574d9'),
	(2216569362784966175, '54e613d574d9'),
	(2578755079263560772, '54e613d574d9'),
	(3322699937835228389, '54e613d574d9'),
	(3747124469334750640, '54e613d574d9'),
	(3990217972876094316, '54e613d574d9'),
	(4072990540386971328, '54e613d574d9'),
	(5040560325178204901, '54e613d574d9'),
	(5821388774808706466, '54e613d574d9'),
	(7550721891656130166, '54e613d574d9'),
	(8184139079598982739, '54e613d574d9'),
	(8526827630500479058, '54e613d574d9'),
	(-9147161874760129496, '6fbfd7ca6c8e'),
	(-9062899455653293081, '6fbfd7ca6c8e'),
	(-8757718560441013443, '6fbfd7ca6c8e'),
	(-7829571860672729644, '6fbfd7ca6c8e'),
	(-5928618770908223685, '6fbfd7ca6c8e'),
	(-5470279123089815840, '6fbfd7ca6c8e'),
	(-5441554065074283078, '6fbfd7ca6c8e'),
	(-4983644166932824104, '6fbfd7ca6c8e'),
	(-4901750662560218612, '6fbfd7ca6c8e'),
	(-4812358190099185507, '6fbfd7ca6c8e'),
	(-4469416752763744078, '6fbfd7ca6c8e'),
	(-4303397007334240181, '6fbfd7ca6c8e'),
	(-3765055832362466315, '6fbfd7ca6c8e'),
	(-3647325125491450067, '6fbfd7ca6c8e'),
	(-3543978284548127331, '6fbfd7ca6c8e'),
	(-3365923846809358109, '6fbfd7ca6c8e'),
	(-3251056768138583106, '6fbfd7ca6c8e'),
	(-2510113661503077985, '6fbfd7ca6c8e'),
	(-1700668548219646850, '6fbfd7ca6c8e'),
	(-1403447078594860096, '6fbfd7ca6c8e'),
	(-1367899106548635812, '6fbfd7ca6c8e'),
	(1657878180326310986, '6fbfd7ca6c8e'),
	(2026687026122242602, '6fbfd7ca6c8e'),
	(2844013554773639922, '6fbfd7ca6c8e'),
	(3267895630474856592, '6fbfd7ca6c8e'),
	(4109710937661884422, '6fbfd7ca6c8e'),
	(4668137098545665538, '6fbfd7ca6c8e'),
	(6671143975073936261, '6fbfd7ca6c8e'),
	(6949496310006448131, '6fbfd7ca6c8e'),
	(6959263532940903497, '6fbfd7ca6c8e'),
	(7719460168666729916, '6fbfd7ca6c8e'),
	(8170653442849323339, '6fbfd7ca6c8e');



INSERT INTO public.channels VALUES
	('T1', 'C30SENT', '2026-11-23 08:00:07+00', NULL, true),
	('T1', 'C04TAKEN', '2026-11-23 08:30:04.5+00', NULL, false),
	('T1', 'C08UNCERTAIN', '2026-11-23 09:00:03+00', NULL, false),
	('T1', 'C09MISSED', '2026-11-23 10:57:01+00', NULL, false),
	('T1', 'C10STOPPED', '2026-11-23 10:57:01+00', NULL, false),
	('T1', 'C36DEAD', '2026-11-23 12:00:01+00', NULL, false),
	('T1', 'C37DEAD', '2026-11-23 12:00:01+00', NULL, false),
	('T1', 'C34DOUBT', '2026-11-23 12:00:10+00', NULL, false),
	('T1', 'C35DOUBT', '2026-11-23 12:00:10+00', NULL, false),
	('T1', 'U01ALICE', '2026-11-24 06:00:01+00', NULL, false),
	('T1', 'C40WATCH', '2026-11-24 06:30:01+00', NULL, false),
	('T1', 'C02DETAIL', '2026-11-24 08:30:03+00', NULL, false),
	('T1', 'C03PLANNED', '2026-11-24 08:30:03+00', NULL, false),
	('T1', 'U02BOB', '2026-11-24 08:30:03+00', NULL, false),
	('T1', 'C05ASKED', '2026-11-24 08:30:03+00', NULL, false),
	('T1', 'C06STANDS', '2026-11-24 08:30:03+00', NULL, false),
	('T1', 'C07UNREAD', '2026-11-24 08:30:03+00', NULL, false),
	('T1', 'C12OFF', '2026-11-24 08:30:03+00', NULL, false),
	('T1', 'C15THREAD', '2026-11-24 08:30:03+00', NULL, false),
	('T1', 'C01POSTED', '2026-11-24 08:30:04.5+00', NULL, false),
	('T2', 'C20OTHER', '2026-11-24 08:30:12+00', NULL, false),
	('T1', 'C31ASKED', '2026-11-24 08:30:31+00', NULL, false),
	('T1', 'C32STANDS', '2026-11-24 08:30:31+00', NULL, false),
	('T1', 'C33THREAD', '2026-11-24 08:30:31+00', NULL, false),
	('T1', 'U03CARA', '2026-11-24 08:30:31+00', NULL, false);



INSERT INTO public.claims VALUES
	('878242f45d509b9a', '1a0f6c77cadc', 0, 'attribution', '“The harbour wall is safe for now,”', '[[0, 35]]', 1, NULL, 'direct', 'Edda Farnholt', 'Edda Farnholt, the harbour master', 'said', 'named', 'said', false, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 0.9745, NULL, NULL, '[[41, 74]]', '[[36, 40]]', NULL, '56d7cc05942c097f'),
	('390fe8e5697b1e19', '1a0f6c77cadc', 2, 'attribution', 'it had been warned', '[[171, 189]]', 2, NULL, 'indirect', 'the town council', 'The town council', 'denied', 'named', 'denied', false, NULL, NULL, NULL, NULL, NULL, '2026-11-22', false, false, 0.9325, NULL, NULL, '[[132, 148]]', '[[149, 155]]', NULL, '63aa1078a6628a06'),
	('c72c60c3a037ef64', '0ce89fb5e879', 0, 'attribution', 'the quarry''s plans', '[[17, 35]]', 1, NULL, 'indirect', 'Planners', 'Planners', 'refused', 'named', 'said', true, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 0.6412, NULL, NULL, '[[0, 8]]', '[[9, 16]]', NULL, '5f8b40678131b931'),
	('0e1c9d547fcb2e7e', '0ce89fb5e879', 1, 'attribution', '“The dust is a danger to the school,”', '[[47, 84]]', 1, NULL, 'direct', 'Mirel Astow', 'Mirel Astow, the head teacher', 'said', 'named', 'said', false, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 0.9769, NULL, NULL, '[[90, 119]]', '[[85, 89]]', NULL, 'a89c732a8be6157e'),
	('84fda47ae4e10dbc', '6e07000f5509', 0, 'statement', 'The lighthouse was sold on Friday for a price that nobody will name.', '[[0, 68]]', 1, NULL, NULL, NULL, NULL, NULL, 'none', NULL, false, NULL, NULL, 'Orla Teague', '“It will stay white,”', NULL, NULL, false, false, 1, 0.28, NULL, NULL, NULL, NULL, '237b52eb7d0839cc'),
	('d2e2b600855e53cf', '6e07000f5509', 1, 'attribution', '“It will stay white,”', '[[69, 90]]', 1, NULL, 'direct', 'Orla Teague', 'Orla Teague, who bought it', 'said', 'named', 'said', false, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 0.9529, NULL, NULL, '[[96, 122]]', '[[91, 95]]', NULL, '185b08d55009b4eb'),
	('13c3d5c2f151cd3f', '6e07000f5509', 2, 'attribution', 'the lamp would be kept burning through the winter, and that visitors would be welcome', '[[139, 224]]', 1, NULL, 'indirect', 'Orla Teague', 'She', 'added', 'named', 'said', false, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 0.9522, NULL, NULL, '[[124, 127]]', '[[128, 133]]', NULL, 'ae9ab8b004c04cc3'),
	('bed8ce9bb33086b8', '1a0f6c77cadc', 1, 'attribution', 'the lock leaks badly', '[[110, 130]]', 2, NULL, 'indirect', 'Jory Pellam Junior', NULL, 'said', 'named', 'said', false, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 1, NULL, true, NULL, '[[100, 104]]', NULL, '2919cb346969f01f'),
	('52bcbdd15b30c93c', '0ce89fb5e879', 2, 'attribution', 'they would appeal', '[[152, 169]]', 2, NULL, 'indirect', 'the quarry''s owners', 'The quarry''s owners', 'said', 'described', 'said', false, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 0.9475, NULL, NULL, '[[122, 141]]', '[[142, 146]]', NULL, '3aaa7e31db4b9ca4'),
	('caf4fce4bda3f556', '6d3ba448cdff', 0, 'attribution', '“The harbour wall is safe for now,”', '[[0, 35]]', 1, NULL, 'direct', 'Edda Farnholt', 'Edda Farnholt, the harbour master', 'said', 'named', 'said', false, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 0.9745, NULL, NULL, '[[41, 74]]', '[[36, 40]]', NULL, '56d7cc05942c097f'),
	('e439af5056dd3561', '6d3ba448cdff', 1, 'attribution', 'the harbour wall is safe', '[[110, 134]]', 2, NULL, 'indirect', 'the engineers'' union', 'The engineers'' union', 'denied', 'named', 'denied', false, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 0.9165, NULL, NULL, '[[77, 97]]', '[[98, 104]]', NULL, 'b8fcc47d3d2128ff'),
	('8670fe96c6e3ece7', '6d3ba448cdff', 2, 'attribution', '“It has moved by a hand,”', '[[136, 161]]', 2, NULL, 'direct', 'Odo Brack', 'Odo Brack, its secretary', 'said', 'named', 'said', false, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 0.9756, NULL, NULL, '[[167, 191]]', '[[162, 166]]', NULL, '9ca269a18cf91418'),
	('10d474bdea732b2b', '54e613d574d9', 0, 'attribution', 'The bridge toll will double in January', '[[0, 38]]', 1, NULL, 'indirect', 'Lucan Vye', 'Lucan Vye, the transport secretary', 'said', 'named', 'said', false, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 0.9465, NULL, NULL, '[[45, 79]]', '[[40, 44]]', NULL, '5c743bbc4f2c5476'),
	('57b6482d200b3d0a', '54e613d574d9', 1, 'attribution', 'they would use the old road', '[[103, 130]]', 2, NULL, 'indirect', 'Hauliers'' League', NULL, 'warned', 'named', 'warned', false, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 1, NULL, true, NULL, '[[91, 97]]', NULL, 'ed3ff5e4646d9cf5'),
	('ce11c34c2d217a4a', '6fbfd7ca6c8e', 0, 'attribution', 'Two of the harbour''s pumps failed overnight', '[[0, 43]]', 1, NULL, 'indirect', 'Edda Farnholt', 'Edda Farnholt, the harbour master', 'said', 'named', 'said', false, NULL, NULL, NULL, NULL, NULL, NULL, false, false, 0.9507, NULL, NULL, '[[50, 83]]', '[[45, 49]]', NULL, '350bed9a46ea1502');



INSERT INTO public.corrections VALUES
	('9f1d6725ba825475', 'T1', 'v1', 'bed8ce9bb33086b8', '1a0f6c77cadc', '{"speaker": "Jory Pellam Junior", "source_kind": "named", "source": null}', '{"speaker": "Jory Pellam", "source_kind": "named", "source": {"spans": [[77, 98]], "words": ["Jory Pellam, a docker"]}}', 'she told me on the phone', 'U01ALICE', 'Alice', '2026-11-23 13:00:00+00', 'accepted', 8, NULL),
	('cdd686c18f415d41', 'T1', 'v2', '52bcbdd15b30c93c', '0ce89fb5e879', '{"speaker": "Dustrock Quarries", "source_kind": "named"}', '{"speaker": "the quarry''s owners", "source_kind": "described"}', 'she told me on the phone', 'U01ALICE', 'Alice', '2026-11-23 13:00:00+00', 'undone', NULL, NULL),
	('be3728657aa65b92', 'T1', 'v3', '0e1c9d547fcb2e7e', '0ce89fb5e879', '{"speaker": "Mirel Aston", "source_kind": "named", "source": null}', '{"speaker": "Mirel Astow", "source_kind": "named", "source": {"spans": [[90, 119]], "words": ["Mirel Astow, the head teacher"]}}', 'she told me on the phone', 'U02BOB', 'Bob', '2026-11-23 13:00:00+00', 'declined', NULL, NULL),
	('c39d8e7a14f25615', 'T1', 'v4', 'c83e3a21ffac0d98', '1a0f6c77cadc', '{"rejected": true}', '{"rejected": false}', 'she told me on the phone', 'U01ALICE', 'Alice', '2026-11-23 13:00:09+00', 'accepted', 11, NULL),
	('3401eea3387552e9', 'T1', 'v5', '0ce89fb5e879', '0ce89fb5e879', '{"title": "Quarry may not grow"}', '{"title": "Quarry expansion refused"}', 'the page has it so', 'U01ALICE', 'Alice', '2026-11-23 13:00:18+00', 'accepted', 12, NULL),
	('26e4472f44645f21', 'T1', 'v6', '8670fe96c6e3ece7', '6d3ba448cdff', '{"speaker": "Odo Black", "source_kind": "named", "source": null}', '{"speaker": "Odo Brack", "source_kind": "named", "source": {"spans": [[167, 191]], "words": ["Odo Brack, its secretary"]}}', 'she told me on the phone', 'U02BOB', 'Bob', '2026-11-24 08:31:00+00', 'suggested', NULL, NULL),
	('988897cc99fb5f26', 'T1', 'v7', '57b6482d200b3d0a', '54e613d574d9', '{"speaker": "Hauliers'' League", "source_kind": "named", "source": null}', '{"speaker": "Hauliers", "source_kind": "named", "source": {"spans": [[82, 90]], "words": ["Hauliers"]}}', 'she told me on the phone', 'U02BOB', 'Bob', '2026-11-24 08:31:00+00', 'accepted', 18, NULL);



INSERT INTO public.digest_rows VALUES
	('T1', 'C01POSTED', '2026-11-23', 0, 'a400c532ab0c332b', '1795422602.000006', '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C01POSTED', '2026-11-23', 1, '0e1c9d547fcb2e7e', '1795422602.000006', '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T1', 'C01POSTED', '2026-11-23', 2, '878242f45d509b9a', '1795422602.000006', '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C01POSTED', '2026-11-23', 3, '64fb4c61be0844f3', '1795422602.000006', '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C01POSTED', '2026-11-23', 4, '13c3d5c2f151cd3f', '1795422602.000006', '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C01POSTED', '2026-11-23', 5, '84fda47ae4e10dbc', '1795422602.000006', 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T1', 'C01POSTED', '2026-11-23', 6, 'bed8ce9bb33086b8', '1795422602.000006', 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C01POSTED', '2026-11-23', 7, '52bcbdd15b30c93c', '1795422602.000006', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C01POSTED', '2026-11-23', 8, '55fef9b8d75ce3fa', '1795422602.000006', '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C01POSTED', '2026-11-23', 9, '390fe8e5697b1e19', '1795422602.000006', 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C02DETAIL', '2026-11-23', 0, 'a400c532ab0c332b', '1795422602.000007', '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C02DETAIL', '2026-11-23', 1, '0e1c9d547fcb2e7e', '1795422602.000007', '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T1', 'C02DETAIL', '2026-11-23', 2, '878242f45d509b9a', '1795422602.000007', '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C06STANDS', '2026-11-23', 0, 'a400c532ab0c332b', '1795422602.000011', '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C06STANDS', '2026-11-23', 1, '0e1c9d547fcb2e7e', '1795422602.000011', '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T1', 'C06STANDS', '2026-11-23', 2, '878242f45d509b9a', '1795422602.000011', '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C06STANDS', '2026-11-23', 3, '64fb4c61be0844f3', '1795422602.000011', '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C06STANDS', '2026-11-23', 4, '13c3d5c2f151cd3f', '1795422602.000011', '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C06STANDS', '2026-11-23', 5, '84fda47ae4e10dbc', '1795422602.000011', 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T1', 'C06STANDS', '2026-11-23', 6, 'bed8ce9bb33086b8', '1795422602.000011', 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C06STANDS', '2026-11-23', 7, '52bcbdd15b30c93c', '1795422602.000011', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C06STANDS', '2026-11-23', 8, '55fef9b8d75ce3fa', '1795422602.000011', '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C07UNREAD', '2026-11-23', 4, '13c3d5c2f151cd3f', '1795422602.000012', '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C08UNCERTAIN', '2026-11-23', 5, '84fda47ae4e10dbc', NULL, 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T1', 'C08UNCERTAIN', '2026-11-23', 6, 'bed8ce9bb33086b8', NULL, 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C08UNCERTAIN', '2026-11-23', 7, '52bcbdd15b30c93c', NULL, '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C08UNCERTAIN', '2026-11-23', 8, '55fef9b8d75ce3fa', NULL, '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C08UNCERTAIN', '2026-11-23', 9, '390fe8e5697b1e19', NULL, 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C07UNREAD', '2026-11-24', 0, 'caf4fce4bda3f556', NULL, '228869723ce81eb1.56d7cc05942c097f', '{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C07UNREAD', '2026-11-24', 1, 'e439af5056dd3561', NULL, '9deecb097a1ca1a4.b8fcc47d3d2128ff', '{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}'),
	('T1', 'C07UNREAD', '2026-11-24', 2, '1fae723886f1e3f1', NULL, '938a672734e1a82f.1d19825cd597bd53', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C02DETAIL', '2026-11-23', 3, '64fb4c61be0844f3', '1795422602.000007', '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C02DETAIL', '2026-11-23', 4, '13c3d5c2f151cd3f', '1795422602.000007', '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C02DETAIL', '2026-11-23', 5, '84fda47ae4e10dbc', '1795422602.000007', 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T1', 'C02DETAIL', '2026-11-23', 6, 'bed8ce9bb33086b8', '1795422602.000007', 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C02DETAIL', '2026-11-23', 7, '52bcbdd15b30c93c', '1795422602.000007', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C02DETAIL', '2026-11-23', 8, '55fef9b8d75ce3fa', '1795422602.000007', '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C02DETAIL', '2026-11-23', 9, '390fe8e5697b1e19', '1795422602.000007', 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C03PLANNED', '2026-11-23', 0, 'a400c532ab0c332b', '1795422602.000008', '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C03PLANNED', '2026-11-23', 1, '0e1c9d547fcb2e7e', '1795422602.000008', '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T1', 'C03PLANNED', '2026-11-23', 2, '878242f45d509b9a', '1795422602.000008', '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C03PLANNED', '2026-11-23', 3, '64fb4c61be0844f3', '1795422602.000008', '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C03PLANNED', '2026-11-23', 4, '13c3d5c2f151cd3f', '1795422602.000008', '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C03PLANNED', '2026-11-23', 5, '84fda47ae4e10dbc', '1795422602.000008', 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T1', 'C03PLANNED', '2026-11-23', 6, 'bed8ce9bb33086b8', '1795422602.000008', 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C03PLANNED', '2026-11-23', 7, '52bcbdd15b30c93c', '1795422602.000008', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C03PLANNED', '2026-11-23', 8, '55fef9b8d75ce3fa', '1795422602.000008', '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C03PLANNED', '2026-11-23', 9, '390fe8e5697b1e19', '1795422602.000008', 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C04TAKEN', '2026-11-23', 0, 'a400c532ab0c332b', '1795422602.000009', '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C04TAKEN', '2026-11-23', 1, '0e1c9d547fcb2e7e', '1795422602.000009', '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T1', 'C04TAKEN', '2026-11-23', 2, '878242f45d509b9a', '1795422602.000009', '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C04TAKEN', '2026-11-23', 3, '64fb4c61be0844f3', '1795422602.000009', '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C04TAKEN', '2026-11-23', 4, '13c3d5c2f151cd3f', '1795422602.000009', '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C04TAKEN', '2026-11-23', 5, '84fda47ae4e10dbc', '1795422602.000009', 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T1', 'C05ASKED', '2026-11-23', 0, 'a400c532ab0c332b', '1795422602.000010', '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C05ASKED', '2026-11-23', 1, '0e1c9d547fcb2e7e', '1795422602.000010', '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T1', 'C05ASKED', '2026-11-23', 2, '878242f45d509b9a', '1795422602.000010', '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C04TAKEN', '2026-11-23', 6, 'bed8ce9bb33086b8', '1795422602.000009', 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C04TAKEN', '2026-11-23', 7, '52bcbdd15b30c93c', '1795422602.000009', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C04TAKEN', '2026-11-23', 8, '55fef9b8d75ce3fa', '1795422602.000009', '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C04TAKEN', '2026-11-23', 9, '390fe8e5697b1e19', '1795422602.000009', 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C12OFF', '2026-11-23', 0, 'a400c532ab0c332b', '1795422602.000013', '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C12OFF', '2026-11-23', 1, '0e1c9d547fcb2e7e', '1795422602.000013', '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T1', 'C12OFF', '2026-11-23', 2, '878242f45d509b9a', '1795422602.000013', '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C12OFF', '2026-11-23', 3, '64fb4c61be0844f3', '1795422602.000013', '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C12OFF', '2026-11-23', 4, '13c3d5c2f151cd3f', '1795422602.000013', '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C12OFF', '2026-11-23', 5, '84fda47ae4e10dbc', '1795422602.000013', 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T1', 'C12OFF', '2026-11-23', 6, 'bed8ce9bb33086b8', '1795422602.000013', 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C12OFF', '2026-11-23', 7, '52bcbdd15b30c93c', '1795422602.000013', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C12OFF', '2026-11-23', 8, '55fef9b8d75ce3fa', '1795422602.000013', '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C12OFF', '2026-11-23', 9, '390fe8e5697b1e19', '1795422602.000013', 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C08UNCERTAIN', '2026-11-23', 0, 'a400c532ab0c332b', NULL, '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C08UNCERTAIN', '2026-11-23', 1, '0e1c9d547fcb2e7e', NULL, '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T1', 'C08UNCERTAIN', '2026-11-23', 2, '878242f45d509b9a', NULL, '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C08UNCERTAIN', '2026-11-23', 3, '64fb4c61be0844f3', NULL, '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C08UNCERTAIN', '2026-11-23', 4, '13c3d5c2f151cd3f', NULL, '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C05ASKED', '2026-11-23', 3, '64fb4c61be0844f3', '1795422602.000010', '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C05ASKED', '2026-11-23', 4, '13c3d5c2f151cd3f', '1795422602.000010', '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C05ASKED', '2026-11-23', 5, '84fda47ae4e10dbc', '1795422602.000010', 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T1', 'C05ASKED', '2026-11-23', 6, 'bed8ce9bb33086b8', '1795422602.000010', 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C05ASKED', '2026-11-23', 7, '52bcbdd15b30c93c', '1795422602.000010', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C05ASKED', '2026-11-23', 8, '55fef9b8d75ce3fa', '1795422602.000010', '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C05ASKED', '2026-11-23', 9, '390fe8e5697b1e19', '1795422602.000010', 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C15THREAD', '2026-11-23', 0, 'a400c532ab0c332b', '1795422602.000014', '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C15THREAD', '2026-11-23', 1, '0e1c9d547fcb2e7e', '1795422602.000014', '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T1', 'C15THREAD', '2026-11-23', 2, '878242f45d509b9a', '1795422602.000014', '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C15THREAD', '2026-11-23', 3, '64fb4c61be0844f3', '1795422602.000014', '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C15THREAD', '2026-11-23', 4, '13c3d5c2f151cd3f', '1795422602.000014', '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C15THREAD', '2026-11-23', 5, '84fda47ae4e10dbc', '1795422602.000014', 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T1', 'C15THREAD', '2026-11-23', 6, 'bed8ce9bb33086b8', '1795422602.000014', 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C15THREAD', '2026-11-23', 7, '52bcbdd15b30c93c', '1795422602.000014', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C15THREAD', '2026-11-23', 8, '55fef9b8d75ce3fa', '1795422602.000014', '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C06STANDS', '2026-11-23', 9, '390fe8e5697b1e19', '1795422602.000011', 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C07UNREAD', '2026-11-23', 0, 'a400c532ab0c332b', '1795422602.000012', '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C07UNREAD', '2026-11-23', 1, '0e1c9d547fcb2e7e', '1795422602.000012', '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T1', 'C07UNREAD', '2026-11-23', 2, '878242f45d509b9a', '1795422602.000012', '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C07UNREAD', '2026-11-23', 3, '64fb4c61be0844f3', '1795422602.000012', '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C07UNREAD', '2026-11-23', 5, '84fda47ae4e10dbc', '1795422602.000012', 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T1', 'C07UNREAD', '2026-11-23', 6, 'bed8ce9bb33086b8', '1795422602.000012', 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C07UNREAD', '2026-11-23', 7, '52bcbdd15b30c93c', '1795422602.000012', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C07UNREAD', '2026-11-23', 8, '55fef9b8d75ce3fa', '1795422602.000012', '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C01POSTED', '2026-11-24', 0, 'caf4fce4bda3f556', '1795509002.000039', '228869723ce81eb1.56d7cc05942c097f', '{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C01POSTED', '2026-11-24', 1, 'e439af5056dd3561', '1795509002.000039', '9deecb097a1ca1a4.b8fcc47d3d2128ff', '{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}'),
	('T1', 'C01POSTED', '2026-11-24', 2, '1fae723886f1e3f1', '1795509002.000039', '938a672734e1a82f.1d19825cd597bd53', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C01POSTED', '2026-11-24', 3, '8670fe96c6e3ece7', '1795509002.000039', '2fc33e38dfa517ef.9ca269a18cf91418', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C05ASKED', '2026-11-24', 0, 'caf4fce4bda3f556', NULL, '228869723ce81eb1.56d7cc05942c097f', '{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C05ASKED', '2026-11-24', 1, 'e439af5056dd3561', NULL, '9deecb097a1ca1a4.b8fcc47d3d2128ff', '{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}'),
	('T1', 'C05ASKED', '2026-11-24', 2, '1fae723886f1e3f1', NULL, '938a672734e1a82f.1d19825cd597bd53', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C05ASKED', '2026-11-24', 3, '8670fe96c6e3ece7', NULL, '2fc33e38dfa517ef.9ca269a18cf91418', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C05ASKED', '2026-11-24', 4, '10d474bdea732b2b', NULL, '33756df79efa7040.5c743bbc4f2c5476', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C05ASKED', '2026-11-24', 5, '57b6482d200b3d0a', NULL, '2802c64e43eebeb5.ed3ff5e4646d9cf5', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C05ASKED', '2026-11-24', 6, '52bcbdd15b30c93c', NULL, '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C05ASKED', '2026-11-24', 7, '64fb4c61be0844f3', NULL, NULL, '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C12OFF', '2026-11-24', 0, 'caf4fce4bda3f556', NULL, '228869723ce81eb1.56d7cc05942c097f', '{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C12OFF', '2026-11-24', 1, 'e439af5056dd3561', NULL, '9deecb097a1ca1a4.b8fcc47d3d2128ff', '{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}'),
	('T1', 'C12OFF', '2026-11-24', 2, '1fae723886f1e3f1', NULL, '938a672734e1a82f.1d19825cd597bd53', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C12OFF', '2026-11-24', 3, '8670fe96c6e3ece7', NULL, '2fc33e38dfa517ef.9ca269a18cf91418', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C12OFF', '2026-11-24', 4, '10d474bdea732b2b', NULL, '33756df79efa7040.5c743bbc4f2c5476', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C12OFF', '2026-11-24', 5, '57b6482d200b3d0a', NULL, '2802c64e43eebeb5.ed3ff5e4646d9cf5', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C12OFF', '2026-11-24', 6, '52bcbdd15b30c93c', NULL, '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C12OFF', '2026-11-24', 7, '64fb4c61be0844f3', NULL, NULL, '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T2', 'C20OTHER', '2026-11-24', 0, 'caf4fce4bda3f556', NULL, '228869723ce81eb1.56d7cc05942c097f', '{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T2', 'C20OTHER', '2026-11-24', 1, 'e439af5056dd3561', NULL, '9deecb097a1ca1a4.b8fcc47d3d2128ff', '{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}'),
	('T1', 'C07UNREAD', '2026-11-23', 9, '390fe8e5697b1e19', '1795422602.000012', 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C15THREAD', '2026-11-23', 9, '390fe8e5697b1e19', '1795422602.000014', 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T2', 'C20OTHER', '2026-11-23', 0, 'a400c532ab0c332b', '1795422611.000024', '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T2', 'C20OTHER', '2026-11-23', 1, '0e1c9d547fcb2e7e', '1795422611.000024', '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T2', 'C20OTHER', '2026-11-23', 2, '878242f45d509b9a', '1795422611.000024', '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T2', 'C20OTHER', '2026-11-23', 3, '64fb4c61be0844f3', '1795422611.000024', '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T2', 'C20OTHER', '2026-11-23', 4, '13c3d5c2f151cd3f', '1795422611.000024', '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T2', 'C20OTHER', '2026-11-23', 5, '84fda47ae4e10dbc', '1795422611.000024', 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T2', 'C20OTHER', '2026-11-23', 6, 'bed8ce9bb33086b8', '1795422611.000024', 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T2', 'C20OTHER', '2026-11-23', 7, '52bcbdd15b30c93c', '1795422611.000024', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T2', 'C20OTHER', '2026-11-23', 8, '55fef9b8d75ce3fa', '1795422611.000024', '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T2', 'C20OTHER', '2026-11-23', 9, '390fe8e5697b1e19', '1795422611.000024', 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C02DETAIL', '2026-11-24', 0, 'caf4fce4bda3f556', '1795509002.000040', '228869723ce81eb1.56d7cc05942c097f', '{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C02DETAIL', '2026-11-24', 1, 'e439af5056dd3561', '1795509002.000040', '9deecb097a1ca1a4.b8fcc47d3d2128ff', '{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}'),
	('T1', 'C02DETAIL', '2026-11-24', 2, '1fae723886f1e3f1', '1795509002.000040', '938a672734e1a82f.1d19825cd597bd53', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C02DETAIL', '2026-11-24', 3, '8670fe96c6e3ece7', '1795509002.000040', '2fc33e38dfa517ef.9ca269a18cf91418', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C02DETAIL', '2026-11-24', 4, '10d474bdea732b2b', '1795509002.000040', '33756df79efa7040.5c743bbc4f2c5476', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C02DETAIL', '2026-11-24', 5, '57b6482d200b3d0a', '1795509002.000040', '2802c64e43eebeb5.ed3ff5e4646d9cf5', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C02DETAIL', '2026-11-24', 6, '52bcbdd15b30c93c', '1795509002.000040', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C02DETAIL', '2026-11-24', 7, '64fb4c61be0844f3', '1795509002.000040', NULL, '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C09MISSED', '2026-11-23', 0, 'a400c532ab0c332b', NULL, '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C09MISSED', '2026-11-23', 1, '0e1c9d547fcb2e7e', NULL, '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T1', 'C09MISSED', '2026-11-23', 2, '878242f45d509b9a', NULL, '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C09MISSED', '2026-11-23', 3, '64fb4c61be0844f3', NULL, '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C09MISSED', '2026-11-23', 4, '13c3d5c2f151cd3f', NULL, '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C09MISSED', '2026-11-23', 5, '84fda47ae4e10dbc', NULL, 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T1', 'C09MISSED', '2026-11-23', 6, 'bed8ce9bb33086b8', NULL, 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C09MISSED', '2026-11-23', 7, '52bcbdd15b30c93c', NULL, '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C09MISSED', '2026-11-23', 8, '55fef9b8d75ce3fa', NULL, '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C09MISSED', '2026-11-23', 9, '390fe8e5697b1e19', NULL, 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C10STOPPED', '2026-11-23', 0, 'a400c532ab0c332b', NULL, '158bf4ff4d505baa.df30530e08f8ffec', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C10STOPPED', '2026-11-23', 1, '0e1c9d547fcb2e7e', NULL, '5d8b88874be846ae.a89c732a8be6157e', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}'),
	('T1', 'C10STOPPED', '2026-11-23', 2, '878242f45d509b9a', NULL, '228869723ce81eb1.56d7cc05942c097f', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C10STOPPED', '2026-11-23', 3, '64fb4c61be0844f3', NULL, '73466d1cf18ff292.e1fd0690ee41ded9', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C10STOPPED', '2026-11-23', 4, '13c3d5c2f151cd3f', NULL, '83606527ff5fbfdd.ae9ab8b004c04cc3', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}'),
	('T1', 'C10STOPPED', '2026-11-23', 5, '84fda47ae4e10dbc', NULL, 'c1bce3867af9d79d.237b52eb7d0839cc', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}'),
	('T1', 'C10STOPPED', '2026-11-23', 6, 'bed8ce9bb33086b8', NULL, 'b1f7902143080608.2919cb346969f01f', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C10STOPPED', '2026-11-23', 7, '52bcbdd15b30c93c', NULL, '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C10STOPPED', '2026-11-23', 8, '55fef9b8d75ce3fa', NULL, '7f62c103dd57a462.83eda724c7ec74bd', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C10STOPPED', '2026-11-23', 9, '390fe8e5697b1e19', NULL, 'be5fb798893ebc82.63aa1078a6628a06', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C01POSTED', '2026-11-24', 4, '10d474bdea732b2b', '1795509002.000039', '33756df79efa7040.5c743bbc4f2c5476', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C01POSTED', '2026-11-24', 5, '57b6482d200b3d0a', '1795509002.000039', '2802c64e43eebeb5.ed3ff5e4646d9cf5', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C01POSTED', '2026-11-24', 6, '52bcbdd15b30c93c', '1795509002.000039', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C01POSTED', '2026-11-24', 7, '64fb4c61be0844f3', '1795509002.000039', NULL, '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C03PLANNED', '2026-11-24', 0, 'caf4fce4bda3f556', NULL, '228869723ce81eb1.56d7cc05942c097f', '{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C03PLANNED', '2026-11-24', 1, 'e439af5056dd3561', NULL, '9deecb097a1ca1a4.b8fcc47d3d2128ff', '{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}'),
	('T1', 'C03PLANNED', '2026-11-24', 2, '1fae723886f1e3f1', NULL, '938a672734e1a82f.1d19825cd597bd53', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C03PLANNED', '2026-11-24', 3, '8670fe96c6e3ece7', NULL, '2fc33e38dfa517ef.9ca269a18cf91418', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C03PLANNED', '2026-11-24', 4, '10d474bdea732b2b', NULL, '33756df79efa7040.5c743bbc4f2c5476', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C03PLANNED', '2026-11-24', 5, '57b6482d200b3d0a', NULL, '2802c64e43eebeb5.ed3ff5e4646d9cf5', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C03PLANNED', '2026-11-24', 6, '52bcbdd15b30c93c', NULL, '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C03PLANNED', '2026-11-24', 7, '64fb4c61be0844f3', NULL, NULL, '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C06STANDS', '2026-11-24', 0, 'caf4fce4bda3f556', NULL, '228869723ce81eb1.56d7cc05942c097f', '{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C06STANDS', '2026-11-24', 1, 'e439af5056dd3561', NULL, '9deecb097a1ca1a4.b8fcc47d3d2128ff', '{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}'),
	('T1', 'C06STANDS', '2026-11-24', 2, '1fae723886f1e3f1', NULL, '938a672734e1a82f.1d19825cd597bd53', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C06STANDS', '2026-11-24', 3, '8670fe96c6e3ece7', NULL, '2fc33e38dfa517ef.9ca269a18cf91418', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C06STANDS', '2026-11-24', 4, '10d474bdea732b2b', NULL, '33756df79efa7040.5c743bbc4f2c5476', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C06STANDS', '2026-11-24', 5, '57b6482d200b3d0a', NULL, '2802c64e43eebeb5.ed3ff5e4646d9cf5', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C06STANDS', '2026-11-24', 6, '52bcbdd15b30c93c', NULL, '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C06STANDS', '2026-11-24', 7, '64fb4c61be0844f3', NULL, NULL, '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C15THREAD', '2026-11-24', 0, 'caf4fce4bda3f556', '1795509002.000045', '228869723ce81eb1.56d7cc05942c097f', '{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C15THREAD', '2026-11-24', 1, 'e439af5056dd3561', '1795509002.000045', '9deecb097a1ca1a4.b8fcc47d3d2128ff', '{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}'),
	('T1', 'C15THREAD', '2026-11-24', 2, '1fae723886f1e3f1', '1795509002.000045', '938a672734e1a82f.1d19825cd597bd53', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C15THREAD', '2026-11-24', 3, '8670fe96c6e3ece7', '1795509002.000045', '2fc33e38dfa517ef.9ca269a18cf91418', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C15THREAD', '2026-11-24', 4, '10d474bdea732b2b', '1795509002.000045', '33756df79efa7040.5c743bbc4f2c5476', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C15THREAD', '2026-11-24', 5, '57b6482d200b3d0a', '1795509002.000045', '2802c64e43eebeb5.ed3ff5e4646d9cf5', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C15THREAD', '2026-11-24', 6, '52bcbdd15b30c93c', '1795509002.000045', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C15THREAD', '2026-11-24', 7, '64fb4c61be0844f3', '1795509002.000045', NULL, '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C07UNREAD', '2026-11-24', 3, '8670fe96c6e3ece7', NULL, '2fc33e38dfa517ef.9ca269a18cf91418', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C07UNREAD', '2026-11-24', 4, '10d474bdea732b2b', NULL, '33756df79efa7040.5c743bbc4f2c5476', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C07UNREAD', '2026-11-24', 5, '57b6482d200b3d0a', NULL, '2802c64e43eebeb5.ed3ff5e4646d9cf5', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T1', 'C07UNREAD', '2026-11-24', 6, '52bcbdd15b30c93c', NULL, '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T1', 'C07UNREAD', '2026-11-24', 7, '64fb4c61be0844f3', NULL, NULL, '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T2', 'C20OTHER', '2026-11-24', 2, '1fae723886f1e3f1', NULL, '938a672734e1a82f.1d19825cd597bd53', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T2', 'C20OTHER', '2026-11-24', 3, '8670fe96c6e3ece7', NULL, '2fc33e38dfa517ef.9ca269a18cf91418', '{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T2', 'C20OTHER', '2026-11-24', 4, '10d474bdea732b2b', NULL, '33756df79efa7040.5c743bbc4f2c5476', '{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T2', 'C20OTHER', '2026-11-24', 5, '57b6482d200b3d0a', NULL, '2802c64e43eebeb5.ed3ff5e4646d9cf5', '{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}'),
	('T2', 'C20OTHER', '2026-11-24', 6, '52bcbdd15b30c93c', NULL, '3bd7deeb1ec166b4.3aaa7e31db4b9ca4', '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}'),
	('T2', 'C20OTHER', '2026-11-24', 7, '64fb4c61be0844f3', NULL, NULL, '{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');



INSERT INTO public.digests VALUES
	('T1', 'C11STOPS', '2026-11-23', 'missed', '2026-11-22 17:00:00+00', '2026-11-23 17:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL),
	('T1', 'C13NOW', '2026-11-23', 'missed', '2026-11-22 17:00:00+00', '2026-11-23 17:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL),
	('T1', 'C01POSTED', '2026-11-23', 'posted', '2026-11-22 08:30:00+00', '2026-11-23 08:30:00+00', 'old-worker/da13113c', NULL, NULL, NULL, '1795422602.000006', '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T2', 'C20OTHER', '2026-11-23', 'posted', '2026-11-22 08:30:00+00', '2026-11-23 08:30:00+00', 'old-worker/f6afe616', NULL, NULL, NULL, '1795422611.000024', '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C02DETAIL', '2026-11-23', 'posted', '2026-11-22 08:30:00+00', '2026-11-23 08:30:00+00', 'old-worker/273bc4bf', NULL, NULL, NULL, '1795422602.000007', '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C03PLANNED', '2026-11-23', 'posted', '2026-11-22 08:30:00+00', '2026-11-23 08:30:00+00', 'old-worker/31acffba', NULL, NULL, NULL, '1795422602.000008', '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C04TAKEN', '2026-11-23', 'posted', '2026-11-22 08:30:00+00', '2026-11-23 08:30:00+00', 'old-worker/d01ae769', NULL, NULL, NULL, '1795422602.000009', '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C01POSTED', '2026-11-24', 'posted', '2026-11-23 08:30:00+00', '2026-11-24 08:30:00+00', 'old-worker/3f100aa7', NULL, NULL, NULL, '1795509002.000039', '{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C05ASKED', '2026-11-23', 'posted', '2026-11-22 08:30:00+00', '2026-11-23 08:30:00+00', 'old-worker/83d9414c', NULL, NULL, NULL, '1795422602.000010', '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C06STANDS', '2026-11-24', 'posting', '2026-11-23 08:30:00+00', '2026-11-24 08:30:00+00', 'old-worker/da2aa210', '2026-11-24 08:32:02+00', NULL, NULL, NULL, '{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C06STANDS', '2026-11-23', 'posted', '2026-11-22 08:30:00+00', '2026-11-23 08:30:00+00', 'old-worker/c928f911', NULL, NULL, NULL, '1795422602.000011', '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C10STOPPED', '2026-11-23', 'planned', '2026-11-22 09:00:00+00', '2026-11-23 09:00:00+00', 'old-worker/4a6c4baf', NULL, '2026-11-23 11:02:00+00', 'is_archived', NULL, '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C07UNREAD', '2026-11-23', 'posted', '2026-11-22 08:30:00+00', '2026-11-23 08:30:00+00', 'old-worker/72b65df9', NULL, NULL, NULL, '1795422602.000012', '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C09MISSED', '2026-11-23', 'missed', '2026-11-22 09:00:00+00', '2026-11-23 09:00:00+00', 'old-worker/99acc99e', NULL, '2026-11-23 11:02:00+00', 'invalid_blocks', NULL, '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C08UNCERTAIN', '2026-11-23', 'uncertain', '2026-11-22 09:00:00+00', '2026-11-23 09:00:00+00', 'old-worker/d9fc44f4', '2026-11-23 09:32:00+00', NULL, 'Slack did not confirm that it was posted', NULL, '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C12OFF', '2026-11-23', 'posted', '2026-11-22 08:30:00+00', '2026-11-23 08:30:00+00', 'old-worker/9cd5ae0e', NULL, NULL, NULL, '1795422602.000013', '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C02DETAIL', '2026-11-24', 'posted', '2026-11-23 08:30:00+00', '2026-11-24 08:30:00+00', 'old-worker/1b9d8f13', NULL, NULL, NULL, '1795509002.000040', '{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C15THREAD', '2026-11-23', 'posted', '2026-11-22 08:30:00+00', '2026-11-23 08:30:00+00', 'old-worker/10e16d1e', NULL, NULL, NULL, '1795422602.000014', '{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T2', 'C20OTHER', '2026-11-24', 'posting', '2026-11-23 08:30:00+00', '2026-11-24 08:30:00+00', 'old-worker/4eb7be7b', '2026-11-24 08:32:11+00', NULL, NULL, NULL, '{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C07UNREAD', '2026-11-24', 'posting', '2026-11-23 08:30:00+00', '2026-11-24 08:30:00+00', 'old-worker/7d8c47f1', '2026-11-24 08:32:02+00', NULL, NULL, NULL, '{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C03PLANNED', '2026-11-24', 'planned', '2026-11-23 08:30:00+00', '2026-11-24 08:30:00+00', 'old-worker/513dea5c', NULL, '2026-11-24 08:35:02+00', 'not_in_channel', NULL, '{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C04TAKEN', '2026-11-24', 'planned', '2026-11-23 08:30:00+00', '2026-11-24 08:30:00+00', 'old-worker/5d37b112', '2026-11-24 08:32:02+00', NULL, NULL, NULL, NULL),
	('T1', 'C15THREAD', '2026-11-24', 'posted', '2026-11-23 08:30:00+00', '2026-11-24 08:30:00+00', 'old-worker/db4ea0b8', NULL, NULL, NULL, '1795509002.000045', '{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C05ASKED', '2026-11-24', 'posting', '2026-11-23 08:30:00+00', '2026-11-24 08:30:00+00', 'old-worker/04e431a5', '2026-11-24 08:32:02+00', NULL, NULL, NULL, '{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}'),
	('T1', 'C13NOW', '2026-11-24', 'planned', '2026-11-22 17:00:00+00', '2026-11-24 08:31:00+00', NULL, NULL, '2026-11-24 08:31:02+00', NULL, NULL, NULL),
	('T1', 'C12OFF', '2026-11-24', 'posting', '2026-11-23 08:30:00+00', '2026-11-24 08:30:00+00', 'old-worker/b717c3ee', '2026-11-24 08:32:02+00', NULL, NULL, NULL, '{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');



INSERT INTO public.feed_entries VALUES
	('5dc16390d37d24f8', '7ab02271bb64da05b0e5ff30a00c25daf86e71d0', '70e84aa2a0d409acae76fd8b04f88e2ce12fbc2c', '2026-11-23 07:00:00+00'),
	('6260de3f5c8aa06b', '12787d5e0c513e2da4128a05b1461292206f1ad8', '482450d8e55f1f7a323761065841693494c291e5', '2026-11-23 07:00:00+00'),
	('fbde28d996674bf3', '2e80d1a79902946ea5a6a08c6aa9733982616dff', '4989261a56d3fa365f54c597535933a9809fd58b', '2026-11-23 07:00:00+00');



INSERT INTO public.feeds VALUES
	('4883ead617429974', 'http://feeds.example:8080/feed?paused', 'http://feeds.example:8080/feed?paused', 'Saltmarsh Courier', 'The Paused Post', NULL, false, 'cli', NULL, NULL, '2026-11-23 07:00:00+00', 'paused', NULL, NULL, 3600, NULL, NULL, NULL, 0, NULL, NULL, 0),
	('6260de3f5c8aa06b', 'http://feeds.example:8080/gone', 'http://feeds.example:8080/gone', 'Saltmarsh Courier', NULL, NULL, false, 'slack', 'T1', 'U01ALICE', '2026-11-23 07:00:00+00', 'gone', NULL, NULL, 9112, '2026-11-24 06:00:00+00', '2026-11-23 07:00:00+00', '2026-11-24 06:00:00+00', 1, 'it was removed for good', '2026-11-24 06:00:00+00', 0),
	('fbde28d996674bf3', 'http://feeds.example:8080/whole', 'http://feeds.example:8080/whole', 'The Buoy', 'The Buoy', NULL, true, 'cli', NULL, NULL, '2026-11-23 07:00:00+00', 'active', NULL, NULL, 13668, '2026-11-24 06:00:00+00', '2026-11-23 07:00:00+00', NULL, 0, NULL, NULL, 0),
	('5dc16390d37d24f8', 'http://feeds.example:8080/feed', 'http://feeds.example:8080/feed', 'Saltmarsh Courier', 'The Saltmarsh Courier', NULL, false, 'slack', 'T1', 'U01ALICE', '2026-11-23 07:00:00+00', 'active', '"one"', NULL, 13668, '2026-11-24 06:00:06+00', '2026-11-23 07:00:00+00', NULL, 0, NULL, NULL, 0);



INSERT INTO public.gone_claims VALUES
	('c83e3a21ffac0d98', '1a0f6c77cadc', 'corrected', '2026-11-23 13:00:09+00'),
	('64fb4c61be0844f3', '2141871d8311', 'removed', '2026-11-23 13:00:18+00'),
	('a400c532ab0c332b', 'f47092818a16', 'removed', '2026-11-24 08:31:00+00'),
	('aea5e8fb50258fcf', 'f47092818a16', 'removed', '2026-11-24 08:31:00+00'),
	('55fef9b8d75ce3fa', 'f47092818a16', 'removed', '2026-11-24 08:31:00+00'),
	('1fae723886f1e3f1', '8c3f38ae8bb9', 'removed', '2026-11-24 08:31:00+00');



INSERT INTO public.hosts VALUES
	('feeds.example:8080', '2026-11-24 08:30:02+00', '', '2026-11-24 08:30:02+00');



INSERT INTO public.identities VALUES
	('guid:4f099da189d511672cbd1463576ed388f00', '1a0f6c77cadc'),
	('origin:667e7131dc9985558f98179e13b9af4a8', '1a0f6c77cadc'),
	('url:8a486d326baa8884f13bc78a8096cf90373d', '1a0f6c77cadc'),
	('guid:65bab445f704cf75e1f72261264e60c84f8', 'f47092818a16'),
	('origin:88342ce60e8d63a620ca0f6d1f30d30ba', 'f47092818a16'),
	('url:6c53d4f8361b330aaafe8f197127ffd65a3e', 'f47092818a16'),
	('guid:ee7f7bfa9b6995d45305d32507b446fb42d', '0ce89fb5e879'),
	('origin:dc50920d57076ac75911c4b2367e1df1e', '0ce89fb5e879'),
	('url:00273fc5dbff25b4f4041c9fef9cf565890a', '0ce89fb5e879'),
	('guid:60fcbfbc18e28a0c70fd34964eec3e8fcf6', '2141871d8311'),
	('origin:045882b8f4b9cfea210f6e8f4502c5558', '2141871d8311'),
	('url:1d3e49851350128a9817c7b991a202fdc600', '2141871d8311'),
	('guid:6942c0917747fe54075b888ec65d3723db7', '6e07000f5509'),
	('url:dfa0e7c7f7562c3af3b58994b34cbdfb553e', '6e07000f5509'),
	('guid:7b03714f70d1d30c63b5ac599a2b2ca77a1', '6e07000f5509'),
	('guid:4c071812d7a7093356300b6ee852869e1f8', '0dc53ceb88bf'),
	('url:69099a0209ee2263fed45a627816800330b7', '0dc53ceb88bf'),
	('guid:6d7b8ce3596615bd908afd79172b897031a', 'b40d90e27aa6'),
	('origin:98845818da9385621f4baaaa6c231e37c', 'b40d90e27aa6'),
	('url:d1badf432ac626d4510d0e504ad004cdb0e6', 'b40d90e27aa6'),
	('guid:ea7d20fb0407a8c1c46d6dbfe38b2acdf5c', '6d3ba448cdff'),
	('origin:648f56ab3ac114b834946b4175f7150b5', '6d3ba448cdff'),
	('url:ec8a203db1f8e5e93422d53922926f4be671', '6d3ba448cdff'),
	('guid:dadae63769d47f3d2dde1c4c28a92a63f77', '54e613d574d9'),
	('origin:66b3240c6df5f2e87f8028af417f663f0', '54e613d574d9'),
	('url:5770a05a0fbd3582e8bf5cbdb8bf6835481f', '54e613d574d9'),
	('guid:205aed1505aa00a15027b22f86d4726daae', '8c3f38ae8bb9'),
	('origin:367527b2bc23ec8697696dd0ba8f6c64d', '8c3f38ae8bb9'),
	('url:b7f110dfed1c3df48fcaad3e7b2c9d45c08c', '8c3f38ae8bb9'),
	('guid:f66b7b5ddbc3d16a51a774a297a74621044', '6fbfd7ca6c8e'),
	('origin:a07a66e4840e5bc3b3695a9d6451dfbd1', '6fbfd7ca6c8e'),
	('url:98df0b89432d7cf94cba16a7bc99f9845a81', '6fbfd7ca6c8e');



INSERT INTO public.jobs VALUES
	(23, 'page', 'fbde28d996674bf3/2e80d1a79902946ea5a6a08c6aa9733982616dff', '{"feed": "fbde28d996674bf3", "entry": {"guid": "http://feeds.example:8080/whole#buoy-1", "url": "http://feeds.example:8080/buoy", "title": "Buoy adrift", "outlet": "The Buoy", "byline": null, "language": null, "revision": null, "published": null, "characters": 17, "modified_at": null}}', 'failed', '2026-11-24 07:05:58.588235+00', NULL, NULL, 10, '2026-11-24 08:30:02+00', NULL, NULL, 'cannot fetch: http://feeds.example:8080/buoy: the site answered with status 500. Try again later.'),
	(13, 'digest', 'T1/C11STOPS', '{"team": "T1", "channel": "C11STOPS"}', 'waiting', '2026-11-24 17:00:02+00', NULL, 'T1', 0, '2026-11-24 06:00:00+00', NULL, NULL, NULL),
	(19, 'poll', 'fbde28d996674bf3', NULL, 'waiting', '2026-11-24 09:47:48+00', NULL, NULL, 0, '2026-11-24 06:00:00+00', NULL, NULL, NULL),
	(17, 'poll', '5dc16390d37d24f8', NULL, 'waiting', '2026-11-24 09:47:54+00', NULL, NULL, 0, '2026-11-24 06:00:06+00', NULL, NULL, NULL),
	(307, 'alert', '3bc1eb2b28955ca8', NULL, 'waiting', '2026-11-24 18:00:00+00', NULL, NULL, 0, NULL, NULL, NULL, NULL),
	(365, 'watch', 'all', NULL, 'waiting', '2026-11-24 08:31:00+00', NULL, NULL, 1, '2026-11-24 08:31:00+00', 'old-worker/61b167a9', '2026-11-24 08:33:00+00', NULL),
	(8, 'digest', 'T1/C12OFF', '{"team": "T1", "channel": "C12OFF"}', 'waiting', '2026-11-24 08:30:02+00', NULL, 'T1', 1, '2026-11-24 08:30:02+00', 'old-worker/b717c3ee', '2026-11-24 08:32:02+00', NULL),
	(1, 'digest', 'T1/C01POSTED', '{"team": "T1", "channel": "C01POSTED"}', 'waiting', '2026-11-25 08:30:02+00', NULL, 'T1', 0, '2026-11-24 08:30:02+00', NULL, NULL, NULL),
	(2, 'digest', 'T1/C02DETAIL', '{"team": "T1", "channel": "C02DETAIL"}', 'waiting', '2026-11-25 08:30:02+00', NULL, 'T1', 0, '2026-11-24 08:30:02+00', NULL, NULL, NULL),
	(16, 'digest', 'T2/C20OTHER', '{"team": "T2", "channel": "C20OTHER"}', 'waiting', '2026-11-24 08:30:02+00', NULL, 'T2', 1, '2026-11-24 08:30:11+00', 'old-worker/4eb7be7b', '2026-11-24 08:32:11+00', NULL),
	(3, 'digest', 'T1/C03PLANNED', '{"team": "T1", "channel": "C03PLANNED"}', 'waiting', '2026-11-24 08:35:02+00', NULL, 'T1', 0, '2026-11-24 08:30:02+00', NULL, NULL, NULL),
	(4, 'digest', 'T1/C04TAKEN', '{"team": "T1", "channel": "C04TAKEN"}', 'waiting', '2026-11-24 08:30:02+00', '2026-11-24 08:32:02+00', 'T1', 1, '2026-11-24 08:30:02+00', 'old-worker/5d37b112', '2026-11-24 08:32:02+00', NULL),
	(5, 'digest', 'T1/C05ASKED', '{"team": "T1", "channel": "C05ASKED"}', 'waiting', '2026-11-24 08:30:02+00', '2026-11-24 08:32:02+00', 'T1', 1, '2026-11-24 08:30:02+00', 'old-worker/04e431a5', '2026-11-24 08:32:02+00', NULL),
	(6, 'digest', 'T1/C06STANDS', '{"team": "T1", "channel": "C06STANDS"}', 'waiting', '2026-11-24 08:30:02+00', '2026-11-24 08:32:02+00', 'T1', 1, '2026-11-24 08:30:02+00', 'old-worker/da2aa210', '2026-11-24 08:32:02+00', NULL),
	(7, 'digest', 'T1/C07UNREAD', '{"team": "T1", "channel": "C07UNREAD"}', 'waiting', '2026-11-24 08:30:02+00', '2026-11-24 08:32:02+00', 'T1', 1, '2026-11-24 08:30:02+00', 'old-worker/7d8c47f1', '2026-11-24 08:32:02+00', NULL),
	(10, 'digest', 'T1/C08UNCERTAIN', '{"team": "T1", "channel": "C08UNCERTAIN"}', 'waiting', '2026-11-24 09:00:02+00', NULL, 'T1', 0, '2026-11-23 09:30:00+00', NULL, NULL, NULL),
	(11, 'digest', 'T1/C09MISSED', '{"team": "T1", "channel": "C09MISSED"}', 'waiting', '2026-11-24 09:00:02+00', NULL, 'T1', 0, '2026-11-23 11:30:00+00', NULL, NULL, NULL),
	(14, 'digest', 'T1/C13NOW', '{"team": "T1", "channel": "C13NOW"}', 'waiting', '2026-11-24 08:31:02+00', NULL, 'T1', 0, '2026-11-24 06:00:00+00', NULL, NULL, NULL),
	(15, 'digest', 'T1/C14PAUSED', '{"team": "T1", "channel": "C14PAUSED"}', 'waiting', '2026-11-26 08:30:02+00', NULL, 'T1', 0, '2026-11-23 07:00:00+00', NULL, NULL, NULL),
	(9, 'digest', 'T1/C15THREAD', '{"team": "T1", "channel": "C15THREAD"}', 'waiting', '2026-11-25 08:30:02+00', NULL, 'T1', 0, '2026-11-24 08:30:02+00', NULL, NULL, NULL),
	(316, 'send', 'T1/C15THREAD', '{"team": "T1", "channel": "C15THREAD"}', 'waiting', '2026-11-24 08:30:02+00', '2026-11-24 08:30:02+00', 'T1', 1, '2026-11-24 08:30:02+00', 'old-worker/5907fff7', '2026-11-24 08:32:02+00', NULL),
	(317, 'send', 'T1/C31ASKED', '{"team": "T1", "channel": "C31ASKED"}', 'waiting', '2026-11-24 08:30:30+00', '2026-11-24 08:32:30+00', 'T1', 1, '2026-11-24 08:30:30+00', 'old-worker/8ed91edf', '2026-11-24 08:32:30+00', NULL),
	(325, 'send', 'T1/D02BOB', '{"team": "T1", "channel": "D02BOB"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(389, 'chart', 'T1/C01POSTED/1795422602.000006', '{"team": "T1", "channel": "C01POSTED", "ts": "1795422602.000006"}', 'waiting', '2026-11-24 08:31:29.882353+00', NULL, 'T1', 1, '2026-11-24 08:31:00+00', NULL, NULL, 'the chart failed'),
	(318, 'send', 'T1/C32STANDS', '{"team": "T1", "channel": "C32STANDS"}', 'waiting', '2026-11-24 08:30:30+00', '2026-11-24 08:30:30+00', 'T1', 1, '2026-11-24 08:30:30+00', 'old-worker/dbaabdac', '2026-11-24 08:32:30+00', NULL),
	(320, 'send', 'T1/C33THREAD', '{"team": "T1", "channel": "C33THREAD"}', 'waiting', '2026-11-24 08:30:30+00', '2026-11-24 08:32:30+00', 'T1', 1, '2026-11-24 08:30:30+00', 'old-worker/01823756', '2026-11-24 08:32:30+00', NULL),
	(327, 'send', 'T1/U01ALICE', '{"team": "T1", "channel": "U01ALICE"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(322, 'send', 'T1/C30SENT', '{"team": "T1", "channel": "C30SENT"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(311, 'detail', 'T1/C02DETAIL/1795509002.000040', '{"team": "T1", "channel": "C02DETAIL", "ts": "1795509002.000040"}', 'waiting', '2026-11-24 08:30:02+00', NULL, 'T1', 1, '2026-11-24 08:30:02+00', 'old-worker/f618a2e5', '2026-11-24 08:32:02+00', NULL),
	(312, 'chart', 'T1/C02DETAIL/1795509002.000040', '{"team": "T1", "channel": "C02DETAIL", "ts": "1795509002.000040"}', 'waiting', '2026-11-24 08:30:02+00', NULL, 'T1', 1, '2026-11-24 08:30:02+00', 'old-worker/e14d554f', '2026-11-24 08:32:02+00', NULL),
	(338, 'mend', 'T1/C01POSTED/1795422602.000006', '{"team": "T1", "channel": "C01POSTED", "ts": "1795422602.000006"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(339, 'mend', 'T1/C01POSTED/1795422603.000015', '{"team": "T1", "channel": "C01POSTED", "ts": "1795422603.000015"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(340, 'mend', 'T1/C02DETAIL/1795422602.000007', '{"team": "T1", "channel": "C02DETAIL", "ts": "1795422602.000007"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(341, 'mend', 'T1/C02DETAIL/1795422603.000016', '{"team": "T1", "channel": "C02DETAIL", "ts": "1795422603.000016"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(342, 'mend', 'T1/C03PLANNED/1795422602.000008', '{"team": "T1", "channel": "C03PLANNED", "ts": "1795422602.000008"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(343, 'mend', 'T1/C03PLANNED/1795422603.000017', '{"team": "T1", "channel": "C03PLANNED", "ts": "1795422603.000017"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(344, 'mend', 'T1/C04TAKEN/1795422602.000009', '{"team": "T1", "channel": "C04TAKEN", "ts": "1795422602.000009"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(345, 'mend', 'T1/C04TAKEN/1795422603.000018', '{"team": "T1", "channel": "C04TAKEN", "ts": "1795422603.000018"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(346, 'mend', 'T1/C05ASKED/1795422602.000010', '{"team": "T1", "channel": "C05ASKED", "ts": "1795422602.000010"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(347, 'mend', 'T1/C05ASKED/1795422603.000019', '{"team": "T1", "channel": "C05ASKED", "ts": "1795422603.000019"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(348, 'mend', 'T1/C06STANDS/1795422602.000011', '{"team": "T1", "channel": "C06STANDS", "ts": "1795422602.000011"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(349, 'mend', 'T1/C06STANDS/1795422603.000020', '{"team": "T1", "channel": "C06STANDS", "ts": "1795422603.000020"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(304, 'release', 'b40d90e27aa6', NULL, 'waiting', '2026-11-24 12:00:00+00', NULL, NULL, 0, NULL, NULL, NULL, NULL),
	(328, 'mend', 'T1/C01POSTED/1795509002.000039', '{"team": "T1", "channel": "C01POSTED", "ts": "1795509002.000039"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(329, 'mend', 'T1/C01POSTED/1795509003.000046', '{"team": "T1", "channel": "C01POSTED", "ts": "1795509003.000046"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(330, 'mend', 'T1/C02DETAIL/1795509002.000040', '{"team": "T1", "channel": "C02DETAIL", "ts": "1795509002.000040"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(331, 'mend', 'T1/C15THREAD/1795509002.000045', '{"team": "T1", "channel": "C15THREAD", "ts": "1795509002.000045"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(332, 'send', 'T1/U02BOB', '{"team": "T1", "channel": "U02BOB"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(321, 'send', 'T1/U03CARA', '{"team": "T1", "channel": "U03CARA"}', 'waiting', '2026-11-24 08:30:30+00', '2026-11-24 08:32:30+00', 'T1', 1, '2026-11-24 08:30:30+00', 'old-worker/2ef6e56a', '2026-11-24 08:32:30+00', NULL),
	(336, 'send', '/U03CARA', '{"team": "", "channel": "U03CARA"}', 'waiting', '2026-11-24 08:31:00+00', NULL, NULL, 0, NULL, NULL, NULL, NULL),
	(350, 'mend', 'T1/C07UNREAD/1795422602.000012', '{"team": "T1", "channel": "C07UNREAD", "ts": "1795422602.000012"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(351, 'mend', 'T1/C07UNREAD/1795422603.000021', '{"team": "T1", "channel": "C07UNREAD", "ts": "1795422603.000021"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(352, 'mend', 'T1/C12OFF/1795422602.000013', '{"team": "T1", "channel": "C12OFF", "ts": "1795422602.000013"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(353, 'mend', 'T1/C12OFF/1795422603.000022', '{"team": "T1", "channel": "C12OFF", "ts": "1795422603.000022"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(354, 'mend', 'T1/C15THREAD/1795422602.000014', '{"team": "T1", "channel": "C15THREAD", "ts": "1795422602.000014"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(355, 'mend', 'T1/C15THREAD/1795422603.000023', '{"team": "T1", "channel": "C15THREAD", "ts": "1795422603.000023"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(356, 'mend', 'T1/C30SENT/1700000000.000300', '{"team": "T1", "channel": "C30SENT", "ts": "1700000000.000300"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(357, 'mend', 'T1/C30SENT/1795420801.000002', '{"team": "T1", "channel": "C30SENT", "ts": "1795420801.000002"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(358, 'mend', 'T1/C30SENT/1795420803.000003', '{"team": "T1", "channel": "C30SENT", "ts": "1795420803.000003"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T1', 0, NULL, NULL, NULL, NULL),
	(359, 'mend', 'T2/C20OTHER/1795422611.000024', '{"team": "T2", "channel": "C20OTHER", "ts": "1795422611.000024"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T2', 0, NULL, NULL, NULL, NULL),
	(360, 'mend', 'T2/C20OTHER/1795422612.000025', '{"team": "T2", "channel": "C20OTHER", "ts": "1795422612.000025"}', 'waiting', '2026-11-24 08:31:00+00', NULL, 'T2', 0, NULL, NULL, NULL, NULL),
	(388, 'mail', 'T1/C01POSTED/1795422602.000006', '{"team": "T1", "channel": "C01POSTED", "ts": "1795422602.000006"}', 'failed', '2026-11-24 08:31:00+00', NULL, 'T1', 1, '2026-11-24 08:31:00+00', NULL, NULL, 'the mail failed');



INSERT INTO public.name_rulings VALUES
	('e654859a', 'T1', 'n1', 'merged', '[["Mirel Astow", "Orla Teague"]]', 1, 'U01ALICE', 'Alice', '2026-11-23 13:00:27+00', NULL, NULL),
	('3dc5c428', 'T1', 'n2', 'merged', '[["Lucan Vye", "Mirel Astow", "Orla Teague"]]', 2, 'U01ALICE', 'Alice', '2026-11-23 13:00:27+00', 'U01ALICE', '2026-11-23 13:00:27+00'),
	('3023438c', 'T1', 'n3', 'merged', '[["Lucan Vye", "Edda Farnholt"]]', 3, 'U01ALICE', 'Alice', '2026-11-23 13:00:27+00', NULL, NULL),
	('b35eb2df', 'T1', 'n4', 'split', '[["Lucan Vye"], ["Edda Farnholt"]]', 4, 'U01ALICE', 'Alice', '2026-11-23 13:00:27+00', NULL, NULL);



INSERT INTO public.names VALUES
	('Planners', 'person plnrs', 'Planners', '0ce89fb5e879'),
	('the town council', 'body town council', 'the town council', '1a0f6c77cadc'),
	('Jory Pellam Junior', 'person plm', 'Jory Pellam Junior', '1a0f6c77cadc'),
	('Mirel Astow', 'person astw', 'Mirel Astow', '0ce89fb5e879'),
	('Orla Teague', 'person tg', 'Mirel Astow', '6e07000f5509'),
	('Odo Brack', 'person brck', 'Odo Brack', '6d3ba448cdff'),
	('the engineers'' union', 'body engineers union', 'the engineers'' union', '6d3ba448cdff'),
	('Edda Farnholt', 'person frnlt', 'Edda Farnholt', NULL),
	('Hauliers'' League', 'body hl', 'Hauliers'' League', '54e613d574d9'),
	('Lucan Vye', 'person v', 'Lucan Vye', '54e613d574d9');



INSERT INTO public.news VALUES
	(21, '6fbfd7ca6c8e', '["ce11c34c2d217a4a"]', '2026-11-24 08:31:00+00');



INSERT INTO public.originals VALUES
	('bed8ce9bb33086b8', '1a0f6c77cadc', 1, '{"id": "bed8ce9bb33086b8", "kind": "attribution", "text": "the lock leaks badly", "spans": [[110, 130]], "paragraph": 2, "type": "indirect", "speaker": "Jory Pellam", "source": "Jory Pellam, a docker", "cue": "said", "source_kind": "named", "stance": "said", "confidence": 0.9563, "source_spans": [[77, 98]], "cue_spans": [[100, 104]], "printed": "2919cb346969f01f"}'),
	('c83e3a21ffac0d98', '1a0f6c77cadc', 3, '{"id": "c83e3a21ffac0d98", "kind": "statement", "text": "Nobody has inspected the pumps since May.", "spans": [[192, 233]], "paragraph": 3, "near": {"speaker": "the town council", "text": "it had been warned", "report": null}, "checkable": 0.28, "printed": "51acfba278a43f11"}'),
	('57b6482d200b3d0a', '54e613d574d9', 1, '{"id": "57b6482d200b3d0a", "kind": "attribution", "text": "they would use the old road", "spans": [[103, 130]], "paragraph": 2, "type": "indirect", "speaker": "Hauliers", "source": "Hauliers", "cue": "warned", "source_kind": "named", "stance": "warned", "confidence": 0.9448, "source_spans": [[82, 90]], "cue_spans": [[91, 97]], "printed": "ed3ff5e4646d9cf5"}');



INSERT INTO public.outbox VALUES
	(6, 'T1', 'unfurl/C30SENT/1700000000.000300', 'C30SENT', NULL, 'unfurl', '{"articles": {"https://courier.example/story-1": "1a0f6c77cadc", "https://courier.example/story-2": "f47092818a16"}}', NULL, 'sent', '2026-11-23 08:00:00+00', '2026-11-23 08:00:00+00', 0, NULL, '1700000000.000300', NULL),
	(1, 'T1', 'share/C30SENT/1.1/878242f45d509b9a', 'C30SENT', NULL, 'share', '{"person": "U02BOB"}', 'U02BOB', 'sent', '2026-11-23 08:00:00+00', '2026-11-23 08:00:00+00', 0, '2026-11-23 08:00:00+00', '1795420800.000001', NULL),
	(2, 'T1', 'cite/C30SENT/1.2/aea5e8fb50258fcf', 'C30SENT', NULL, 'cite', '{"person": "U02BOB"}', 'U02BOB', 'sent', '2026-11-23 08:00:00+00', '2026-11-23 08:00:01.5+00', 0, '2026-11-23 08:00:01.5+00', '1795420801.000002', NULL),
	(3, 'T1', 'answer/C30SENT/1700000000.000100', 'C30SENT', '1700000000.000100', 'answer', '{"query": "ferry", "read": null, "said": "ferry \u00b7 1 claim \u00b7 6 articles searched", "marks": {"a400c532ab0c332b": [[4, 9]]}, "places": {"a400c532ab0c332b": [[4, 9]]}, "meant": [], "more": 0}', 'U02BOB', 'sent', '2026-11-23 08:00:00+00', '2026-11-23 08:00:03+00', 0, '2026-11-23 08:00:03+00', '1795420803.000003', NULL),
	(4, 'T1', 'answer/C30SENT/1700000000.000200', 'C30SENT', NULL, 'answer', '{"query": "zeppelin", "read": null, "said": "Nothing on zeppelin in 6 articles (14 claims, 23 Nov 2026; 1 article has no date).", "marks": {}, "places": {}, "meant": [], "more": 0}', 'U02BOB', 'sent', '2026-11-23 08:00:00+00', '2026-11-23 08:00:04.5+00', 0, '2026-11-23 08:00:04.5+00', '1795420804.000004', NULL),
	(5, 'T1', 'told-sent', 'C30SENT', NULL, 'told', '{"text": "news told-sent", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "news told-sent", "verbatim": true}}]}', NULL, 'sent', '2026-11-23 08:00:00+00', '2026-11-23 08:00:06+00', 0, '2026-11-23 08:00:06+00', '1795420806.000005', NULL),
	(7, 'T1', 'digest/C01POSTED/2026-11-23/detail/0', 'C01POSTED', '1795422602.000006', 'detail', '{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}', NULL, 'sent', '2026-11-23 08:30:02+00', '2026-11-23 08:30:03.5+00', 0, '2026-11-23 08:30:03.5+00', '1795422603.000015', NULL),
	(8, 'T1', 'digest/C02DETAIL/2026-11-23/detail/0', 'C02DETAIL', '1795422602.000007', 'detail', '{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}', NULL, 'sent', '2026-11-23 08:30:02+00', '2026-11-23 08:30:03.5+00', 0, '2026-11-23 08:30:03.5+00', '1795422603.000016', NULL),
	(9, 'T1', 'digest/C03PLANNED/2026-11-23/detail/0', 'C03PLANNED', '1795422602.000008', 'detail', '{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}', NULL, 'sent', '2026-11-23 08:30:02+00', '2026-11-23 08:30:03.5+00', 0, '2026-11-23 08:30:03.5+00', '1795422603.000017', NULL),
	(10, 'T1', 'digest/C04TAKEN/2026-11-23/detail/0', 'C04TAKEN', '1795422602.000009', 'detail', '{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}', NULL, 'sent', '2026-11-23 08:30:02+00', '2026-11-23 08:30:03.5+00', 0, '2026-11-23 08:30:03.5+00', '1795422603.000018', NULL),
	(11, 'T1', 'digest/C05ASKED/2026-11-23/detail/0', 'C05ASKED', '1795422602.000010', 'detail', '{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}', NULL, 'sent', '2026-11-23 08:30:02+00', '2026-11-23 08:30:03.5+00', 0, '2026-11-23 08:30:03.5+00', '1795422603.000019', NULL),
	(12, 'T1', 'digest/C06STANDS/2026-11-23/detail/0', 'C06STANDS', '1795422602.000011', 'detail', '{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}', NULL, 'sent', '2026-11-23 08:30:02+00', '2026-11-23 08:30:03.5+00', 0, '2026-11-23 08:30:03.5+00', '1795422603.000020', NULL),
	(13, 'T1', 'digest/C07UNREAD/2026-11-23/detail/0', 'C07UNREAD', '1795422602.000012', 'detail', '{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}', NULL, 'sent', '2026-11-23 08:30:02+00', '2026-11-23 08:30:03.5+00', 0, '2026-11-23 08:30:03.5+00', '1795422603.000021', NULL),
	(14, 'T1', 'digest/C12OFF/2026-11-23/detail/0', 'C12OFF', '1795422602.000013', 'detail', '{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}', NULL, 'sent', '2026-11-23 08:30:02+00', '2026-11-23 08:30:03.5+00', 0, '2026-11-23 08:30:03.5+00', '1795422603.000022', NULL),
	(15, 'T1', 'digest/C15THREAD/2026-11-23/detail/0', 'C15THREAD', '1795422602.000014', 'detail', '{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}', NULL, 'sent', '2026-11-23 08:30:02+00', '2026-11-23 08:30:03.5+00', 0, '2026-11-23 08:30:03.5+00', '1795422603.000023', NULL),
	(16, 'T2', 'digest/C20OTHER/2026-11-23/detail/0', 'C20OTHER', '1795422611.000024', 'detail', '{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}', NULL, 'sent', '2026-11-23 08:30:11+00', '2026-11-23 08:30:12.5+00', 0, '2026-11-23 08:30:12.5+00', '1795422612.000025', NULL),
	(17, 'T1', 'digest/C09MISSED/2026-11-23/refused/invalid_blocks/U02BOB', 'DU02BOB', NULL, 'told', '{"text": "The digest for Monday 23 November was not posted in <#C09MISSED>: Slack refused it (invalid\u2060_\u200bblocks). If it keeps happening, tell whoever runs Claimdesk. I''ll try again every 5 minutes until 11:00. If that fails too, its claims will be in the next digest. (ref dc67)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The digest for Monday 23 November was not posted in <#C09MISSED>: Slack refused it (invalid\u2060_\u200bblocks). If it keeps happening, tell whoever runs Claimdesk. I''ll try again every 5 minutes until 11:00. If that fails too, its claims will be in the next digest. (ref dc67)", "verbatim": true}}]}', NULL, 'sent', '2026-11-23 09:00:02+00', '2026-11-23 09:00:02+00', 0, '2026-11-23 09:00:02+00', '1795424402.000027', NULL),
	(18, 'T1', 'digest/C10STOPPED/2026-11-23/refused/is_archived/U02BOB', 'DU02BOB', NULL, 'told', '{"text": "The digest for Monday 23 November was not posted in <#C10STOPPED>: Slack says this channel is archived. Choose another channel. I''ll try again every 5 minutes until 11:00. If that fails too, its claims will be in the next digest. (ref fc4b)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The digest for Monday 23 November was not posted in <#C10STOPPED>: Slack says this channel is archived. Choose another channel. I''ll try again every 5 minutes until 11:00. If that fails too, its claims will be in the next digest. (ref fc4b)", "verbatim": true}}]}', NULL, 'sent', '2026-11-23 09:00:02+00', '2026-11-23 09:00:03.5+00', 0, '2026-11-23 09:00:03.5+00', '1795424403.000028', NULL),
	(19, 'T1', 'stopped/C10STOPPED/2026-11-23T10:57:00+00:00/U02BOB', 'DU02BOB', NULL, 'stopped', '{"channel": "C10STOPPED"}', NULL, 'sent', '2026-11-23 10:57:00+00', '2026-11-23 10:57:00+00', 0, '2026-11-23 10:57:00+00', '1795431420.000029', NULL),
	(20, 'T1', 'share/C36DEAD/2.1/bed8ce9bb33086b8', 'C36DEAD', NULL, 'share', '{"person": "U02BOB"}', 'U02BOB', 'dead', '2026-11-23 12:00:00+00', '2026-11-23 12:00:00+00', 0, '2026-11-23 12:00:00+00', NULL, 'The claim was not shared: Slack says this channel is archived. Choose another channel. Nothing was posted.'),
	(36, 'T1', 'cite/C32STANDS/3.2/10d474bdea732b2b', 'C32STANDS', NULL, 'cite', '{"person": "U02BOB"}', 'U02BOB', 'sending', '2026-11-24 08:30:30+00', '2026-11-24 08:32:30+00', 0, '2026-11-24 08:30:30+00', NULL, NULL),
	(22, 'T1', 'told/20/20261123120000', 'DU02BOB', NULL, 'told', '{"text": "The claim was not shared: Slack says this channel is archived. Choose another channel. Nothing was posted. (ref 83e7)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The claim was not shared: Slack says this channel is archived. Choose another channel. Nothing was posted. (ref 83e7)", "verbatim": true}}]}', NULL, 'sent', '2026-11-23 12:00:00+00', '2026-11-23 12:00:00+00', 0, '2026-11-23 12:00:00+00', '1795435200.000030', NULL),
	(34, 'T1', 'digest/C15THREAD/2026-11-24/detail/0', 'C15THREAD', '1795509002.000045', 'detail', '{"rows": ["caf4fce4bda3f556", "1fae723886f1e3f1", "8670fe96c6e3ece7", "10d474bdea732b2b", "57b6482d200b3d0a", "52bcbdd15b30c93c"]}', NULL, 'waiting', '2026-11-24 08:30:02+00', '2026-11-24 08:30:02+00', 0, NULL, NULL, NULL),
	(25, 'T1', 'share/C35DOUBT/2.4/0e1c9d547fcb2e7e', 'C35DOUBT', NULL, 'share', '{"person": "U02BOB"}', 'U02BOB', 'uncertain', '2026-11-23 12:00:09+00', '2026-11-23 12:30:00+00', 0, '2026-11-23 12:00:09+00', NULL, 'The claim was not shared, or it was and I can''t tell: Slack''s answer was lost, and I''m not allowed to read messages there. Check whether it is there before you try again.'),
	(26, 'T1', 'told/24/20261123123000', 'DU02BOB', NULL, 'told', '{"text": "The claim was not shared, or it was and I can''t tell: Slack''s answer was lost, and I''m not allowed to read messages there. Check whether it is there before you try again. (ref a8cd)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The claim was not shared, or it was and I can''t tell: Slack''s answer was lost, and I''m not allowed to read messages there. Check whether it is there before you try again. (ref a8cd)", "verbatim": true}}]}', NULL, 'sent', '2026-11-23 12:30:00+00', '2026-11-23 12:30:00+00', 0, '2026-11-23 12:30:00+00', '1795437000.000033', NULL),
	(27, 'T1', 'told/25/20261123123000', 'DU02BOB', NULL, 'told', '{"text": "The claim was not shared, or it was and I can''t tell: Slack''s answer was lost, and I''m not allowed to read messages there. Check whether it is there before you try again. (ref b13e)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The claim was not shared, or it was and I can''t tell: Slack''s answer was lost, and I''m not allowed to read messages there. Check whether it is there before you try again. (ref b13e)", "verbatim": true}}]}', NULL, 'sent', '2026-11-23 12:30:00+00', '2026-11-23 12:30:01.5+00', 0, '2026-11-23 12:30:01.5+00', '1795437001.000034', NULL),
	(28, 'T1', 'correction/be3728657aa65b92/U01ALICE', 'DU01ALICE', NULL, 'correction', '{"correction": "be3728657aa65b92"}', 'U01ALICE', 'sent', '2026-11-23 13:00:00+00', '2026-11-23 13:00:00+00', 0, '2026-11-23 13:00:00+00', '1795438800.000035', NULL),
	(29, 'T1', 'ruled/be3728657aa65b92/declined', 'DU02BOB', NULL, 'ruled', '{"correction": "be3728657aa65b92", "rulings": 1}', 'U02BOB', 'sent', '2026-11-23 13:00:09+00', '2026-11-23 13:00:09+00', 0, '2026-11-23 13:00:09+00', '1795438809.000036', NULL),
	(30, 'T1', 'feed/6260de3f5c8aa06b/gone/2026-11-24', 'DU01ALICE', NULL, 'feed', '{"what": "gone", "label": "Saltmarsh Courier", "url": "http://feeds.example:8080/gone", "since": "2026-11-24T06:00:00+00:00", "reason": "it was removed for good"}', NULL, 'sent', '2026-11-24 06:00:00+00', '2026-11-24 06:00:00+00', 0, '2026-11-24 06:00:00+00', '1795500000.000037', NULL),
	(32, 'T1', 'digest/C01POSTED/2026-11-24/detail/0', 'C01POSTED', '1795509002.000039', 'detail', '{"rows": ["caf4fce4bda3f556", "1fae723886f1e3f1", "8670fe96c6e3ece7", "10d474bdea732b2b", "57b6482d200b3d0a", "52bcbdd15b30c93c"]}', NULL, 'sent', '2026-11-24 08:30:02+00', '2026-11-24 08:30:03.5+00', 0, '2026-11-24 08:30:03.5+00', '1795509003.000046', NULL),
	(43, 'T1', 'answer/D02BOB/1700000000.000600', 'D02BOB', NULL, 'answer', '{"query": "ferry", "read": null, "said": "ferry \u00b7 1 claim \u00b7 8 articles searched", "marks": {"a400c532ab0c332b": [[4, 9]]}, "places": {"a400c532ab0c332b": [[4, 9]]}, "meant": [], "more": 0}', 'U02BOB', 'waiting', '2026-11-24 08:31:00+00', '2026-11-24 08:31:00+00', 0, NULL, NULL, NULL),
	(21, 'T1', 'cite/C37DEAD/2.2/bed8ce9bb33086b8', 'C37DEAD', NULL, 'cite', '{"person": "U02BOB"}', 'U02BOB', 'dead', '2026-11-23 12:00:00+00', '2026-11-23 12:00:00+00', 0, '2026-11-23 12:00:00+00', NULL, 'The citation was not posted: Slack says this channel is archived. Choose another channel. Nothing was posted.'),
	(23, 'T1', 'told/21/20261123120000', 'DU02BOB', NULL, 'told', '{"text": "The citation was not posted: Slack says this channel is archived. Choose another channel. Nothing was posted. (ref ac92)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The citation was not posted: Slack says this channel is archived. Choose another channel. Nothing was posted. (ref ac92)", "verbatim": true}}]}', NULL, 'sent', '2026-11-23 12:00:00+00', '2026-11-23 12:00:01.5+00', 0, '2026-11-23 12:00:01.5+00', '1795435201.000031', NULL),
	(24, 'T1', 'share/C34DOUBT/2.3/55fef9b8d75ce3fa', 'C34DOUBT', NULL, 'share', '{"person": "U02BOB"}', 'U02BOB', 'uncertain', '2026-11-23 12:00:09+00', '2026-11-23 12:30:00+00', 0, '2026-11-23 12:00:09+00', NULL, 'The claim was not shared, or it was and I can''t tell: Slack''s answer was lost, and I''m not allowed to read messages there. Check whether it is there before you try again.'),
	(37, 'T1', 'share/C32STANDS/3.3/57b6482d200b3d0a', 'C32STANDS', NULL, 'share', '{"person": "U02BOB"}', 'U02BOB', 'waiting', '2026-11-24 08:30:30+00', '2026-11-24 08:30:30+00', 0, NULL, NULL, NULL),
	(39, 'T1', 'told-cara', 'U03CARA', NULL, 'told', '{"text": "news told-cara", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "news told-cara", "verbatim": true}}]}', NULL, 'sending', '2026-11-24 08:30:30+00', '2026-11-24 08:32:30+00', 0, '2026-11-24 08:30:30+00', NULL, NULL),
	(46, 'T1', 'ruled/988897cc99fb5f26/accepted', 'U02BOB', NULL, 'ruled', '{"correction": "988897cc99fb5f26", "rulings": 1}', 'U02BOB', 'waiting', '2026-11-24 08:31:00+00', '2026-11-24 08:31:00+00', 0, NULL, NULL, NULL),
	(47, 'T1', 'paused/a8d9ef62d4165371/20261124083100000000', 'U02BOB', NULL, 'paused', '{"watch": "a8d9ef62d4165371", "failure": "this channel is archived"}', NULL, 'waiting', '2026-11-24 08:31:00+00', '2026-11-24 08:31:00+00', 0, NULL, NULL, NULL),
	(50, '', 'feed/listed/broken/2026-11-24', 'U03CARA', NULL, 'feed', '{"what": "broken", "label": "The Listed Post", "url": "https://listed.example/feed", "since": "2026-11-24T06:00:00+00:00", "reason": "it answers 500"}', NULL, 'waiting', '2026-11-24 08:31:00+00', '2026-11-24 08:31:00+00', 0, NULL, NULL, NULL),
	(31, 'T1', 'alert/35233205783b531f/caf4fce4bda3f556', 'C40WATCH', NULL, 'alert', '{"watch": "35233205783b531f"}', 'U02BOB', 'sent', '2026-11-24 06:30:00+00', '2026-11-24 06:30:00+00', 0, '2026-11-24 06:30:00+00', '1795501800.000038', NULL),
	(33, 'T1', 'digest/C03PLANNED/2026-11-24/refused/not_in_channel/U02BOB', 'DU02BOB', NULL, 'told', '{"text": "The digest for Tuesday 24 November was not posted in <#C03PLANNED>: I''m not in this channel. Invite me with /invite @Claimdesk, then I can post it. I''ll try again every 5 minutes until 10:30. If that fails too, its claims will be in the next digest. (ref b82d)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The digest for Tuesday 24 November was not posted in <#C03PLANNED>: I''m not in this channel. Invite me with /invite @Claimdesk, then I can post it. I''ll try again every 5 minutes until 10:30. If that fails too, its claims will be in the next digest. (ref b82d)", "verbatim": true}}]}', NULL, 'sent', '2026-11-24 08:30:02+00', '2026-11-24 08:30:02+00', 0, '2026-11-24 08:30:02+00', '1795509002.000041', NULL),
	(35, 'T1', 'share/C31ASKED/3.1/10d474bdea732b2b', 'C31ASKED', NULL, 'share', '{"person": "U02BOB"}', 'U02BOB', 'sending', '2026-11-24 08:30:30+00', '2026-11-24 08:32:30+00', 0, '2026-11-24 08:30:30+00', NULL, NULL),
	(41, 'T1', 'cite/C30SENT/3.5/57b6482d200b3d0a', 'C30SENT', NULL, 'cite', '{"person": "U02BOB"}', 'U02BOB', 'waiting', '2026-11-24 08:31:00+00', '2026-11-24 08:31:00+00', 0, NULL, NULL, NULL),
	(38, 'T1', 'answer/C33THREAD/1700000000.000400', 'C33THREAD', '1700000000.000400', 'answer', '{"query": "bridge toll", "read": null, "said": "bridge toll \u00b7 1 claim \u00b7 8 articles searched", "marks": {"10d474bdea732b2b": [[4, 10], [11, 15]]}, "places": {"10d474bdea732b2b": [[4, 10], [11, 15]]}, "meant": [], "more": 0}', 'U02BOB', 'sending', '2026-11-24 08:30:30+00', '2026-11-24 08:32:30+00', 0, '2026-11-24 08:30:30+00', NULL, NULL),
	(45, 'T1', 'correction/26e4472f44645f21/U01ALICE', 'U01ALICE', NULL, 'correction', '{"correction": "26e4472f44645f21"}', 'U01ALICE', 'waiting', '2026-11-24 08:31:00+00', '2026-11-24 08:31:00+00', 0, NULL, NULL, NULL),
	(49, 'T1', 'stopped/C11STOPS/2026-11-24T08:31:00+00:00/U02BOB', 'U02BOB', NULL, 'stopped', '{"channel": "C11STOPS"}', NULL, 'waiting', '2026-11-24 08:31:00+00', '2026-11-24 08:31:00+00', 0, NULL, NULL, NULL),
	(40, 'T1', 'share/C30SENT/3.4/10d474bdea732b2b', 'C30SENT', NULL, 'share', '{"person": "U02BOB"}', 'U02BOB', 'waiting', '2026-11-24 08:31:00+00', '2026-11-24 08:31:00+00', 0, NULL, NULL, NULL),
	(42, 'T1', 'answer/C30SENT/1700000000.000500', 'C30SENT', '1700000000.000500', 'answer', '{"query": "harbour", "read": null, "said": "harbour \u00b7 3 claims \u00b7 8 articles searched", "marks": {"e439af5056dd3561": [[4, 11]], "878242f45d509b9a": [[5, 12]]}, "places": {"e439af5056dd3561": [[114, 121]], "878242f45d509b9a": [[5, 12]]}, "meant": [], "more": 0}', 'U02BOB', 'waiting', '2026-11-24 08:31:00+00', '2026-11-24 08:31:00+00', 0, NULL, NULL, NULL),
	(44, 'T1', 'told-waiting', 'C30SENT', NULL, 'told', '{"text": "news told-waiting", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "news told-waiting", "verbatim": true}}]}', NULL, 'waiting', '2026-11-24 08:31:00+00', '2026-11-24 08:31:00+00', 0, NULL, NULL, NULL),
	(48, 'T1', 'unread/60be1955cff6501f/20261124083100000000', 'U02BOB', NULL, 'unread', '{"watch": "60be1955cff6501f", "failure": "can''t read this"}', NULL, 'waiting', '2026-11-24 08:31:00+00', '2026-11-24 08:31:00+00', 0, NULL, NULL, NULL);



INSERT INTO public.outbox_claims VALUES
	(6, 0, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(6, 1, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(6, 2, '390fe8e5697b1e19', 'be5fb798893ebc82.63aa1078a6628a06'),
	(6, 3, 'c83e3a21ffac0d98', 'aed32bcdb852c8c1.51acfba278a43f11'),
	(6, 4, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec'),
	(6, 5, 'aea5e8fb50258fcf', '6eb4f8ef913e86d2.3cd0d616a807dc89'),
	(6, 6, '55fef9b8d75ce3fa', '7f62c103dd57a462.83eda724c7ec74bd'),
	(1, 0, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(2, 0, 'aea5e8fb50258fcf', '6eb4f8ef913e86d2.3cd0d616a807dc89'),
	(3, 0, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec'),
	(8, 0, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec'),
	(8, 1, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(8, 2, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(8, 3, '64fb4c61be0844f3', '73466d1cf18ff292.e1fd0690ee41ded9'),
	(8, 4, '13c3d5c2f151cd3f', '83606527ff5fbfdd.ae9ab8b004c04cc3'),
	(8, 5, '84fda47ae4e10dbc', 'c1bce3867af9d79d.237b52eb7d0839cc'),
	(8, 6, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(8, 7, '52bcbdd15b30c93c', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4'),
	(8, 8, '55fef9b8d75ce3fa', '7f62c103dd57a462.83eda724c7ec74bd'),
	(8, 9, '390fe8e5697b1e19', 'be5fb798893ebc82.63aa1078a6628a06'),
	(9, 0, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec'),
	(9, 1, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(9, 2, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(9, 3, '64fb4c61be0844f3', '73466d1cf18ff292.e1fd0690ee41ded9'),
	(9, 4, '13c3d5c2f151cd3f', '83606527ff5fbfdd.ae9ab8b004c04cc3'),
	(9, 5, '84fda47ae4e10dbc', 'c1bce3867af9d79d.237b52eb7d0839cc'),
	(9, 6, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(9, 7, '52bcbdd15b30c93c', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4'),
	(9, 8, '55fef9b8d75ce3fa', '7f62c103dd57a462.83eda724c7ec74bd'),
	(10, 0, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec'),
	(10, 1, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(10, 2, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(10, 3, '64fb4c61be0844f3', '73466d1cf18ff292.e1fd0690ee41ded9'),
	(10, 4, '13c3d5c2f151cd3f', '83606527ff5fbfdd.ae9ab8b004c04cc3'),
	(10, 5, '84fda47ae4e10dbc', 'c1bce3867af9d79d.237b52eb7d0839cc'),
	(10, 6, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(10, 7, '52bcbdd15b30c93c', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4'),
	(10, 8, '55fef9b8d75ce3fa', '7f62c103dd57a462.83eda724c7ec74bd'),
	(10, 9, '390fe8e5697b1e19', 'be5fb798893ebc82.63aa1078a6628a06'),
	(11, 0, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec'),
	(11, 1, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(11, 2, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(11, 3, '64fb4c61be0844f3', '73466d1cf18ff292.e1fd0690ee41ded9'),
	(11, 4, '13c3d5c2f151cd3f', '83606527ff5fbfdd.ae9ab8b004c04cc3'),
	(11, 5, '84fda47ae4e10dbc', 'c1bce3867af9d79d.237b52eb7d0839cc'),
	(11, 6, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(11, 7, '52bcbdd15b30c93c', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4'),
	(11, 8, '55fef9b8d75ce3fa', '7f62c103dd57a462.83eda724c7ec74bd'),
	(12, 0, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec'),
	(12, 1, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(12, 2, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(12, 3, '64fb4c61be0844f3', '73466d1cf18ff292.e1fd0690ee41ded9'),
	(12, 4, '13c3d5c2f151cd3f', '83606527ff5fbfdd.ae9ab8b004c04cc3'),
	(12, 5, '84fda47ae4e10dbc', 'c1bce3867af9d79d.237b52eb7d0839cc'),
	(12, 6, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(12, 7, '52bcbdd15b30c93c', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4'),
	(12, 8, '55fef9b8d75ce3fa', '7f62c103dd57a462.83eda724c7ec74bd'),
	(12, 9, '390fe8e5697b1e19', 'be5fb798893ebc82.63aa1078a6628a06'),
	(13, 0, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec'),
	(13, 1, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(13, 2, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(13, 3, '64fb4c61be0844f3', '73466d1cf18ff292.e1fd0690ee41ded9'),
	(13, 4, '13c3d5c2f151cd3f', '83606527ff5fbfdd.ae9ab8b004c04cc3'),
	(13, 5, '84fda47ae4e10dbc', 'c1bce3867af9d79d.237b52eb7d0839cc'),
	(13, 6, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(13, 7, '52bcbdd15b30c93c', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4'),
	(13, 8, '55fef9b8d75ce3fa', '7f62c103dd57a462.83eda724c7ec74bd'),
	(13, 9, '390fe8e5697b1e19', 'be5fb798893ebc82.63aa1078a6628a06'),
	(14, 0, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec'),
	(14, 1, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(14, 2, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(14, 3, '64fb4c61be0844f3', '73466d1cf18ff292.e1fd0690ee41ded9'),
	(14, 4, '13c3d5c2f151cd3f', '83606527ff5fbfdd.ae9ab8b004c04cc3'),
	(14, 5, '84fda47ae4e10dbc', 'c1bce3867af9d79d.237b52eb7d0839cc'),
	(14, 6, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(14, 7, '52bcbdd15b30c93c', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4'),
	(25, 0, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(34, 0, 'caf4fce4bda3f556', '228869723ce81eb1.56d7cc05942c097f'),
	(14, 8, '55fef9b8d75ce3fa', '7f62c103dd57a462.83eda724c7ec74bd'),
	(14, 9, '390fe8e5697b1e19', 'be5fb798893ebc82.63aa1078a6628a06'),
	(28, 0, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(36, 0, '10d474bdea732b2b', '33756df79efa7040.5c743bbc4f2c5476'),
	(38, 0, '10d474bdea732b2b', '33756df79efa7040.5c743bbc4f2c5476'),
	(45, 0, '8670fe96c6e3ece7', '2fc33e38dfa517ef.9ca269a18cf91418'),
	(15, 0, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec'),
	(15, 1, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(15, 2, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(15, 3, '64fb4c61be0844f3', '73466d1cf18ff292.e1fd0690ee41ded9'),
	(15, 4, '13c3d5c2f151cd3f', '83606527ff5fbfdd.ae9ab8b004c04cc3'),
	(15, 5, '84fda47ae4e10dbc', 'c1bce3867af9d79d.237b52eb7d0839cc'),
	(15, 6, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(15, 7, '52bcbdd15b30c93c', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4'),
	(15, 8, '55fef9b8d75ce3fa', '7f62c103dd57a462.83eda724c7ec74bd'),
	(15, 9, '390fe8e5697b1e19', 'be5fb798893ebc82.63aa1078a6628a06'),
	(21, 0, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(32, 0, 'caf4fce4bda3f556', '228869723ce81eb1.56d7cc05942c097f'),
	(32, 1, '1fae723886f1e3f1', '938a672734e1a82f.1d19825cd597bd53'),
	(32, 2, '8670fe96c6e3ece7', '2fc33e38dfa517ef.9ca269a18cf91418'),
	(32, 3, '10d474bdea732b2b', '33756df79efa7040.5c743bbc4f2c5476'),
	(32, 4, '57b6482d200b3d0a', '2802c64e43eebeb5.ed3ff5e4646d9cf5'),
	(32, 5, '52bcbdd15b30c93c', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4'),
	(32, 6, 'e439af5056dd3561', '9deecb097a1ca1a4.b8fcc47d3d2128ff'),
	(40, 0, '10d474bdea732b2b', '33756df79efa7040.5c743bbc4f2c5476'),
	(42, 0, 'e439af5056dd3561', '9deecb097a1ca1a4.b8fcc47d3d2128ff'),
	(42, 1, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(7, 0, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec'),
	(7, 1, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(7, 2, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(7, 3, '64fb4c61be0844f3', '73466d1cf18ff292.e1fd0690ee41ded9'),
	(7, 4, '13c3d5c2f151cd3f', '83606527ff5fbfdd.ae9ab8b004c04cc3'),
	(7, 5, '84fda47ae4e10dbc', 'c1bce3867af9d79d.237b52eb7d0839cc'),
	(7, 6, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(7, 7, '52bcbdd15b30c93c', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4'),
	(7, 8, '55fef9b8d75ce3fa', '7f62c103dd57a462.83eda724c7ec74bd'),
	(7, 9, '390fe8e5697b1e19', 'be5fb798893ebc82.63aa1078a6628a06'),
	(16, 0, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec'),
	(16, 1, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(16, 2, '878242f45d509b9a', '228869723ce81eb1.56d7cc05942c097f'),
	(16, 3, '64fb4c61be0844f3', '73466d1cf18ff292.e1fd0690ee41ded9'),
	(16, 4, '13c3d5c2f151cd3f', '83606527ff5fbfdd.ae9ab8b004c04cc3'),
	(16, 5, '84fda47ae4e10dbc', 'c1bce3867af9d79d.237b52eb7d0839cc'),
	(16, 6, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(16, 7, '52bcbdd15b30c93c', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4'),
	(16, 8, '55fef9b8d75ce3fa', '7f62c103dd57a462.83eda724c7ec74bd'),
	(16, 9, '390fe8e5697b1e19', 'be5fb798893ebc82.63aa1078a6628a06'),
	(20, 0, 'bed8ce9bb33086b8', 'b1f7902143080608.2919cb346969f01f'),
	(29, 0, '0e1c9d547fcb2e7e', '5d8b88874be846ae.a89c732a8be6157e'),
	(31, 0, 'caf4fce4bda3f556', '228869723ce81eb1.56d7cc05942c097f'),
	(31, 1, 'e439af5056dd3561', '9deecb097a1ca1a4.b8fcc47d3d2128ff'),
	(35, 0, '10d474bdea732b2b', '33756df79efa7040.5c743bbc4f2c5476'),
	(41, 0, '57b6482d200b3d0a', '2802c64e43eebeb5.ed3ff5e4646d9cf5'),
	(9, 9, '390fe8e5697b1e19', 'be5fb798893ebc82.63aa1078a6628a06'),
	(11, 9, '390fe8e5697b1e19', 'be5fb798893ebc82.63aa1078a6628a06'),
	(24, 0, '55fef9b8d75ce3fa', '7f62c103dd57a462.83eda724c7ec74bd'),
	(37, 0, '57b6482d200b3d0a', '2802c64e43eebeb5.ed3ff5e4646d9cf5'),
	(46, 0, '57b6482d200b3d0a', '0f72313259c7df9e.ed3ff5e4646d9cf5'),
	(34, 1, '1fae723886f1e3f1', '938a672734e1a82f.1d19825cd597bd53'),
	(34, 2, '8670fe96c6e3ece7', '2fc33e38dfa517ef.9ca269a18cf91418'),
	(34, 3, '10d474bdea732b2b', '33756df79efa7040.5c743bbc4f2c5476'),
	(34, 4, '57b6482d200b3d0a', '2802c64e43eebeb5.ed3ff5e4646d9cf5'),
	(34, 5, '52bcbdd15b30c93c', '3bd7deeb1ec166b4.3aaa7e31db4b9ca4'),
	(34, 6, 'e439af5056dd3561', '9deecb097a1ca1a4.b8fcc47d3d2128ff'),
	(43, 0, 'a400c532ab0c332b', '158bf4ff4d505baa.df30530e08f8ffec');



INSERT INTO public.removals VALUES
	(13, '2141871d8311', 'e1fd0690ee41ded986836409b9a2898d7db2ce96d787ef68381247234dcee812', true, 'legal', '2026-11-23 13:00:18+00'),
	(19, 'f47092818a16', '7e2dda2effcf17c348b50a16c306d922b83fc3871df41ddb7a18cd3dd9fd4d2e', true, 'withdrawn by its outlet', '2026-11-24 08:31:00+00'),
	(20, '8c3f38ae8bb9', '1d19825cd597bd53aa08e281c6d00a1ff3f4f5ed6241b69b0a5b4820df89bf78', true, 'withdrawn by its outlet', '2026-11-24 08:31:00+00');



INSERT INTO public.rulings VALUES
	('9f1d6725ba825475', 1, 'accepted', 'U01ALICE', 'Alice', '2026-11-23 13:00:00+00', NULL),
	('cdd686c18f415d41', 1, 'accepted', 'U01ALICE', 'Alice', '2026-11-23 13:00:00+00', NULL),
	('cdd686c18f415d41', 2, 'undone', 'U01ALICE', 'Alice', '2026-11-23 13:00:00+00', 'too soon'),
	('be3728657aa65b92', 1, 'declined', 'U01ALICE', 'Alice', '2026-11-23 13:00:09+00', NULL),
	('c39d8e7a14f25615', 1, 'accepted', 'U01ALICE', 'Alice', '2026-11-23 13:00:09+00', NULL),
	('3401eea3387552e9', 1, 'accepted', 'U01ALICE', 'Alice', '2026-11-23 13:00:18+00', NULL),
	('988897cc99fb5f26', 1, 'accepted', 'U01ALICE', 'Alice', '2026-11-24 08:31:00+00', NULL);



INSERT INTO public.store_state VALUES
	(1, '78d756812aff580abb8b3521e6243729', 21, '24c2dbba3c4390b9', 13);



INSERT INTO public.subscriptions VALUES
	('T1', 'C01POSTED', '08:30:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', NULL),
	('T1', 'C02DETAIL', '08:30:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', NULL),
	('T1', 'C03PLANNED', '08:30:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', NULL),
	('T1', 'C04TAKEN', '08:30:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', NULL),
	('T1', 'C05ASKED', '08:30:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', NULL),
	('T1', 'C06STANDS', '08:30:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', NULL),
	('T1', 'C07UNREAD', '08:30:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', NULL),
	('T1', 'C15THREAD', '08:30:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', NULL),
	('T1', 'C08UNCERTAIN', '09:00:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', NULL),
	('T1', 'C09MISSED', '09:00:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', NULL),
	('T1', 'C13NOW', '17:00:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', '{"days": [], "topics": ["ferry"], "outlets": [], "claims": 5, "language": "de", "skip": null, "paused_until": null}', '2026-11-23 06:00:00+00', NULL),
	('T1', 'C14PAUSED', '08:30:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', '{"days": [], "topics": [], "outlets": [], "claims": null, "language": "en", "skip": null, "paused_until": "2026-11-26"}', '2026-11-23 06:00:00+00', NULL),
	('T2', 'C20OTHER', '08:30:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', NULL),
	('T1', 'C10STOPPED', '09:00:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', 'is_archived'),
	('T1', 'C11STOPS', '17:00:00', 'UTC', 'U02BOB', '2026-11-23 06:00:00+00', NULL, '2026-11-23 06:00:00+00', 'is_archived');



INSERT INTO public.versions VALUES
	('2141871d8311', 1, 'withdrawn', '2026-11-23 06:00:00+00', '2026-11-23 13:00:18+00', NULL, 'legal', 'single', 'e1fd0690ee41ded986836409b9a2898d7db2ce96d787ef68381247234dcee812', 'The paper mill will close in spring, said Tamsin Orrell, its manager.', '{"origin": "story-4.txt", "title": "Mill to close", "outlet": "The Upland Echo", "published": "2026-11-23", "published_on": "2026-11-23", "url": "https://echo.example/story-4", "language": "en", "guid": "story-4", "revision": 1, "status": "usable"}', '[{"id": "64fb4c61be0844f3", "kind": "attribution", "text": "The paper mill will close in spring", "spans": [[0, 35]], "paragraph": 1, "type": "indirect", "speaker": "Tamsin Orrell", "source": "Tamsin Orrell, its manager", "cue": "said", "source_kind": "named", "stance": "said", "confidence": 0.952, "source_spans": [[42, 68]], "cue_spans": [[37, 41]], "printed": "e1fd0690ee41ded9"}]'),
	('b40d90e27aa6', 1, 'withheld', '2026-11-24 06:00:09+00', NULL, '2026-11-24 12:00:00+00', 'under embargo until 2026-11-24 12:00 UTC', 'single', 'e0fdfd1f5d9397a1a6b5a0bb3857dc28fc819385162ad71d7fd2c712084b39ca', '“The harbour will be deepened next year,” said Lucan Vye, the transport secretary.', '{"origin": "story-8.txt", "title": "Harbour to be deepened", "outlet": "The Saltmarsh Courier", "published": "2026-11-24", "published_on": "2026-11-24", "url": "https://courier.example/story-8", "language": "en", "guid": "story-8", "revision": 1, "status": "usable", "embargo": "2026-11-24T12:00:00+00:00"}', NULL),
	('f47092818a16', 1, 'withdrawn', '2026-11-23 06:00:00+00', '2026-11-24 08:31:00+00', NULL, 'withdrawn by its outlet', 'single', '7e2dda2effcf17c348b50a16c306d922b83fc3871df41ddb7a18cd3dd9fd4d2e', 'The ferry will stop at midnight from December, transport secretary Lucan Vye told reporters.

“We cannot pay for empty boats,” said Vye.

Islanders said that they had not been asked.', '{"origin": "story-2.txt", "title": "Ferry to stop at night", "outlet": "The Saltmarsh Courier", "published": "2026-11-23", "published_on": "2026-11-23", "url": "https://courier.example/story-2", "language": "en", "guid": "story-2", "revision": 1, "status": "usable"}', '[{"id": "a400c532ab0c332b", "kind": "attribution", "text": "The ferry will stop at midnight from December", "spans": [[0, 45]], "paragraph": 1, "type": "indirect", "speaker": "Lucan Vye", "source": "transport secretary Lucan Vye", "cue": "told reporters", "source_kind": "named", "stance": "said", "confidence": 0.9488, "source_spans": [[47, 76]], "cue_spans": [[77, 91]], "printed": "df30530e08f8ffec"}, {"id": "aea5e8fb50258fcf", "kind": "attribution", "text": "\u201cWe cannot pay for empty boats,\u201d", "spans": [[94, 126]], "paragraph": 2, "type": "direct", "speaker": "Lucan Vye", "source": "Vye", "cue": "said", "source_kind": "named", "stance": "said", "confidence": 0.9582, "source_spans": [[132, 135]], "cue_spans": [[127, 131]], "printed": "3cd0d616a807dc89"}, {"id": "55fef9b8d75ce3fa", "kind": "attribution", "text": "they had not been asked", "spans": [[158, 181]], "paragraph": 3, "type": "indirect", "speaker": "Islanders", "source": "Islanders", "cue": "said", "source_kind": "named", "stance": "said", "confidence": 0.9527, "source_spans": [[138, 147]], "cue_spans": [[148, 152]], "printed": "83eda724c7ec74bd"}]'),
	('8c3f38ae8bb9', 1, 'withdrawn', '2026-11-24 06:00:09+00', '2026-11-24 08:31:00+00', NULL, 'withdrawn by its outlet', 'single', '1d19825cd597bd53aa08e281c6d00a1ff3f4f5ed6241b69b0a5b4820df89bf78', '“The silo is full,” said Petra Lunde, a farmer.', '{"origin": "story-9.txt", "title": "Silo full", "outlet": "The Upland Echo", "published": "2026-11-24", "published_on": "2026-11-24", "url": "https://echo.example/story-9", "language": "en", "guid": "story-9", "revision": 1, "status": "usable"}', '[{"id": "1fae723886f1e3f1", "kind": "attribution", "text": "\u201cThe silo is full,\u201d", "spans": [[0, 19]], "paragraph": 1, "type": "direct", "speaker": "Petra Lunde", "source": "Petra Lunde, a farmer", "cue": "said", "source_kind": "named", "stance": "said", "confidence": 0.9755, "source_spans": [[25, 46]], "cue_spans": [[20, 24]], "printed": "1d19825cd597bd53"}]');



INSERT INTO public.watches VALUES
	('debbc4551b985d07', 'T1', 2, 'U02BOB', 'C40WATCH', 'ferry', 'hourly', NULL, 'UTC', NULL, NULL, 'active', '2026-11-23 07:00:09+00', 0, NULL),
	('13185146e8d45b0a', 'T1', 4, 'U02BOB', 'C41PAUSED', 'school', 'at_once', NULL, 'UTC', NULL, NULL, 'paused', '2026-11-23 07:00:09+00', 0, NULL),
	('0f3816708c365ba6', 'T1', 5, 'U02BOB', 'C42ENDED', 'mill', 'at_once', NULL, 'UTC', NULL, NULL, 'ended', '2026-11-23 07:00:09+00', 0, NULL),
	('53146d5a6f83583d', 'T1', 6, 'U02BOB', 'U02BOB', 'pumps', 'at_once', NULL, 'UTC', NULL, NULL, 'active', '2026-11-23 07:00:09+00', 0, NULL),
	('ff35b5f0559c57bd', 'T1', 7, 'U02BOB', 'C40WATCH', 'deepened', 'at_once', NULL, 'UTC', '22:00:00', '07:00:00', 'active', '2026-11-23 07:00:09+00', 0, NULL),
	('35233205783b531f', 'T1', 1, 'U02BOB', 'C40WATCH', 'harbour', 'at_once', NULL, 'UTC', NULL, NULL, 'active', '2026-11-23 07:00:09+00', 2, '2026-11-24 06:30:00+00'),
	('3bc1eb2b28955ca8', 'T1', 3, 'U02BOB', 'U02BOB', 'toll', 'daily', '18:00:00', 'UTC', NULL, NULL, 'active', '2026-11-23 07:00:09+00', 1, '2026-11-24 06:30:00+00'),
	('a8d9ef62d4165371', 'T1', 8, 'U02BOB', 'C43LOST', 'lighthouse', 'at_once', NULL, 'UTC', NULL, NULL, 'paused', '2026-11-24 08:31:00+00', 0, NULL),
	('60be1955cff6501f', 'T1', 9, 'U02BOB', 'C44UNREAD', 'saffron', 'at_once', NULL, 'UTC', NULL, NULL, 'paused', '2026-11-24 08:31:00+00', 0, NULL);



SELECT pg_catalog.setval('public.jobs_id_seq', 389, true);



SELECT pg_catalog.setval('public.outbox_id_seq', 50, true);



SELECT pg_catalog.setval('public.store_state_id_seq', 1, false);



ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);



ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT pk_alerts PRIMARY KEY (watch_id, statement);



ALTER TABLE ONLY public.answers
    ADD CONSTRAINT pk_answers PRIMARY KEY (team, id);



ALTER TABLE ONLY public.articles
    ADD CONSTRAINT pk_articles PRIMARY KEY (id);



ALTER TABLE ONLY public.bands
    ADD CONSTRAINT pk_bands PRIMARY KEY (band, article_id);



ALTER TABLE ONLY public.channels
    ADD CONSTRAINT pk_channels PRIMARY KEY (team, channel);



ALTER TABLE ONLY public.claims
    ADD CONSTRAINT pk_claims PRIMARY KEY (id);



ALTER TABLE ONLY public.corrections
    ADD CONSTRAINT pk_corrections PRIMARY KEY (id);



ALTER TABLE ONLY public.digest_rows
    ADD CONSTRAINT pk_digest_rows PRIMARY KEY (team, channel, day, "position");



ALTER TABLE ONLY public.digests
    ADD CONSTRAINT pk_digests PRIMARY KEY (team, channel, day);



ALTER TABLE ONLY public.feed_entries
    ADD CONSTRAINT pk_feed_entries PRIMARY KEY (feed_id, key);



ALTER TABLE ONLY public.feeds
    ADD CONSTRAINT pk_feeds PRIMARY KEY (id);



ALTER TABLE ONLY public.gone_claims
    ADD CONSTRAINT pk_gone_claims PRIMARY KEY (claim_id);



ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT pk_hosts PRIMARY KEY (host);



ALTER TABLE ONLY public.identities
    ADD CONSTRAINT pk_identities PRIMARY KEY (key, article_id);



ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT pk_jobs PRIMARY KEY (id);



ALTER TABLE ONLY public.name_rulings
    ADD CONSTRAINT pk_name_rulings PRIMARY KEY (id);



ALTER TABLE ONLY public.names
    ADD CONSTRAINT pk_names PRIMARY KEY (name);



ALTER TABLE ONLY public.news
    ADD CONSTRAINT pk_news PRIMARY KEY (seq);



ALTER TABLE ONLY public.originals
    ADD CONSTRAINT pk_originals PRIMARY KEY (claim_id);



ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);



ALTER TABLE ONLY public.outbox_claims
    ADD CONSTRAINT pk_outbox_claims PRIMARY KEY (outbox_id, "position");



ALTER TABLE ONLY public.removals
    ADD CONSTRAINT pk_removals PRIMARY KEY (seq);



ALTER TABLE ONLY public.rulings
    ADD CONSTRAINT pk_rulings PRIMARY KEY (correction_id, number);



ALTER TABLE ONLY public.store_state
    ADD CONSTRAINT pk_store_state PRIMARY KEY (id);



ALTER TABLE ONLY public.subscriptions
    ADD CONSTRAINT pk_subscriptions PRIMARY KEY (team, channel);



ALTER TABLE ONLY public.versions
    ADD CONSTRAINT pk_versions PRIMARY KEY (article_id, number);



ALTER TABLE ONLY public.watches
    ADD CONSTRAINT pk_watches PRIMARY KEY (id);



ALTER TABLE ONLY public.articles
    ADD CONSTRAINT uq_articles_seq UNIQUE (seq);



ALTER TABLE ONLY public.corrections
    ADD CONSTRAINT uq_corrections_team_press UNIQUE (team, press);



ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT uq_jobs_kind_key UNIQUE (kind, key);



ALTER TABLE ONLY public.name_rulings
    ADD CONSTRAINT uq_name_rulings_team_press UNIQUE (team, press);



ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT uq_outbox_team_key UNIQUE (team, key);



ALTER TABLE ONLY public.watches
    ADD CONSTRAINT uq_watches_team_number UNIQUE (team, number);



CREATE INDEX ix_alerts_watch_id_found_at ON public.alerts USING btree (watch_id, found_at);



CREATE INDEX ix_alerts_watch_id_outbox_key_found_at ON public.alerts USING btree (watch_id, outbox_key, found_at);



CREATE INDEX ix_articles_arrived_at ON public.articles USING btree (arrived_at);



CREATE INDEX ix_articles_copy_of ON public.articles USING btree (copy_of);



CREATE INDEX ix_articles_published_on ON public.articles USING btree (published_on);



CREATE INDEX ix_articles_text_sha ON public.articles USING btree (text_sha);



CREATE INDEX ix_bands_article_id ON public.bands USING btree (article_id);



CREATE INDEX ix_claims_article_id ON public.claims USING btree (article_id);



CREATE INDEX ix_claims_passages ON public.claims USING btree (article_id) WHERE ((kind)::text = 'passage'::text);



CREATE INDEX ix_claims_speaker ON public.claims USING btree (speaker);



CREATE INDEX ix_corrections_article_id ON public.corrections USING btree (article_id);



CREATE INDEX ix_corrections_claim_id ON public.corrections USING btree (claim_id);



CREATE INDEX ix_corrections_made_with ON public.corrections USING btree (made_with);



CREATE INDEX ix_corrections_state ON public.corrections USING btree (state);



CREATE INDEX ix_digest_rows_claim_id ON public.digest_rows USING btree (claim_id);



CREATE INDEX ix_gone_claims_article_id ON public.gone_claims USING btree (article_id);



CREATE INDEX ix_identities_article_id ON public.identities USING btree (article_id);



CREATE INDEX ix_jobs_state_due_at ON public.jobs USING btree (state, due_at);



CREATE INDEX ix_names_block ON public.names USING btree (block);



CREATE INDEX ix_names_speaker ON public.names USING btree (speaker);



CREATE INDEX ix_originals_article_id ON public.originals USING btree (article_id);



CREATE INDEX ix_outbox_claims_claim_id ON public.outbox_claims USING btree (claim_id);



CREATE INDEX ix_outbox_kind_asked_at ON public.outbox USING btree (kind, asked_at);



CREATE INDEX ix_outbox_state_team_channel ON public.outbox USING btree (state, team, channel);



CREATE INDEX ix_outbox_ts_channel ON public.outbox USING btree (ts, channel);



CREATE INDEX ix_removals_article_id ON public.removals USING btree (article_id);



CREATE INDEX ix_removals_text_sha ON public.removals USING btree (text_sha);



CREATE INDEX ix_versions_release_at ON public.versions USING btree (release_at);



CREATE INDEX ix_versions_text_sha ON public.versions USING btree (text_sha);



CREATE INDEX ix_watches_person ON public.watches USING btree (person);



CREATE INDEX ix_watches_state ON public.watches USING btree (state);



ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT fk_alerts_watch_id FOREIGN KEY (watch_id) REFERENCES public.watches(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.bands
    ADD CONSTRAINT fk_bands_article_id FOREIGN KEY (article_id) REFERENCES public.articles(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.claims
    ADD CONSTRAINT fk_claims_article_id FOREIGN KEY (article_id) REFERENCES public.articles(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.digest_rows
    ADD CONSTRAINT fk_digest_rows_team_channel_day FOREIGN KEY (team, channel, day) REFERENCES public.digests(team, channel, day) ON DELETE CASCADE;



ALTER TABLE ONLY public.feed_entries
    ADD CONSTRAINT fk_feed_entries_feed_id FOREIGN KEY (feed_id) REFERENCES public.feeds(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.outbox_claims
    ADD CONSTRAINT fk_outbox_claims_outbox_id FOREIGN KEY (outbox_id) REFERENCES public.outbox(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.rulings
    ADD CONSTRAINT fk_rulings_correction_id FOREIGN KEY (correction_id) REFERENCES public.corrections(id);
