BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0008');
CREATE TABLE alerts (
	watch_id VARCHAR(16) NOT NULL, 
	statement VARCHAR(32) NOT NULL, 
	claims JSON NOT NULL, 
	words JSON NOT NULL, 
	found_at DATETIME NOT NULL, 
	outbox_key VARCHAR(200), 
	CONSTRAINT pk_alerts PRIMARY KEY (watch_id, statement), 
	CONSTRAINT fk_alerts_watch_id FOREIGN KEY(watch_id) REFERENCES watches (id) ON DELETE CASCADE
);
INSERT INTO "alerts" VALUES('35233205783b531f','caf4fce4bda3f556','["caf4fce4bda3f556"]','["harbour"]','2026-11-24 06:30:00.000000','alert/35233205783b531f/caf4fce4bda3f556');
INSERT INTO "alerts" VALUES('35233205783b531f','e439af5056dd3561','["e439af5056dd3561"]','["harbour"]','2026-11-24 06:30:00.000001','alert/35233205783b531f/caf4fce4bda3f556');
INSERT INTO "alerts" VALUES('3bc1eb2b28955ca8','10d474bdea732b2b','["10d474bdea732b2b"]','["toll"]','2026-11-24 06:30:00.000000',NULL);
CREATE TABLE answers (
	team VARCHAR(32) NOT NULL, 
	id VARCHAR(16) NOT NULL, 
	person VARCHAR(32) NOT NULL, 
	"query" TEXT NOT NULL, 
	asked_at DATETIME NOT NULL, 
	CONSTRAINT pk_answers PRIMARY KEY (team, id)
);
INSERT INTO "answers" VALUES('T1','8f84e5aa6bf25a52','U02BOB','harbour by:Farnholt','2026-11-23 08:00:00.000000');
CREATE TABLE articles (
	id VARCHAR(32) NOT NULL, 
	seq BIGINT NOT NULL, 
	arrival VARCHAR(8) NOT NULL, 
	arrived_at DATETIME NOT NULL, 
	origin TEXT NOT NULL, 
	text_sha VARCHAR(64) NOT NULL, 
	text TEXT NOT NULL, 
	paragraphs JSON, 
	title TEXT, 
	outlet TEXT, 
	byline TEXT, 
	published VARCHAR(40), 
	published_on DATE, 
	published_at DATETIME, 
	url TEXT, 
	language TEXT, 
	sample BOOLEAN NOT NULL, extractor VARCHAR(16), guid TEXT, revision INTEGER, modified_at DATETIME, excerpt BOOLEAN DEFAULT 0 NOT NULL, note TEXT, version INTEGER DEFAULT '1' NOT NULL, copy_of VARCHAR(32), as_found JSON, 
	CONSTRAINT pk_articles PRIMARY KEY (id), 
	CONSTRAINT uq_articles_seq UNIQUE (seq)
);
INSERT INTO "articles" VALUES('1a0f6c77cadc',11,'single','2026-11-23 06:00:00.000000','story-1.txt','37f5ee4aeff98cbdf7341539de08f398d30ca31475aeec69524ee9808a2ca4ca','“The harbour wall is safe for now,” said Edda Farnholt, the harbour master.

Jory Pellam, a docker, said that the lock leaks badly. The town council denied on Sunday that it had been warned.

Nobody has inspected the pumps since May.','[[0, 75], [77, 190], [192, 233]]','Harbour wall declared safe','The Saltmarsh Courier',NULL,'2026-11-23','2026-11-23',NULL,'https://courier.example/story-1','en',0,'3832d1e223b5f91d','story-1',1,NULL,0,NULL,1,NULL,NULL);
INSERT INTO "articles" VALUES('0ce89fb5e879',12,'single','2026-11-23 06:00:00.000000','story-3.txt','8d461ccbed574a5ef15ba141ab6e95033913b04c95cfb42457405ce25134f1c7','Planners refused the quarry''s plans on Monday. “The dust is a danger to the school,” said Mirel Astow, the head teacher.

The quarry''s owners said that they would appeal.','[[0, 120], [122, 170]]','Quarry may not grow','The Upland Echo',NULL,'2026-11-23','2026-11-23',NULL,'https://echo.example/story-3','en',0,'3832d1e223b5f91d','story-3',1,NULL,0,NULL,1,NULL,'{"title": "Quarry expansion refused"}');
INSERT INTO "articles" VALUES('6e07000f5509',6,'single','2026-11-23 07:00:00.000000','http://feeds.example:8080/feed#https://courier.example/feed-1','d0e53203d1b2d478d82ab5978aa444327c7998a34ace4669d8671ecf0cdf51d9','The lighthouse was sold on Friday for a price that nobody will name. “It will stay white,” said Orla Teague, who bought it. She added that the lamp would be kept burning through the winter, and that visitors would be welcome.','[[0, 225]]','Lighthouse sold','Saltmarsh Courier',NULL,'2026-11-23T05:00:00+00:00','2026-11-23','2026-11-23 05:00:00.000000','https://courier.example/feed-1','en',0,'3832d1e223b5f91d','http://feeds.example:8080/feed#feed-1',NULL,NULL,1,NULL,1,NULL,NULL);
INSERT INTO "articles" VALUES('0dc53ceb88bf',7,'bulk','2026-11-23 07:00:00.000000','http://feeds.example:8080/whole#http://feeds.example:8080/buoy','014f9af2eae7c53e15ab38fc4ef24b7ebd2ef6d51d0ee2b45155da1670766aa0','A buoy is adrift.','[[0, 17]]','Buoy adrift','The Buoy',NULL,NULL,NULL,NULL,'http://feeds.example:8080/buoy',NULL,0,'3832d1e223b5f91d','http://feeds.example:8080/whole#buoy-1',NULL,NULL,1,NULL,1,NULL,NULL);
INSERT INTO "articles" VALUES('6d3ba448cdff',15,'single','2026-11-24 06:00:09.000000','story-5.txt','ec7c5c305cedbf51774db14e649253a8841153d256920e16925d2d4a184557e4','“The harbour wall is safe for now,” said Edda Farnholt, the harbour master.

The engineers'' union denied that the harbour wall is safe. “It has moved by a hand,” said Odo Brack, its secretary.','[[0, 75], [77, 192]]','Second opinion on harbour wall','The Upland Echo',NULL,'2026-11-24','2026-11-24',NULL,'https://echo.example/story-5','en',0,'3832d1e223b5f91d','story-5',1,NULL,0,NULL,1,NULL,NULL);
INSERT INTO "articles" VALUES('54e613d574d9',18,'single','2026-11-24 06:00:09.000000','story-6.txt','ed3ff5e4646d9cf56fe91498b74d7874e5a7718901d7aea8c1ab1bd9467784c3','The bridge toll will double in January, said Lucan Vye, the transport secretary.

Hauliers warned that they would use the old road.','[[0, 80], [82, 131]]','Bridge toll to double','The Saltmarsh Courier',NULL,'2026-11-24','2026-11-24',NULL,'https://courier.example/story-6','en',0,'3832d1e223b5f91d','story-6',1,NULL,0,NULL,1,NULL,NULL);
INSERT INTO "articles" VALUES('6fbfd7ca6c8e',21,'single','2026-11-24 08:31:00.000000','story-7.txt','350bed9a46ea15025e734f5ce9f31f49adf2cd4c2fabf4292fd9c2a12c7be159','Two of the harbour''s pumps failed overnight, said Edda Farnholt, the harbour master.','[[0, 84]]','Harbour pumps fail','The Upland Echo',NULL,'2026-11-24','2026-11-24',NULL,'https://echo.example/story-7','en',0,'3832d1e223b5f91d','story-7',1,NULL,0,NULL,1,NULL,NULL);
CREATE TABLE bands (
	band BIGINT NOT NULL, 
	article_id VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_bands PRIMARY KEY (band, article_id), 
	CONSTRAINT fk_bands_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
INSERT INTO "bands" VALUES(-8916133927183179497,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-8615950793680838201,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-5659733698029926245,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-5297418246555947328,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-4745869826709601683,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-4125660826225609776,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-2708032528236528032,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-2471601144345053899,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-2235731556232745367,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-1666306341480350663,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-1586856670882009453,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-1518383310235103740,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-1053866000576203245,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-17748120667405963,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(29371836992612135,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(819107917817877787,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(1771535245528606483,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(1802949481756770219,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(1817721728189967130,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(1904651036877423669,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(1963276375342574924,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(4003583945896053232,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(4431281150131393115,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(4682578652451269460,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(4900692141167200016,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(5229125105068689772,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(5305726431544938566,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(5455613391009911171,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(5673168490640280010,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(6097840816275813233,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(6816539284933918018,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(7247552320625970460,'1a0f6c77cadc');
INSERT INTO "bands" VALUES(-8252711896917226830,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-7856686336048715762,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-6871223613995841074,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-6624303748015519164,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-6218245200489593443,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-5463063112525368497,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-5360891650239949470,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-5120831216091105378,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-5033307743533183218,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-5020241159853618537,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-4895399820694153825,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-4296318619638305719,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-1964469316624620970,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-1890456549189158196,'0ce89fb5e879');
INSERT INTO "bands" VALUES(185369224878579777,'0ce89fb5e879');
INSERT INTO "bands" VALUES(850360455969595304,'0ce89fb5e879');
INSERT INTO "bands" VALUES(934512285457675164,'0ce89fb5e879');
INSERT INTO "bands" VALUES(1129115828332752141,'0ce89fb5e879');
INSERT INTO "bands" VALUES(1702094433266137518,'0ce89fb5e879');
INSERT INTO "bands" VALUES(2505255631098811565,'0ce89fb5e879');
INSERT INTO "bands" VALUES(2765262346063290478,'0ce89fb5e879');
INSERT INTO "bands" VALUES(3277600583728178168,'0ce89fb5e879');
INSERT INTO "bands" VALUES(4059211200903352565,'0ce89fb5e879');
INSERT INTO "bands" VALUES(4209079712451974718,'0ce89fb5e879');
INSERT INTO "bands" VALUES(4663108697556400636,'0ce89fb5e879');
INSERT INTO "bands" VALUES(5116203991962009767,'0ce89fb5e879');
INSERT INTO "bands" VALUES(5508818069980777667,'0ce89fb5e879');
INSERT INTO "bands" VALUES(6023898519101547155,'0ce89fb5e879');
INSERT INTO "bands" VALUES(6246666801598997863,'0ce89fb5e879');
INSERT INTO "bands" VALUES(6390394426100011211,'0ce89fb5e879');
INSERT INTO "bands" VALUES(8195587068154031992,'0ce89fb5e879');
INSERT INTO "bands" VALUES(8558025212477060410,'0ce89fb5e879');
INSERT INTO "bands" VALUES(-9155090785957270928,'6e07000f5509');
INSERT INTO "bands" VALUES(-7930850243628498934,'6e07000f5509');
INSERT INTO "bands" VALUES(-7778118676066020754,'6e07000f5509');
INSERT INTO "bands" VALUES(-7752109325104920806,'6e07000f5509');
INSERT INTO "bands" VALUES(-7167166233132394319,'6e07000f5509');
INSERT INTO "bands" VALUES(-5998662467398811009,'6e07000f5509');
INSERT INTO "bands" VALUES(-5792209358730484694,'6e07000f5509');
INSERT INTO "bands" VALUES(-5687458771694624677,'6e07000f5509');
INSERT INTO "bands" VALUES(-4831797173849958244,'6e07000f5509');
INSERT INTO "bands" VALUES(-4292155526955041503,'6e07000f5509');
INSERT INTO "bands" VALUES(-3838496618722162344,'6e07000f5509');
INSERT INTO "bands" VALUES(-3584494505297989887,'6e07000f5509');
INSERT INTO "bands" VALUES(-3179054956101880478,'6e07000f5509');
INSERT INTO "bands" VALUES(-2288624718446277447,'6e07000f5509');
INSERT INTO "bands" VALUES(-2231358585946971980,'6e07000f5509');
INSERT INTO "bands" VALUES(-2169818364337111730,'6e07000f5509');
INSERT INTO "bands" VALUES(-1582190788480225249,'6e07000f5509');
INSERT INTO "bands" VALUES(-1002942897475014906,'6e07000f5509');
INSERT INTO "bands" VALUES(408306372772124452,'6e07000f5509');
INSERT INTO "bands" VALUES(2301057742364847545,'6e07000f5509');
INSERT INTO "bands" VALUES(2412271131202121699,'6e07000f5509');
INSERT INTO "bands" VALUES(2445718046537820740,'6e07000f5509');
INSERT INTO "bands" VALUES(2580457102634155608,'6e07000f5509');
INSERT INTO "bands" VALUES(3668251410933880680,'6e07000f5509');
INSERT INTO "bands" VALUES(3756550148957393405,'6e07000f5509');
INSERT INTO "bands" VALUES(5097447229758470415,'6e07000f5509');
INSERT INTO "bands" VALUES(6443267793839151519,'6e07000f5509');
INSERT INTO "bands" VALUES(6654982730269077570,'6e07000f5509');
INSERT INTO "bands" VALUES(6807444966925135388,'6e07000f5509');
INSERT INTO "bands" VALUES(7908816618802647943,'6e07000f5509');
INSERT INTO "bands" VALUES(8389424020953140036,'6e07000f5509');
INSERT INTO "bands" VALUES(8517588922069066185,'6e07000f5509');
INSERT INTO "bands" VALUES(-8309287887318626058,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-7299890666966682087,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-6263093729338379781,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-5613545984783825044,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-5505656122621086391,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-5072405215673828039,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-2819757857441822214,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-1857647219759198106,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-1840313020578615277,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-1142657005518408389,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-1013233413576142406,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-891837438331815206,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-852746620498867054,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-816530488513571933,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-691789267525794421,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(300516059393057756,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(461266307361626074,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(1360885397650891382,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(2280282096868263898,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(2452158779497995370,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(2826609679240619224,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(3212136278159676405,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(3373764831349573607,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(4457790801318884127,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(6370173576128164289,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(7897271081703762006,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(8016853365530981766,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(8109948123827115684,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(8630894145962652080,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(8829976549749397918,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(9034834322032738570,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(9218782853087240734,'0dc53ceb88bf');
INSERT INTO "bands" VALUES(-8558834220292781051,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-8027496975651901015,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-7599592191079647773,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-7490500873616945371,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-7364988486273705420,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-6836911897497832331,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-6740055267767227880,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-6320465690808861838,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-5374125690630299029,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-5159222152616739025,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-2775067094896294772,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-1135679377080884374,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-1033618871152327053,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-524041673559081126,'6d3ba448cdff');
INSERT INTO "bands" VALUES(99311013133685511,'6d3ba448cdff');
INSERT INTO "bands" VALUES(186745940305492101,'6d3ba448cdff');
INSERT INTO "bands" VALUES(251888041290558547,'6d3ba448cdff');
INSERT INTO "bands" VALUES(601544574040486515,'6d3ba448cdff');
INSERT INTO "bands" VALUES(1050083672508154623,'6d3ba448cdff');
INSERT INTO "bands" VALUES(1619106920012643877,'6d3ba448cdff');
INSERT INTO "bands" VALUES(2931158135408744710,'6d3ba448cdff');
INSERT INTO "bands" VALUES(3005354144530394532,'6d3ba448cdff');
INSERT INTO "bands" VALUES(3277822904696543858,'6d3ba448cdff');
INSERT INTO "bands" VALUES(3317416973365834990,'6d3ba448cdff');
INSERT INTO "bands" VALUES(4001013017601998626,'6d3ba448cdff');
INSERT INTO "bands" VALUES(5649749709444046760,'6d3ba448cdff');
INSERT INTO "bands" VALUES(6164624929910658166,'6d3ba448cdff');
INSERT INTO "bands" VALUES(6604659334363459266,'6d3ba448cdff');
INSERT INTO "bands" VALUES(6952971782460183284,'6d3ba448cdff');
INSERT INTO "bands" VALUES(7402217067069149474,'6d3ba448cdff');
INSERT INTO "bands" VALUES(7824690153191644836,'6d3ba448cdff');
INSERT INTO "bands" VALUES(8433788837072175710,'6d3ba448cdff');
INSERT INTO "bands" VALUES(-5814407196408957440,'54e613d574d9');
INSERT INTO "bands" VALUES(-5673898234863990513,'54e613d574d9');
INSERT INTO "bands" VALUES(-5332543991914875783,'54e613d574d9');
INSERT INTO "bands" VALUES(-5121717101125719252,'54e613d574d9');
INSERT INTO "bands" VALUES(-5106574678767717571,'54e613d574d9');
INSERT INTO "bands" VALUES(-5011478272924171672,'54e613d574d9');
INSERT INTO "bands" VALUES(-1905081695395172856,'54e613d574d9');
INSERT INTO "bands" VALUES(-1883790868558994249,'54e613d574d9');
INSERT INTO "bands" VALUES(-1480614437505017762,'54e613d574d9');
INSERT INTO "bands" VALUES(-1140041753809199218,'54e613d574d9');
INSERT INTO "bands" VALUES(-1076977953908781163,'54e613d574d9');
INSERT INTO "bands" VALUES(-699011906421787820,'54e613d574d9');
INSERT INTO "bands" VALUES(-575434004243315200,'54e613d574d9');
INSERT INTO "bands" VALUES(185410214549890528,'54e613d574d9');
INSERT INTO "bands" VALUES(541494698279172374,'54e613d574d9');
INSERT INTO "bands" VALUES(836020544502954414,'54e613d574d9');
INSERT INTO "bands" VALUES(1230592865929164106,'54e613d574d9');
INSERT INTO "bands" VALUES(1320951700876919457,'54e613d574d9');
INSERT INTO "bands" VALUES(1447396965307413594,'54e613d574d9');
INSERT INTO "bands" VALUES(1993324828846936081,'54e613d574d9');
INSERT INTO "bands" VALUES(2084736981360010064,'54e613d574d9');
INSERT INTO "bands" VALUES(2216569362784966175,'54e613d574d9');
INSERT INTO "bands" VALUES(2578755079263560772,'54e613d574d9');
INSERT INTO "bands" VALUES(3322699937835228389,'54e613d574d9');
INSERT INTO "bands" VALUES(3747124469334750640,'54e613d574d9');
INSERT INTO "bands" VALUES(3990217972876094316,'54e613d574d9');
INSERT INTO "bands" VALUES(4072990540386971328,'54e613d574d9');
INSERT INTO "bands" VALUES(5040560325178204901,'54e613d574d9');
INSERT INTO "bands" VALUES(5821388774808706466,'54e613d574d9');
INSERT INTO "bands" VALUES(7550721891656130166,'54e613d574d9');
INSERT INTO "bands" VALUES(8184139079598982739,'54e613d574d9');
INSERT INTO "bands" VALUES(8526827630500479058,'54e613d574d9');
INSERT INTO "bands" VALUES(-9147161874760129496,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-9062899455653293081,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-8757718560441013443,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-7829571860672729644,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-5928618770908223685,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-5470279123089815840,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-5441554065074283078,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-4983644166932824104,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-4901750662560218612,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-4812358190099185507,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-4469416752763744078,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-4303397007334240181,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-3765055832362466315,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-3647325125491450067,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-3543978284548127331,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-3365923846809358109,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-3251056768138583106,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-2510113661503077985,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-1700668548219646850,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-1403447078594860096,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(-1367899106548635812,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(1657878180326310986,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(2026687026122242602,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(2844013554773639922,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(3267895630474856592,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(4109710937661884422,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(4668137098545665538,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(6671143975073936261,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(6949496310006448131,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(6959263532940903497,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(7719460168666729916,'6fbfd7ca6c8e');
INSERT INTO "bands" VALUES(8170653442849323339,'6fbfd7ca6c8e');
CREATE TABLE channels (
	team VARCHAR(32) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	free_at DATETIME, 
	failure TEXT, 
	unfurls BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_channels PRIMARY KEY (team, channel)
);
INSERT INTO "channels" VALUES('T1','C30SENT','2026-11-23 08:00:07.000000',NULL,1);
INSERT INTO "channels" VALUES('T1','C01POSTED','2026-11-24 08:30:04.500000',NULL,0);
INSERT INTO "channels" VALUES('T1','C02DETAIL','2026-11-24 08:30:03.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C03PLANNED','2026-11-24 08:30:03.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C04TAKEN','2026-11-23 08:30:04.500000',NULL,0);
INSERT INTO "channels" VALUES('T1','C05ASKED','2026-11-24 08:30:03.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C06STANDS','2026-11-24 08:30:03.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C07UNREAD','2026-11-24 08:30:03.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C12OFF','2026-11-24 08:30:03.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C15THREAD','2026-11-24 08:30:03.000000',NULL,0);
INSERT INTO "channels" VALUES('T2','C20OTHER','2026-11-24 08:30:12.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C08UNCERTAIN','2026-11-23 09:00:03.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C09MISSED','2026-11-23 10:57:01.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','U02BOB','2026-11-24 08:30:03.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C10STOPPED','2026-11-23 10:57:01.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C36DEAD','2026-11-23 12:00:01.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C37DEAD','2026-11-23 12:00:01.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C34DOUBT','2026-11-23 12:00:10.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C35DOUBT','2026-11-23 12:00:10.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','U01ALICE','2026-11-24 06:00:01.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C40WATCH','2026-11-24 06:30:01.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C31ASKED','2026-11-24 08:30:31.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C32STANDS','2026-11-24 08:30:31.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','C33THREAD','2026-11-24 08:30:31.000000',NULL,0);
INSERT INTO "channels" VALUES('T1','U03CARA','2026-11-24 08:30:31.000000',NULL,0);
CREATE TABLE claims (
	id VARCHAR(32) NOT NULL, 
	article_id VARCHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	text TEXT NOT NULL, 
	spans JSON, 
	paragraph INTEGER, 
	ref JSON, 
	type VARCHAR(16), 
	speaker TEXT, 
	source TEXT, 
	cue TEXT, 
	source_kind VARCHAR(16) NOT NULL, 
	stance VARCHAR(16), 
	negative BOOLEAN NOT NULL, 
	via JSON, 
	inside VARCHAR(32), 
	near_speaker TEXT, 
	near_text TEXT, 
	near_report TEXT, 
	said_on DATE, 
	said_on_inferred BOOLEAN NOT NULL, 
	unsure BOOLEAN NOT NULL, 
	confidence FLOAT NOT NULL, checkable FLOAT, corrected BOOLEAN, source_spans JSON, cue_spans JSON, outer_cue TEXT, printed VARCHAR(16), 
	CONSTRAINT pk_claims PRIMARY KEY (id), 
	CONSTRAINT fk_claims_article_id FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
INSERT INTO "claims" VALUES('878242f45d509b9a','1a0f6c77cadc',0,'attribution','“The harbour wall is safe for now,”','[[0, 35]]',1,NULL,'direct','Edda Farnholt','Edda Farnholt, the harbour master','said','named','said',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.9745,NULL,NULL,'[[41, 74]]','[[36, 40]]',NULL,'56d7cc05942c097f');
INSERT INTO "claims" VALUES('390fe8e5697b1e19','1a0f6c77cadc',2,'attribution','it had been warned','[[171, 189]]',2,NULL,'indirect','the town council','The town council','denied','named','denied',0,NULL,NULL,NULL,NULL,NULL,'2026-11-22',0,0,0.9325,NULL,NULL,'[[132, 148]]','[[149, 155]]',NULL,'63aa1078a6628a06');
INSERT INTO "claims" VALUES('c72c60c3a037ef64','0ce89fb5e879',0,'attribution','the quarry''s plans','[[17, 35]]',1,NULL,'indirect','Planners','Planners','refused','named','said',1,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.6412,NULL,NULL,'[[0, 8]]','[[9, 16]]',NULL,'5f8b40678131b931');
INSERT INTO "claims" VALUES('0e1c9d547fcb2e7e','0ce89fb5e879',1,'attribution','“The dust is a danger to the school,”','[[47, 84]]',1,NULL,'direct','Mirel Astow','Mirel Astow, the head teacher','said','named','said',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.9769,NULL,NULL,'[[90, 119]]','[[85, 89]]',NULL,'a89c732a8be6157e');
INSERT INTO "claims" VALUES('84fda47ae4e10dbc','6e07000f5509',0,'statement','The lighthouse was sold on Friday for a price that nobody will name.','[[0, 68]]',1,NULL,NULL,NULL,NULL,NULL,'none',NULL,0,NULL,NULL,'Orla Teague','“It will stay white,”',NULL,NULL,0,0,1.0,0.28,NULL,NULL,NULL,NULL,'237b52eb7d0839cc');
INSERT INTO "claims" VALUES('d2e2b600855e53cf','6e07000f5509',1,'attribution','“It will stay white,”','[[69, 90]]',1,NULL,'direct','Orla Teague','Orla Teague, who bought it','said','named','said',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.9529,NULL,NULL,'[[96, 122]]','[[91, 95]]',NULL,'185b08d55009b4eb');
INSERT INTO "claims" VALUES('13c3d5c2f151cd3f','6e07000f5509',2,'attribution','the lamp would be kept burning through the winter, and that visitors would be welcome','[[139, 224]]',1,NULL,'indirect','Orla Teague','She','added','named','said',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.9522,NULL,NULL,'[[124, 127]]','[[128, 133]]',NULL,'ae9ab8b004c04cc3');
INSERT INTO "claims" VALUES('bed8ce9bb33086b8','1a0f6c77cadc',1,'attribution','the lock leaks badly','[[110, 130]]',2,NULL,'indirect','Jory Pellam Junior',NULL,'said','named','said',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1.0,NULL,1,NULL,'[[100, 104]]',NULL,'2919cb346969f01f');
INSERT INTO "claims" VALUES('52bcbdd15b30c93c','0ce89fb5e879',2,'attribution','they would appeal','[[152, 169]]',2,NULL,'indirect','the quarry''s owners','The quarry''s owners','said','described','said',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.9475,NULL,NULL,'[[122, 141]]','[[142, 146]]',NULL,'3aaa7e31db4b9ca4');
INSERT INTO "claims" VALUES('caf4fce4bda3f556','6d3ba448cdff',0,'attribution','“The harbour wall is safe for now,”','[[0, 35]]',1,NULL,'direct','Edda Farnholt','Edda Farnholt, the harbour master','said','named','said',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.9745,NULL,NULL,'[[41, 74]]','[[36, 40]]',NULL,'56d7cc05942c097f');
INSERT INTO "claims" VALUES('e439af5056dd3561','6d3ba448cdff',1,'attribution','the harbour wall is safe','[[110, 134]]',2,NULL,'indirect','the engineers'' union','The engineers'' union','denied','named','denied',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.9165,NULL,NULL,'[[77, 97]]','[[98, 104]]',NULL,'b8fcc47d3d2128ff');
INSERT INTO "claims" VALUES('8670fe96c6e3ece7','6d3ba448cdff',2,'attribution','“It has moved by a hand,”','[[136, 161]]',2,NULL,'direct','Odo Brack','Odo Brack, its secretary','said','named','said',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.9756,NULL,NULL,'[[167, 191]]','[[162, 166]]',NULL,'9ca269a18cf91418');
INSERT INTO "claims" VALUES('10d474bdea732b2b','54e613d574d9',0,'attribution','The bridge toll will double in January','[[0, 38]]',1,NULL,'indirect','Lucan Vye','Lucan Vye, the transport secretary','said','named','said',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.9465,NULL,NULL,'[[45, 79]]','[[40, 44]]',NULL,'5c743bbc4f2c5476');
INSERT INTO "claims" VALUES('57b6482d200b3d0a','54e613d574d9',1,'attribution','they would use the old road','[[103, 130]]',2,NULL,'indirect','Hauliers'' League',NULL,'warned','named','warned',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1.0,NULL,1,NULL,'[[91, 97]]',NULL,'ed3ff5e4646d9cf5');
INSERT INTO "claims" VALUES('ce11c34c2d217a4a','6fbfd7ca6c8e',0,'attribution','Two of the harbour''s pumps failed overnight','[[0, 43]]',1,NULL,'indirect','Edda Farnholt','Edda Farnholt, the harbour master','said','named','said',0,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0.9507,NULL,NULL,'[[50, 83]]','[[45, 49]]',NULL,'350bed9a46ea1502');
CREATE TABLE corrections (
	id VARCHAR(16) NOT NULL, 
	team VARCHAR(32) NOT NULL, 
	press VARCHAR(64) NOT NULL, 
	claim_id VARCHAR(32) NOT NULL, 
	article_id VARCHAR(32) NOT NULL, 
	changes JSON NOT NULL, 
	"before" JSON NOT NULL, 
	reason TEXT NOT NULL, 
	person VARCHAR(32) NOT NULL, 
	person_name TEXT NOT NULL, 
	suggested_at DATETIME NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	number BIGINT, made_with VARCHAR(16), 
	CONSTRAINT pk_corrections PRIMARY KEY (id), 
	CONSTRAINT uq_corrections_team_press UNIQUE (team, press)
);
INSERT INTO "corrections" VALUES('9f1d6725ba825475','T1','v1','bed8ce9bb33086b8','1a0f6c77cadc','{"speaker": "Jory Pellam Junior", "source_kind": "named", "source": null}','{"speaker": "Jory Pellam", "source_kind": "named", "source": {"spans": [[77, 98]], "words": ["Jory Pellam, a docker"]}}','she told me on the phone','U01ALICE','Alice','2026-11-23 13:00:00.000000','accepted',8,NULL);
INSERT INTO "corrections" VALUES('cdd686c18f415d41','T1','v2','52bcbdd15b30c93c','0ce89fb5e879','{"speaker": "Dustrock Quarries", "source_kind": "named"}','{"speaker": "the quarry''s owners", "source_kind": "described"}','she told me on the phone','U01ALICE','Alice','2026-11-23 13:00:00.000000','undone',NULL,NULL);
INSERT INTO "corrections" VALUES('be3728657aa65b92','T1','v3','0e1c9d547fcb2e7e','0ce89fb5e879','{"speaker": "Mirel Aston", "source_kind": "named", "source": null}','{"speaker": "Mirel Astow", "source_kind": "named", "source": {"spans": [[90, 119]], "words": ["Mirel Astow, the head teacher"]}}','she told me on the phone','U02BOB','Bob','2026-11-23 13:00:00.000000','declined',NULL,NULL);
INSERT INTO "corrections" VALUES('c39d8e7a14f25615','T1','v4','c83e3a21ffac0d98','1a0f6c77cadc','{"rejected": true}','{"rejected": false}','she told me on the phone','U01ALICE','Alice','2026-11-23 13:00:09.000000','accepted',11,NULL);
INSERT INTO "corrections" VALUES('3401eea3387552e9','T1','v5','0ce89fb5e879','0ce89fb5e879','{"title": "Quarry may not grow"}','{"title": "Quarry expansion refused"}','the page has it so','U01ALICE','Alice','2026-11-23 13:00:18.000000','accepted',12,NULL);
INSERT INTO "corrections" VALUES('26e4472f44645f21','T1','v6','8670fe96c6e3ece7','6d3ba448cdff','{"speaker": "Odo Black", "source_kind": "named", "source": null}','{"speaker": "Odo Brack", "source_kind": "named", "source": {"spans": [[167, 191]], "words": ["Odo Brack, its secretary"]}}','she told me on the phone','U02BOB','Bob','2026-11-24 08:31:00.000000','suggested',NULL,NULL);
INSERT INTO "corrections" VALUES('988897cc99fb5f26','T1','v7','57b6482d200b3d0a','54e613d574d9','{"speaker": "Hauliers'' League", "source_kind": "named", "source": null}','{"speaker": "Hauliers", "source_kind": "named", "source": {"spans": [[82, 90]], "words": ["Hauliers"]}}','she told me on the phone','U02BOB','Bob','2026-11-24 08:31:00.000000','accepted',18,NULL);
CREATE TABLE "digest_rows" (
	team VARCHAR(32) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	position INTEGER NOT NULL, 
	claim_id VARCHAR(32) NOT NULL, 
	ts VARCHAR(32), 
	wording VARCHAR(33), 
	place JSON, 
	CONSTRAINT pk_digest_rows PRIMARY KEY (team, channel, day, position), 
	CONSTRAINT fk_digest_rows_team_channel_day FOREIGN KEY(team, channel, day) REFERENCES digests (team, channel, day) ON DELETE CASCADE
);
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-23',0,'a400c532ab0c332b','1795422602.000006','158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-23',1,'0e1c9d547fcb2e7e','1795422602.000006','5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-23',2,'878242f45d509b9a','1795422602.000006','228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-23',3,'64fb4c61be0844f3','1795422602.000006','73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-23',4,'13c3d5c2f151cd3f','1795422602.000006','83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-23',5,'84fda47ae4e10dbc','1795422602.000006','c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-23',6,'bed8ce9bb33086b8','1795422602.000006','b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-23',7,'52bcbdd15b30c93c','1795422602.000006','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-23',8,'55fef9b8d75ce3fa','1795422602.000006','7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-23',9,'390fe8e5697b1e19','1795422602.000006','be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-23',0,'a400c532ab0c332b','1795422602.000007','158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-23',1,'0e1c9d547fcb2e7e','1795422602.000007','5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-23',2,'878242f45d509b9a','1795422602.000007','228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-23',3,'64fb4c61be0844f3','1795422602.000007','73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-23',4,'13c3d5c2f151cd3f','1795422602.000007','83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-23',5,'84fda47ae4e10dbc','1795422602.000007','c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-23',6,'bed8ce9bb33086b8','1795422602.000007','b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-23',7,'52bcbdd15b30c93c','1795422602.000007','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-23',8,'55fef9b8d75ce3fa','1795422602.000007','7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-23',9,'390fe8e5697b1e19','1795422602.000007','be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-23',0,'a400c532ab0c332b','1795422602.000008','158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-23',1,'0e1c9d547fcb2e7e','1795422602.000008','5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-23',2,'878242f45d509b9a','1795422602.000008','228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-23',3,'64fb4c61be0844f3','1795422602.000008','73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-23',4,'13c3d5c2f151cd3f','1795422602.000008','83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-23',5,'84fda47ae4e10dbc','1795422602.000008','c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-23',6,'bed8ce9bb33086b8','1795422602.000008','b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-23',7,'52bcbdd15b30c93c','1795422602.000008','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-23',8,'55fef9b8d75ce3fa','1795422602.000008','7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-23',9,'390fe8e5697b1e19','1795422602.000008','be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C04TAKEN','2026-11-23',0,'a400c532ab0c332b','1795422602.000009','158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C04TAKEN','2026-11-23',1,'0e1c9d547fcb2e7e','1795422602.000009','5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C04TAKEN','2026-11-23',2,'878242f45d509b9a','1795422602.000009','228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C04TAKEN','2026-11-23',3,'64fb4c61be0844f3','1795422602.000009','73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C04TAKEN','2026-11-23',4,'13c3d5c2f151cd3f','1795422602.000009','83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C04TAKEN','2026-11-23',5,'84fda47ae4e10dbc','1795422602.000009','c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C04TAKEN','2026-11-23',6,'bed8ce9bb33086b8','1795422602.000009','b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C04TAKEN','2026-11-23',7,'52bcbdd15b30c93c','1795422602.000009','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C04TAKEN','2026-11-23',8,'55fef9b8d75ce3fa','1795422602.000009','7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C04TAKEN','2026-11-23',9,'390fe8e5697b1e19','1795422602.000009','be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-23',0,'a400c532ab0c332b','1795422602.000010','158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-23',1,'0e1c9d547fcb2e7e','1795422602.000010','5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-23',2,'878242f45d509b9a','1795422602.000010','228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-23',3,'64fb4c61be0844f3','1795422602.000010','73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-23',4,'13c3d5c2f151cd3f','1795422602.000010','83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-23',5,'84fda47ae4e10dbc','1795422602.000010','c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-23',6,'bed8ce9bb33086b8','1795422602.000010','b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-23',7,'52bcbdd15b30c93c','1795422602.000010','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-23',8,'55fef9b8d75ce3fa','1795422602.000010','7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-23',9,'390fe8e5697b1e19','1795422602.000010','be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-23',0,'a400c532ab0c332b','1795422602.000011','158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-23',1,'0e1c9d547fcb2e7e','1795422602.000011','5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-23',2,'878242f45d509b9a','1795422602.000011','228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-23',3,'64fb4c61be0844f3','1795422602.000011','73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-23',4,'13c3d5c2f151cd3f','1795422602.000011','83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-23',5,'84fda47ae4e10dbc','1795422602.000011','c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-23',6,'bed8ce9bb33086b8','1795422602.000011','b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-23',7,'52bcbdd15b30c93c','1795422602.000011','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-23',8,'55fef9b8d75ce3fa','1795422602.000011','7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-23',9,'390fe8e5697b1e19','1795422602.000011','be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-23',0,'a400c532ab0c332b','1795422602.000012','158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-23',1,'0e1c9d547fcb2e7e','1795422602.000012','5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-23',2,'878242f45d509b9a','1795422602.000012','228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-23',3,'64fb4c61be0844f3','1795422602.000012','73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-23',4,'13c3d5c2f151cd3f','1795422602.000012','83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-23',5,'84fda47ae4e10dbc','1795422602.000012','c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-23',6,'bed8ce9bb33086b8','1795422602.000012','b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-23',7,'52bcbdd15b30c93c','1795422602.000012','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-23',8,'55fef9b8d75ce3fa','1795422602.000012','7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-23',9,'390fe8e5697b1e19','1795422602.000012','be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-23',0,'a400c532ab0c332b','1795422602.000013','158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-23',1,'0e1c9d547fcb2e7e','1795422602.000013','5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-23',2,'878242f45d509b9a','1795422602.000013','228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-23',3,'64fb4c61be0844f3','1795422602.000013','73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-23',4,'13c3d5c2f151cd3f','1795422602.000013','83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-23',5,'84fda47ae4e10dbc','1795422602.000013','c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-23',6,'bed8ce9bb33086b8','1795422602.000013','b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-23',7,'52bcbdd15b30c93c','1795422602.000013','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-23',8,'55fef9b8d75ce3fa','1795422602.000013','7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-23',9,'390fe8e5697b1e19','1795422602.000013','be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-23',0,'a400c532ab0c332b','1795422602.000014','158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-23',1,'0e1c9d547fcb2e7e','1795422602.000014','5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-23',2,'878242f45d509b9a','1795422602.000014','228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-23',3,'64fb4c61be0844f3','1795422602.000014','73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-23',4,'13c3d5c2f151cd3f','1795422602.000014','83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-23',5,'84fda47ae4e10dbc','1795422602.000014','c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-23',6,'bed8ce9bb33086b8','1795422602.000014','b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-23',7,'52bcbdd15b30c93c','1795422602.000014','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-23',8,'55fef9b8d75ce3fa','1795422602.000014','7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-23',9,'390fe8e5697b1e19','1795422602.000014','be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-23',0,'a400c532ab0c332b','1795422611.000024','158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-23',1,'0e1c9d547fcb2e7e','1795422611.000024','5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-23',2,'878242f45d509b9a','1795422611.000024','228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-23',3,'64fb4c61be0844f3','1795422611.000024','73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-23',4,'13c3d5c2f151cd3f','1795422611.000024','83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-23',5,'84fda47ae4e10dbc','1795422611.000024','c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-23',6,'bed8ce9bb33086b8','1795422611.000024','b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-23',7,'52bcbdd15b30c93c','1795422611.000024','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-23',8,'55fef9b8d75ce3fa','1795422611.000024','7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-23',9,'390fe8e5697b1e19','1795422611.000024','be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C08UNCERTAIN','2026-11-23',0,'a400c532ab0c332b',NULL,'158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C08UNCERTAIN','2026-11-23',1,'0e1c9d547fcb2e7e',NULL,'5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C08UNCERTAIN','2026-11-23',2,'878242f45d509b9a',NULL,'228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C08UNCERTAIN','2026-11-23',3,'64fb4c61be0844f3',NULL,'73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C08UNCERTAIN','2026-11-23',4,'13c3d5c2f151cd3f',NULL,'83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C08UNCERTAIN','2026-11-23',5,'84fda47ae4e10dbc',NULL,'c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C08UNCERTAIN','2026-11-23',6,'bed8ce9bb33086b8',NULL,'b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C08UNCERTAIN','2026-11-23',7,'52bcbdd15b30c93c',NULL,'3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C08UNCERTAIN','2026-11-23',8,'55fef9b8d75ce3fa',NULL,'7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C08UNCERTAIN','2026-11-23',9,'390fe8e5697b1e19',NULL,'be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C09MISSED','2026-11-23',0,'a400c532ab0c332b',NULL,'158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C09MISSED','2026-11-23',1,'0e1c9d547fcb2e7e',NULL,'5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C09MISSED','2026-11-23',2,'878242f45d509b9a',NULL,'228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C09MISSED','2026-11-23',3,'64fb4c61be0844f3',NULL,'73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C09MISSED','2026-11-23',4,'13c3d5c2f151cd3f',NULL,'83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C09MISSED','2026-11-23',5,'84fda47ae4e10dbc',NULL,'c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C09MISSED','2026-11-23',6,'bed8ce9bb33086b8',NULL,'b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C09MISSED','2026-11-23',7,'52bcbdd15b30c93c',NULL,'3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C09MISSED','2026-11-23',8,'55fef9b8d75ce3fa',NULL,'7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C09MISSED','2026-11-23',9,'390fe8e5697b1e19',NULL,'be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C10STOPPED','2026-11-23',0,'a400c532ab0c332b',NULL,'158bf4ff4d505baa.df30530e08f8ffec','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C10STOPPED','2026-11-23',1,'0e1c9d547fcb2e7e',NULL,'5d8b88874be846ae.a89c732a8be6157e','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C10STOPPED','2026-11-23',2,'878242f45d509b9a',NULL,'228869723ce81eb1.56d7cc05942c097f','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C10STOPPED','2026-11-23',3,'64fb4c61be0844f3',NULL,'73466d1cf18ff292.e1fd0690ee41ded9','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C10STOPPED','2026-11-23',4,'13c3d5c2f151cd3f',NULL,'83606527ff5fbfdd.ae9ab8b004c04cc3','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C10STOPPED','2026-11-23',5,'84fda47ae4e10dbc',NULL,'c1bce3867af9d79d.237b52eb7d0839cc','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["checkable", 0.56, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C10STOPPED','2026-11-23',6,'bed8ce9bb33086b8',NULL,'b1f7902143080608.2919cb346969f01f','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C10STOPPED','2026-11-23',7,'52bcbdd15b30c93c',NULL,'3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "more", "topic": null, "why": [["lead", 2, null], ["described", 1, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C10STOPPED','2026-11-23',8,'55fef9b8d75ce3fa',NULL,'7f62c103dd57a462.83eda724c7ec74bd','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C10STOPPED','2026-11-23',9,'390fe8e5697b1e19',NULL,'be5fb798893ebc82.63aa1078a6628a06','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-24',0,'caf4fce4bda3f556','1795509002.000039','228869723ce81eb1.56d7cc05942c097f','{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-24',1,'e439af5056dd3561','1795509002.000039','9deecb097a1ca1a4.b8fcc47d3d2128ff','{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-24',2,'1fae723886f1e3f1','1795509002.000039','938a672734e1a82f.1d19825cd597bd53','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-24',3,'8670fe96c6e3ece7','1795509002.000039','2fc33e38dfa517ef.9ca269a18cf91418','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-24',4,'10d474bdea732b2b','1795509002.000039','33756df79efa7040.5c743bbc4f2c5476','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-24',5,'57b6482d200b3d0a','1795509002.000039','2802c64e43eebeb5.ed3ff5e4646d9cf5','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-24',6,'52bcbdd15b30c93c','1795509002.000039','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C01POSTED','2026-11-24',7,'64fb4c61be0844f3','1795509002.000039',NULL,'{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-24',0,'caf4fce4bda3f556','1795509002.000040','228869723ce81eb1.56d7cc05942c097f','{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-24',1,'e439af5056dd3561','1795509002.000040','9deecb097a1ca1a4.b8fcc47d3d2128ff','{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-24',2,'1fae723886f1e3f1','1795509002.000040','938a672734e1a82f.1d19825cd597bd53','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-24',3,'8670fe96c6e3ece7','1795509002.000040','2fc33e38dfa517ef.9ca269a18cf91418','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-24',4,'10d474bdea732b2b','1795509002.000040','33756df79efa7040.5c743bbc4f2c5476','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-24',5,'57b6482d200b3d0a','1795509002.000040','2802c64e43eebeb5.ed3ff5e4646d9cf5','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-24',6,'52bcbdd15b30c93c','1795509002.000040','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C02DETAIL','2026-11-24',7,'64fb4c61be0844f3','1795509002.000040',NULL,'{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-24',0,'caf4fce4bda3f556',NULL,'228869723ce81eb1.56d7cc05942c097f','{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-24',1,'e439af5056dd3561',NULL,'9deecb097a1ca1a4.b8fcc47d3d2128ff','{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-24',2,'1fae723886f1e3f1',NULL,'938a672734e1a82f.1d19825cd597bd53','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-24',3,'8670fe96c6e3ece7',NULL,'2fc33e38dfa517ef.9ca269a18cf91418','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-24',4,'10d474bdea732b2b',NULL,'33756df79efa7040.5c743bbc4f2c5476','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-24',5,'57b6482d200b3d0a',NULL,'2802c64e43eebeb5.ed3ff5e4646d9cf5','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-24',6,'52bcbdd15b30c93c',NULL,'3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C03PLANNED','2026-11-24',7,'64fb4c61be0844f3',NULL,NULL,'{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-24',0,'caf4fce4bda3f556',NULL,'228869723ce81eb1.56d7cc05942c097f','{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-24',1,'e439af5056dd3561',NULL,'9deecb097a1ca1a4.b8fcc47d3d2128ff','{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-24',2,'1fae723886f1e3f1',NULL,'938a672734e1a82f.1d19825cd597bd53','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-24',3,'8670fe96c6e3ece7',NULL,'2fc33e38dfa517ef.9ca269a18cf91418','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-24',4,'10d474bdea732b2b',NULL,'33756df79efa7040.5c743bbc4f2c5476','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-24',5,'57b6482d200b3d0a',NULL,'2802c64e43eebeb5.ed3ff5e4646d9cf5','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-24',6,'52bcbdd15b30c93c',NULL,'3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C05ASKED','2026-11-24',7,'64fb4c61be0844f3',NULL,NULL,'{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-24',0,'caf4fce4bda3f556',NULL,'228869723ce81eb1.56d7cc05942c097f','{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-24',1,'e439af5056dd3561',NULL,'9deecb097a1ca1a4.b8fcc47d3d2128ff','{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-24',2,'1fae723886f1e3f1',NULL,'938a672734e1a82f.1d19825cd597bd53','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-24',3,'8670fe96c6e3ece7',NULL,'2fc33e38dfa517ef.9ca269a18cf91418','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-24',4,'10d474bdea732b2b',NULL,'33756df79efa7040.5c743bbc4f2c5476','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-24',5,'57b6482d200b3d0a',NULL,'2802c64e43eebeb5.ed3ff5e4646d9cf5','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-24',6,'52bcbdd15b30c93c',NULL,'3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C06STANDS','2026-11-24',7,'64fb4c61be0844f3',NULL,NULL,'{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-24',0,'caf4fce4bda3f556',NULL,'228869723ce81eb1.56d7cc05942c097f','{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-24',1,'e439af5056dd3561',NULL,'9deecb097a1ca1a4.b8fcc47d3d2128ff','{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-24',2,'1fae723886f1e3f1',NULL,'938a672734e1a82f.1d19825cd597bd53','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-24',3,'8670fe96c6e3ece7',NULL,'2fc33e38dfa517ef.9ca269a18cf91418','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-24',4,'10d474bdea732b2b',NULL,'33756df79efa7040.5c743bbc4f2c5476','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-24',5,'57b6482d200b3d0a',NULL,'2802c64e43eebeb5.ed3ff5e4646d9cf5','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-24',6,'52bcbdd15b30c93c',NULL,'3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C07UNREAD','2026-11-24',7,'64fb4c61be0844f3',NULL,NULL,'{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-24',0,'caf4fce4bda3f556',NULL,'228869723ce81eb1.56d7cc05942c097f','{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-24',1,'e439af5056dd3561',NULL,'9deecb097a1ca1a4.b8fcc47d3d2128ff','{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-24',2,'1fae723886f1e3f1',NULL,'938a672734e1a82f.1d19825cd597bd53','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-24',3,'8670fe96c6e3ece7',NULL,'2fc33e38dfa517ef.9ca269a18cf91418','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-24',4,'10d474bdea732b2b',NULL,'33756df79efa7040.5c743bbc4f2c5476','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-24',5,'57b6482d200b3d0a',NULL,'2802c64e43eebeb5.ed3ff5e4646d9cf5','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-24',6,'52bcbdd15b30c93c',NULL,'3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C12OFF','2026-11-24',7,'64fb4c61be0844f3',NULL,NULL,'{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-24',0,'caf4fce4bda3f556','1795509002.000045','228869723ce81eb1.56d7cc05942c097f','{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-24',1,'e439af5056dd3561','1795509002.000045','9deecb097a1ca1a4.b8fcc47d3d2128ff','{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-24',2,'1fae723886f1e3f1','1795509002.000045','938a672734e1a82f.1d19825cd597bd53','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-24',3,'8670fe96c6e3ece7','1795509002.000045','2fc33e38dfa517ef.9ca269a18cf91418','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-24',4,'10d474bdea732b2b','1795509002.000045','33756df79efa7040.5c743bbc4f2c5476','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-24',5,'57b6482d200b3d0a','1795509002.000045','2802c64e43eebeb5.ed3ff5e4646d9cf5','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-24',6,'52bcbdd15b30c93c','1795509002.000045','3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T1','C15THREAD','2026-11-24',7,'64fb4c61be0844f3','1795509002.000045',NULL,'{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-24',0,'caf4fce4bda3f556',NULL,'228869723ce81eb1.56d7cc05942c097f','{"section": "disputed", "topic": null, "why": [["denied", 6, "the engineers'' union"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-24',1,'e439af5056dd3561',NULL,'9deecb097a1ca1a4.b8fcc47d3d2128ff','{"beside": "caf4fce4bda3f556", "as": "denials", "half": null, "order": "unknown"}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-24',2,'1fae723886f1e3f1',NULL,'938a672734e1a82f.1d19825cd597bd53','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Petra Lunde"], ["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-24',3,'8670fe96c6e3ece7',NULL,'2fc33e38dfa517ef.9ca269a18cf91418','{"section": "new_voices", "topic": null, "why": [["new_voice", 1, "Odo Brack"], ["lead", 2, null], ["named", 3, null], ["quoted", 0.5, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-24',4,'10d474bdea732b2b',NULL,'33756df79efa7040.5c743bbc4f2c5476','{"section": "more", "topic": null, "why": [["headline", 3, null], ["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-24',5,'57b6482d200b3d0a',NULL,'2802c64e43eebeb5.ed3ff5e4646d9cf5','{"section": "more", "topic": null, "why": [["lead", 2, null], ["named", 3, null], ["said", 2, null], ["fragment", -3, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-24',6,'52bcbdd15b30c93c',NULL,'3bd7deeb1ec166b4.3aaa7e31db4b9ca4','{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
INSERT INTO "digest_rows" VALUES('T2','C20OTHER','2026-11-24',7,'64fb4c61be0844f3',NULL,NULL,'{"section": "changes", "topic": null, "why": [["changed", 0, null]]}');
CREATE TABLE digests (
	team VARCHAR(32) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	day DATE NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	window_start DATETIME NOT NULL, 
	posting_time DATETIME NOT NULL, 
	worker TEXT, 
	lease_until DATETIME, 
	retry_at DATETIME, 
	failure TEXT, 
	ts VARCHAR(32), heading JSON, 
	CONSTRAINT pk_digests PRIMARY KEY (team, channel, day)
);
INSERT INTO "digests" VALUES('T1','C01POSTED','2026-11-23','posted','2026-11-22 08:30:00.000000','2026-11-23 08:30:00.000000','old-worker/6728a5ca',NULL,NULL,NULL,'1795422602.000006','{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C02DETAIL','2026-11-23','posted','2026-11-22 08:30:00.000000','2026-11-23 08:30:00.000000','old-worker/fe8558ba',NULL,NULL,NULL,'1795422602.000007','{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C03PLANNED','2026-11-23','posted','2026-11-22 08:30:00.000000','2026-11-23 08:30:00.000000','old-worker/31acffba',NULL,NULL,NULL,'1795422602.000008','{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C04TAKEN','2026-11-23','posted','2026-11-22 08:30:00.000000','2026-11-23 08:30:00.000000','old-worker/d01ae769',NULL,NULL,NULL,'1795422602.000009','{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C05ASKED','2026-11-23','posted','2026-11-22 08:30:00.000000','2026-11-23 08:30:00.000000','old-worker/2560702b',NULL,NULL,NULL,'1795422602.000010','{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C06STANDS','2026-11-23','posted','2026-11-22 08:30:00.000000','2026-11-23 08:30:00.000000','old-worker/c928f911',NULL,NULL,NULL,'1795422602.000011','{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C07UNREAD','2026-11-23','posted','2026-11-22 08:30:00.000000','2026-11-23 08:30:00.000000','old-worker/9ff19ed3',NULL,NULL,NULL,'1795422602.000012','{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C12OFF','2026-11-23','posted','2026-11-22 08:30:00.000000','2026-11-23 08:30:00.000000','old-worker/9cd5ae0e',NULL,NULL,NULL,'1795422602.000013','{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C15THREAD','2026-11-23','posted','2026-11-22 08:30:00.000000','2026-11-23 08:30:00.000000','old-worker/10e16d1e',NULL,NULL,NULL,'1795422602.000014','{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T2','C20OTHER','2026-11-23','posted','2026-11-22 08:30:00.000000','2026-11-23 08:30:00.000000','old-worker/c3a9416d',NULL,NULL,NULL,'1795422611.000024','{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C08UNCERTAIN','2026-11-23','uncertain','2026-11-22 09:00:00.000000','2026-11-23 09:00:00.000000','old-worker/fc51288a','2026-11-23 09:32:00.000000',NULL,'Slack did not confirm that it was posted',NULL,'{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C09MISSED','2026-11-23','missed','2026-11-22 09:00:00.000000','2026-11-23 09:00:00.000000','old-worker/ad093ac8',NULL,'2026-11-23 11:02:00.000000','invalid_blocks',NULL,'{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C10STOPPED','2026-11-23','planned','2026-11-22 09:00:00.000000','2026-11-23 09:00:00.000000','old-worker/753e79bd',NULL,'2026-11-23 11:02:00.000000','is_archived',NULL,'{"zone": "UTC", "language": "en", "claims": 14, "articles": 5, "left_out": 4, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C11STOPS','2026-11-23','missed','2026-11-22 17:00:00.000000','2026-11-23 17:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "digests" VALUES('T1','C13NOW','2026-11-23','missed','2026-11-22 17:00:00.000000','2026-11-23 17:00:00.000000',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "digests" VALUES('T1','C01POSTED','2026-11-24','posted','2026-11-23 08:30:00.000000','2026-11-24 08:30:00.000000','old-worker/131e379f',NULL,NULL,NULL,'1795509002.000039','{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C02DETAIL','2026-11-24','posted','2026-11-23 08:30:00.000000','2026-11-24 08:30:00.000000','old-worker/074f2a42',NULL,NULL,NULL,'1795509002.000040','{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C03PLANNED','2026-11-24','planned','2026-11-23 08:30:00.000000','2026-11-24 08:30:00.000000','old-worker/8d0800e0',NULL,'2026-11-24 08:35:02.000000','not_in_channel',NULL,'{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C04TAKEN','2026-11-24','planned','2026-11-23 08:30:00.000000','2026-11-24 08:30:00.000000','old-worker/f618a2e5','2026-11-24 08:32:02.000000',NULL,NULL,NULL,NULL);
INSERT INTO "digests" VALUES('T1','C05ASKED','2026-11-24','posting','2026-11-23 08:30:00.000000','2026-11-24 08:30:00.000000','old-worker/5d37b112','2026-11-24 08:32:02.000000',NULL,NULL,NULL,'{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C06STANDS','2026-11-24','posting','2026-11-23 08:30:00.000000','2026-11-24 08:30:00.000000','old-worker/d1f2e6a9','2026-11-24 08:32:02.000000',NULL,NULL,NULL,'{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C07UNREAD','2026-11-24','posting','2026-11-23 08:30:00.000000','2026-11-24 08:30:00.000000','old-worker/04e431a5','2026-11-24 08:32:02.000000',NULL,NULL,NULL,'{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C12OFF','2026-11-24','posting','2026-11-23 08:30:00.000000','2026-11-24 08:30:00.000000','old-worker/da2aa210','2026-11-24 08:32:02.000000',NULL,NULL,NULL,'{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C15THREAD','2026-11-24','posted','2026-11-23 08:30:00.000000','2026-11-24 08:30:00.000000','old-worker/7d8c47f1',NULL,NULL,NULL,'1795509002.000045','{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T2','C20OTHER','2026-11-24','posting','2026-11-23 08:30:00.000000','2026-11-24 08:30:00.000000','old-worker/bd646507','2026-11-24 08:32:11.000000',NULL,NULL,NULL,'{"zone": "UTC", "language": "en", "claims": 6, "articles": 3, "left_out": 0, "missed": [], "uncertain": [], "feeds": 0, "next_check": null, "topics": [], "outlets": [], "limit": null}');
INSERT INTO "digests" VALUES('T1','C13NOW','2026-11-24','planned','2026-11-22 17:00:00.000000','2026-11-24 08:31:00.000000',NULL,NULL,'2026-11-24 08:31:02.000000',NULL,NULL,NULL);
CREATE TABLE feed_entries (
	feed_id VARCHAR(16) NOT NULL, 
	"key" VARCHAR(40) NOT NULL, 
	content VARCHAR(40) NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_feed_entries PRIMARY KEY (feed_id, "key"), 
	CONSTRAINT fk_feed_entries_feed_id FOREIGN KEY(feed_id) REFERENCES feeds (id) ON DELETE CASCADE
);
INSERT INTO "feed_entries" VALUES('5dc16390d37d24f8','7ab02271bb64da05b0e5ff30a00c25daf86e71d0','70e84aa2a0d409acae76fd8b04f88e2ce12fbc2c','2026-11-23 07:00:00.000000');
INSERT INTO "feed_entries" VALUES('6260de3f5c8aa06b','12787d5e0c513e2da4128a05b1461292206f1ad8','482450d8e55f1f7a323761065841693494c291e5','2026-11-23 07:00:00.000000');
INSERT INTO "feed_entries" VALUES('fbde28d996674bf3','2e80d1a79902946ea5a6a08c6aa9733982616dff','4989261a56d3fa365f54c597535933a9809fd58b','2026-11-23 07:00:00.000000');
CREATE TABLE feeds (
	id VARCHAR(16) NOT NULL, 
	url TEXT NOT NULL, 
	added_as TEXT NOT NULL, 
	title TEXT, 
	outlet TEXT, 
	language TEXT, 
	full_text BOOLEAN NOT NULL, 
	added_by VARCHAR(8) NOT NULL, 
	team VARCHAR(32), 
	person VARCHAR(32), 
	added_at DATETIME NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	etag TEXT, 
	last_modified TEXT, 
	interval_seconds INTEGER NOT NULL, 
	polled_at DATETIME, 
	fresh_at DATETIME, 
	failing_since DATETIME, 
	failures INTEGER NOT NULL, 
	failure TEXT, 
	told_at DATETIME, 
	kept_out INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_feeds PRIMARY KEY (id)
);
INSERT INTO "feeds" VALUES('5dc16390d37d24f8','http://feeds.example:8080/feed','http://feeds.example:8080/feed','Saltmarsh Courier','The Saltmarsh Courier',NULL,0,'slack','T1','U01ALICE','2026-11-23 07:00:00.000000','active','"one"',NULL,13668,'2026-11-24 06:00:06.000000','2026-11-23 07:00:00.000000',NULL,0,NULL,NULL,0);
INSERT INTO "feeds" VALUES('6260de3f5c8aa06b','http://feeds.example:8080/gone','http://feeds.example:8080/gone','Saltmarsh Courier',NULL,NULL,0,'slack','T1','U01ALICE','2026-11-23 07:00:00.000000','gone',NULL,NULL,9112,'2026-11-24 06:00:00.000000','2026-11-23 07:00:00.000000','2026-11-24 06:00:00.000000',1,'it was removed for good','2026-11-24 06:00:00.000000',0);
INSERT INTO "feeds" VALUES('fbde28d996674bf3','http://feeds.example:8080/whole','http://feeds.example:8080/whole','The Buoy','The Buoy',NULL,1,'cli',NULL,NULL,'2026-11-23 07:00:00.000000','active',NULL,NULL,13668,'2026-11-24 06:00:00.000000','2026-11-23 07:00:00.000000',NULL,0,NULL,NULL,0);
INSERT INTO "feeds" VALUES('4883ead617429974','http://feeds.example:8080/feed?paused','http://feeds.example:8080/feed?paused','Saltmarsh Courier','The Paused Post',NULL,0,'cli',NULL,NULL,'2026-11-23 07:00:00.000000','paused',NULL,NULL,3600,NULL,NULL,NULL,0,NULL,NULL,0);
CREATE TABLE gone_claims (
	claim_id VARCHAR(32) NOT NULL, 
	article_id VARCHAR(32) NOT NULL, 
	reason VARCHAR(16) NOT NULL, 
	gone_at DATETIME NOT NULL, 
	CONSTRAINT pk_gone_claims PRIMARY KEY (claim_id)
);
INSERT INTO "gone_claims" VALUES('c83e3a21ffac0d98','1a0f6c77cadc','corrected','2026-11-23 13:00:09.000000');
INSERT INTO "gone_claims" VALUES('64fb4c61be0844f3','2141871d8311','removed','2026-11-23 13:00:18.000000');
INSERT INTO "gone_claims" VALUES('a400c532ab0c332b','f47092818a16','removed','2026-11-24 08:31:00.000000');
INSERT INTO "gone_claims" VALUES('aea5e8fb50258fcf','f47092818a16','removed','2026-11-24 08:31:00.000000');
INSERT INTO "gone_claims" VALUES('55fef9b8d75ce3fa','f47092818a16','removed','2026-11-24 08:31:00.000000');
INSERT INTO "gone_claims" VALUES('1fae723886f1e3f1','8c3f38ae8bb9','removed','2026-11-24 08:31:00.000000');
CREATE TABLE hosts (
	host VARCHAR(255) NOT NULL, 
	free_at DATETIME, 
	robots TEXT, 
	robots_at DATETIME, 
	CONSTRAINT pk_hosts PRIMARY KEY (host)
);
INSERT INTO "hosts" VALUES('feeds.example:8080','2026-11-24 08:30:02.000000','','2026-11-24 08:30:02.000000');
CREATE TABLE identities (
	"key" VARCHAR(40) NOT NULL, 
	article_id VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_identities PRIMARY KEY ("key", article_id)
);
INSERT INTO "identities" VALUES('guid:4f099da189d511672cbd1463576ed388f00','1a0f6c77cadc');
INSERT INTO "identities" VALUES('origin:667e7131dc9985558f98179e13b9af4a8','1a0f6c77cadc');
INSERT INTO "identities" VALUES('url:8a486d326baa8884f13bc78a8096cf90373d','1a0f6c77cadc');
INSERT INTO "identities" VALUES('guid:65bab445f704cf75e1f72261264e60c84f8','f47092818a16');
INSERT INTO "identities" VALUES('origin:88342ce60e8d63a620ca0f6d1f30d30ba','f47092818a16');
INSERT INTO "identities" VALUES('url:6c53d4f8361b330aaafe8f197127ffd65a3e','f47092818a16');
INSERT INTO "identities" VALUES('guid:ee7f7bfa9b6995d45305d32507b446fb42d','0ce89fb5e879');
INSERT INTO "identities" VALUES('origin:dc50920d57076ac75911c4b2367e1df1e','0ce89fb5e879');
INSERT INTO "identities" VALUES('url:00273fc5dbff25b4f4041c9fef9cf565890a','0ce89fb5e879');
INSERT INTO "identities" VALUES('guid:60fcbfbc18e28a0c70fd34964eec3e8fcf6','2141871d8311');
INSERT INTO "identities" VALUES('origin:045882b8f4b9cfea210f6e8f4502c5558','2141871d8311');
INSERT INTO "identities" VALUES('url:1d3e49851350128a9817c7b991a202fdc600','2141871d8311');
INSERT INTO "identities" VALUES('guid:6942c0917747fe54075b888ec65d3723db7','6e07000f5509');
INSERT INTO "identities" VALUES('url:dfa0e7c7f7562c3af3b58994b34cbdfb553e','6e07000f5509');
INSERT INTO "identities" VALUES('guid:7b03714f70d1d30c63b5ac599a2b2ca77a1','6e07000f5509');
INSERT INTO "identities" VALUES('guid:4c071812d7a7093356300b6ee852869e1f8','0dc53ceb88bf');
INSERT INTO "identities" VALUES('url:69099a0209ee2263fed45a627816800330b7','0dc53ceb88bf');
INSERT INTO "identities" VALUES('guid:6d7b8ce3596615bd908afd79172b897031a','b40d90e27aa6');
INSERT INTO "identities" VALUES('origin:98845818da9385621f4baaaa6c231e37c','b40d90e27aa6');
INSERT INTO "identities" VALUES('url:d1badf432ac626d4510d0e504ad004cdb0e6','b40d90e27aa6');
INSERT INTO "identities" VALUES('guid:ea7d20fb0407a8c1c46d6dbfe38b2acdf5c','6d3ba448cdff');
INSERT INTO "identities" VALUES('origin:648f56ab3ac114b834946b4175f7150b5','6d3ba448cdff');
INSERT INTO "identities" VALUES('url:ec8a203db1f8e5e93422d53922926f4be671','6d3ba448cdff');
INSERT INTO "identities" VALUES('guid:dadae63769d47f3d2dde1c4c28a92a63f77','54e613d574d9');
INSERT INTO "identities" VALUES('origin:66b3240c6df5f2e87f8028af417f663f0','54e613d574d9');
INSERT INTO "identities" VALUES('url:5770a05a0fbd3582e8bf5cbdb8bf6835481f','54e613d574d9');
INSERT INTO "identities" VALUES('guid:205aed1505aa00a15027b22f86d4726daae','8c3f38ae8bb9');
INSERT INTO "identities" VALUES('origin:367527b2bc23ec8697696dd0ba8f6c64d','8c3f38ae8bb9');
INSERT INTO "identities" VALUES('url:b7f110dfed1c3df48fcaad3e7b2c9d45c08c','8c3f38ae8bb9');
INSERT INTO "identities" VALUES('guid:f66b7b5ddbc3d16a51a774a297a74621044','6fbfd7ca6c8e');
INSERT INTO "identities" VALUES('origin:a07a66e4840e5bc3b3695a9d6451dfbd1','6fbfd7ca6c8e');
INSERT INTO "identities" VALUES('url:98df0b89432d7cf94cba16a7bc99f9845a81','6fbfd7ca6c8e');
CREATE TABLE jobs (
	id INTEGER NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	payload JSON, 
	state VARCHAR(8) NOT NULL, 
	due_at DATETIME NOT NULL, 
	again_at DATETIME, 
	team VARCHAR(32), 
	attempts INTEGER NOT NULL, 
	tried_at DATETIME, 
	worker TEXT, 
	lease_until DATETIME, 
	failure TEXT, 
	CONSTRAINT pk_jobs PRIMARY KEY (id), 
	CONSTRAINT uq_jobs_kind_key UNIQUE (kind, "key")
);
INSERT INTO "jobs" VALUES(1,'digest','T1/C01POSTED','{"team": "T1", "channel": "C01POSTED"}','waiting','2026-11-25 08:30:02.000000',NULL,'T1',0,'2026-11-24 08:30:02.000000',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(2,'digest','T1/C02DETAIL','{"team": "T1", "channel": "C02DETAIL"}','waiting','2026-11-25 08:30:02.000000',NULL,'T1',0,'2026-11-24 08:30:02.000000',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(3,'digest','T1/C03PLANNED','{"team": "T1", "channel": "C03PLANNED"}','waiting','2026-11-24 08:35:02.000000',NULL,'T1',0,'2026-11-24 08:30:02.000000',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(4,'digest','T1/C04TAKEN','{"team": "T1", "channel": "C04TAKEN"}','waiting','2026-11-24 08:30:02.000000','2026-11-24 08:32:02.000000','T1',1,'2026-11-24 08:30:02.000000','old-worker/f618a2e5','2026-11-24 08:32:02.000000',NULL);
INSERT INTO "jobs" VALUES(5,'digest','T1/C05ASKED','{"team": "T1", "channel": "C05ASKED"}','waiting','2026-11-24 08:30:02.000000','2026-11-24 08:32:02.000000','T1',1,'2026-11-24 08:30:02.000000','old-worker/5d37b112','2026-11-24 08:32:02.000000',NULL);
INSERT INTO "jobs" VALUES(6,'digest','T1/C06STANDS','{"team": "T1", "channel": "C06STANDS"}','waiting','2026-11-24 08:30:02.000000','2026-11-24 08:32:02.000000','T1',1,'2026-11-24 08:30:02.000000','old-worker/d1f2e6a9','2026-11-24 08:32:02.000000',NULL);
INSERT INTO "jobs" VALUES(7,'digest','T1/C07UNREAD','{"team": "T1", "channel": "C07UNREAD"}','waiting','2026-11-24 08:30:02.000000','2026-11-24 08:32:02.000000','T1',1,'2026-11-24 08:30:02.000000','old-worker/04e431a5','2026-11-24 08:32:02.000000',NULL);
INSERT INTO "jobs" VALUES(8,'digest','T1/C12OFF','{"team": "T1", "channel": "C12OFF"}','waiting','2026-11-24 08:30:02.000000',NULL,'T1',1,'2026-11-24 08:30:02.000000','old-worker/da2aa210','2026-11-24 08:32:02.000000',NULL);
INSERT INTO "jobs" VALUES(9,'digest','T1/C15THREAD','{"team": "T1", "channel": "C15THREAD"}','waiting','2026-11-25 08:30:02.000000',NULL,'T1',0,'2026-11-24 08:30:02.000000',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(10,'digest','T1/C08UNCERTAIN','{"team": "T1", "channel": "C08UNCERTAIN"}','waiting','2026-11-24 09:00:02.000000',NULL,'T1',0,'2026-11-23 09:30:00.000000',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(11,'digest','T1/C09MISSED','{"team": "T1", "channel": "C09MISSED"}','waiting','2026-11-24 09:00:02.000000',NULL,'T1',0,'2026-11-23 11:30:00.000000',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(13,'digest','T1/C11STOPS','{"team": "T1", "channel": "C11STOPS"}','waiting','2026-11-24 17:00:02.000000',NULL,'T1',0,'2026-11-24 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(14,'digest','T1/C13NOW','{"team": "T1", "channel": "C13NOW"}','waiting','2026-11-24 08:31:02.000000',NULL,'T1',0,'2026-11-24 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(15,'digest','T1/C14PAUSED','{"team": "T1", "channel": "C14PAUSED"}','waiting','2026-11-26 08:30:02.000000',NULL,'T1',0,'2026-11-23 07:00:00.000000',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(16,'digest','T2/C20OTHER','{"team": "T2", "channel": "C20OTHER"}','waiting','2026-11-24 08:30:02.000000',NULL,'T2',1,'2026-11-24 08:30:11.000000','old-worker/bd646507','2026-11-24 08:32:11.000000',NULL);
INSERT INTO "jobs" VALUES(17,'poll','5dc16390d37d24f8',NULL,'waiting','2026-11-24 09:47:54.000000',NULL,NULL,0,'2026-11-24 06:00:06.000000',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(19,'poll','fbde28d996674bf3',NULL,'waiting','2026-11-24 09:47:48.000000',NULL,NULL,0,'2026-11-24 06:00:00.000000',NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(21,'page','fbde28d996674bf3/2e80d1a79902946ea5a6a08c6aa9733982616dff','{"feed": "fbde28d996674bf3", "entry": {"guid": "http://feeds.example:8080/whole#buoy-1", "url": "http://feeds.example:8080/buoy", "title": "Buoy adrift", "outlet": "The Buoy", "byline": null, "language": null, "revision": null, "published": null, "characters": 17, "modified_at": null}}','failed','2026-11-24 07:05:58.588235',NULL,NULL,10,'2026-11-24 08:30:02.000000',NULL,NULL,'cannot fetch: http://feeds.example:8080/buoy: the site answered with status 500. Try again later.');
INSERT INTO "jobs" VALUES(43,'release','b40d90e27aa6',NULL,'waiting','2026-11-24 12:00:00.000000',NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(46,'alert','3bc1eb2b28955ca8',NULL,'waiting','2026-11-24 18:00:00.000000',NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(50,'detail','T1/C02DETAIL/1795509002.000040','{"team": "T1", "channel": "C02DETAIL", "ts": "1795509002.000040"}','waiting','2026-11-24 08:30:02.000000',NULL,'T1',1,'2026-11-24 08:30:02.000000','old-worker/3898996b','2026-11-24 08:32:02.000000',NULL);
INSERT INTO "jobs" VALUES(51,'chart','T1/C02DETAIL/1795509002.000040','{"team": "T1", "channel": "C02DETAIL", "ts": "1795509002.000040"}','waiting','2026-11-24 08:30:02.000000',NULL,'T1',1,'2026-11-24 08:30:02.000000','old-worker/f1a469e3','2026-11-24 08:32:02.000000',NULL);
INSERT INTO "jobs" VALUES(54,'send','T1/C15THREAD','{"team": "T1", "channel": "C15THREAD"}','waiting','2026-11-24 08:30:02.000000','2026-11-24 08:30:02.000000','T1',1,'2026-11-24 08:30:02.000000','old-worker/db4ea0b8','2026-11-24 08:32:02.000000',NULL);
INSERT INTO "jobs" VALUES(55,'send','T1/C31ASKED','{"team": "T1", "channel": "C31ASKED"}','waiting','2026-11-24 08:30:30.000000','2026-11-24 08:32:30.000000','T1',1,'2026-11-24 08:30:30.000000','old-worker/ed462c59','2026-11-24 08:32:30.000000',NULL);
INSERT INTO "jobs" VALUES(56,'send','T1/C32STANDS','{"team": "T1", "channel": "C32STANDS"}','waiting','2026-11-24 08:30:30.000000','2026-11-24 08:30:30.000000','T1',1,'2026-11-24 08:30:30.000000','old-worker/28d370e1','2026-11-24 08:32:30.000000',NULL);
INSERT INTO "jobs" VALUES(57,'send','T1/C33THREAD','{"team": "T1", "channel": "C33THREAD"}','waiting','2026-11-24 08:30:30.000000','2026-11-24 08:32:30.000000','T1',1,'2026-11-24 08:30:30.000000','old-worker/8ed91edf','2026-11-24 08:32:30.000000',NULL);
INSERT INTO "jobs" VALUES(58,'send','T1/U03CARA','{"team": "T1", "channel": "U03CARA"}','waiting','2026-11-24 08:30:30.000000','2026-11-24 08:32:30.000000','T1',1,'2026-11-24 08:30:30.000000','old-worker/dbaabdac','2026-11-24 08:32:30.000000',NULL);
INSERT INTO "jobs" VALUES(59,'send','T1/C30SENT','{"team": "T1", "channel": "C30SENT"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(60,'send','T1/D02BOB','{"team": "T1", "channel": "D02BOB"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(61,'send','T1/U01ALICE','{"team": "T1", "channel": "U01ALICE"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(62,'mend','T1/C01POSTED/1795509002.000039','{"team": "T1", "channel": "C01POSTED", "ts": "1795509002.000039"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(63,'mend','T1/C01POSTED/1795509003.000046','{"team": "T1", "channel": "C01POSTED", "ts": "1795509003.000046"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(64,'mend','T1/C02DETAIL/1795509002.000040','{"team": "T1", "channel": "C02DETAIL", "ts": "1795509002.000040"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(65,'mend','T1/C15THREAD/1795509002.000045','{"team": "T1", "channel": "C15THREAD", "ts": "1795509002.000045"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(66,'send','T1/U02BOB','{"team": "T1", "channel": "U02BOB"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(67,'send','/U03CARA','{"team": "", "channel": "U03CARA"}','waiting','2026-11-24 08:31:00.000000',NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(68,'mend','T1/C01POSTED/1795422602.000006','{"team": "T1", "channel": "C01POSTED", "ts": "1795422602.000006"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(69,'mend','T1/C01POSTED/1795422603.000015','{"team": "T1", "channel": "C01POSTED", "ts": "1795422603.000015"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(70,'mend','T1/C02DETAIL/1795422602.000007','{"team": "T1", "channel": "C02DETAIL", "ts": "1795422602.000007"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(71,'mend','T1/C02DETAIL/1795422603.000016','{"team": "T1", "channel": "C02DETAIL", "ts": "1795422603.000016"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(72,'mend','T1/C03PLANNED/1795422602.000008','{"team": "T1", "channel": "C03PLANNED", "ts": "1795422602.000008"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(73,'mend','T1/C03PLANNED/1795422603.000017','{"team": "T1", "channel": "C03PLANNED", "ts": "1795422603.000017"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(74,'mend','T1/C04TAKEN/1795422602.000009','{"team": "T1", "channel": "C04TAKEN", "ts": "1795422602.000009"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(75,'mend','T1/C04TAKEN/1795422603.000018','{"team": "T1", "channel": "C04TAKEN", "ts": "1795422603.000018"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(76,'mend','T1/C05ASKED/1795422602.000010','{"team": "T1", "channel": "C05ASKED", "ts": "1795422602.000010"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(77,'mend','T1/C05ASKED/1795422603.000019','{"team": "T1", "channel": "C05ASKED", "ts": "1795422603.000019"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(78,'mend','T1/C06STANDS/1795422602.000011','{"team": "T1", "channel": "C06STANDS", "ts": "1795422602.000011"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(79,'mend','T1/C06STANDS/1795422603.000020','{"team": "T1", "channel": "C06STANDS", "ts": "1795422603.000020"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(80,'mend','T1/C07UNREAD/1795422602.000012','{"team": "T1", "channel": "C07UNREAD", "ts": "1795422602.000012"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(81,'mend','T1/C07UNREAD/1795422603.000021','{"team": "T1", "channel": "C07UNREAD", "ts": "1795422603.000021"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(82,'mend','T1/C12OFF/1795422602.000013','{"team": "T1", "channel": "C12OFF", "ts": "1795422602.000013"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(83,'mend','T1/C12OFF/1795422603.000022','{"team": "T1", "channel": "C12OFF", "ts": "1795422603.000022"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(84,'mend','T1/C15THREAD/1795422602.000014','{"team": "T1", "channel": "C15THREAD", "ts": "1795422602.000014"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(85,'mend','T1/C15THREAD/1795422603.000023','{"team": "T1", "channel": "C15THREAD", "ts": "1795422603.000023"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(86,'mend','T1/C30SENT/1700000000.000300','{"team": "T1", "channel": "C30SENT", "ts": "1700000000.000300"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(87,'mend','T1/C30SENT/1795420801.000002','{"team": "T1", "channel": "C30SENT", "ts": "1795420801.000002"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(88,'mend','T1/C30SENT/1795420803.000003','{"team": "T1", "channel": "C30SENT", "ts": "1795420803.000003"}','waiting','2026-11-24 08:31:00.000000',NULL,'T1',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(89,'mend','T2/C20OTHER/1795422611.000024','{"team": "T2", "channel": "C20OTHER", "ts": "1795422611.000024"}','waiting','2026-11-24 08:31:00.000000',NULL,'T2',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(90,'mend','T2/C20OTHER/1795422612.000025','{"team": "T2", "channel": "C20OTHER", "ts": "1795422612.000025"}','waiting','2026-11-24 08:31:00.000000',NULL,'T2',0,NULL,NULL,NULL,NULL);
INSERT INTO "jobs" VALUES(91,'watch','all',NULL,'waiting','2026-11-24 08:31:00.000000',NULL,NULL,1,'2026-11-24 08:31:00.000000','old-worker/44e241f2','2026-11-24 08:33:00.000000',NULL);
INSERT INTO "jobs" VALUES(92,'mail','T1/C01POSTED/1795422602.000006','{"team": "T1", "channel": "C01POSTED", "ts": "1795422602.000006"}','failed','2026-11-24 08:31:00.000000',NULL,'T1',1,'2026-11-24 08:31:00.000000',NULL,NULL,'the mail failed');
INSERT INTO "jobs" VALUES(93,'chart','T1/C01POSTED/1795422602.000006','{"team": "T1", "channel": "C01POSTED", "ts": "1795422602.000006"}','waiting','2026-11-24 08:31:29.882353',NULL,'T1',1,'2026-11-24 08:31:00.000000',NULL,NULL,'the chart failed');
CREATE TABLE name_rulings (
	id VARCHAR(16) NOT NULL, 
	team VARCHAR(32) NOT NULL, 
	press VARCHAR(64) NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	sides JSON NOT NULL, 
	number INTEGER NOT NULL, 
	person VARCHAR(32) NOT NULL, 
	person_name TEXT NOT NULL, 
	ruled_at DATETIME NOT NULL, 
	undone_by VARCHAR(32), 
	undone_at DATETIME, 
	CONSTRAINT pk_name_rulings PRIMARY KEY (id), 
	CONSTRAINT uq_name_rulings_team_press UNIQUE (team, press)
);
INSERT INTO "name_rulings" VALUES('d5a82174','T1','n1','merged','[["Mirel Astow", "Orla Teague"]]',1,'U01ALICE','Alice','2026-11-23 13:00:27.000000',NULL,NULL);
INSERT INTO "name_rulings" VALUES('61f31d51','T1','n2','merged','[["Lucan Vye", "Mirel Astow", "Orla Teague"]]',2,'U01ALICE','Alice','2026-11-23 13:00:27.000000','U01ALICE','2026-11-23 13:00:27.000000');
INSERT INTO "name_rulings" VALUES('5576c4fa','T1','n3','merged','[["Lucan Vye", "Edda Farnholt"]]',3,'U01ALICE','Alice','2026-11-23 13:00:27.000000',NULL,NULL);
INSERT INTO "name_rulings" VALUES('28ff9421','T1','n4','split','[["Lucan Vye"], ["Edda Farnholt"]]',4,'U01ALICE','Alice','2026-11-23 13:00:27.000000',NULL,NULL);
CREATE TABLE names (
	name TEXT NOT NULL, 
	block TEXT NOT NULL, 
	speaker TEXT NOT NULL, article VARCHAR(32), 
	CONSTRAINT pk_names PRIMARY KEY (name)
);
INSERT INTO "names" VALUES('Lucan Vye','person v','Lucan Vye','54e613d574d9');
INSERT INTO "names" VALUES('Edda Farnholt','person frnlt','Edda Farnholt',NULL);
INSERT INTO "names" VALUES('Mirel Astow','person astw','Mirel Astow','0ce89fb5e879');
INSERT INTO "names" VALUES('Planners','person plnrs','Planners','0ce89fb5e879');
INSERT INTO "names" VALUES('the town council','body town council','the town council','1a0f6c77cadc');
INSERT INTO "names" VALUES('Orla Teague','person tg','Mirel Astow','6e07000f5509');
INSERT INTO "names" VALUES('Jory Pellam Junior','person plm','Jory Pellam Junior','1a0f6c77cadc');
INSERT INTO "names" VALUES('Odo Brack','person brck','Odo Brack','6d3ba448cdff');
INSERT INTO "names" VALUES('the engineers'' union','body engineers union','the engineers'' union','6d3ba448cdff');
INSERT INTO "names" VALUES('Hauliers'' League','body hl','Hauliers'' League','54e613d574d9');
CREATE TABLE news (
	seq BIGINT NOT NULL, 
	article_id VARCHAR(32) NOT NULL, 
	claims JSON NOT NULL, 
	filed_at DATETIME NOT NULL, 
	CONSTRAINT pk_news PRIMARY KEY (seq)
);
INSERT INTO "news" VALUES(21,'6fbfd7ca6c8e','["ce11c34c2d217a4a"]','2026-11-24 08:31:00.000000');
CREATE TABLE originals (
	claim_id VARCHAR(32) NOT NULL, 
	article_id VARCHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	claim JSON NOT NULL, 
	CONSTRAINT pk_originals PRIMARY KEY (claim_id)
);
INSERT INTO "originals" VALUES('bed8ce9bb33086b8','1a0f6c77cadc',1,'{"id": "bed8ce9bb33086b8", "kind": "attribution", "text": "the lock leaks badly", "spans": [[110, 130]], "paragraph": 2, "type": "indirect", "speaker": "Jory Pellam", "source": "Jory Pellam, a docker", "cue": "said", "source_kind": "named", "stance": "said", "confidence": 0.9563, "source_spans": [[77, 98]], "cue_spans": [[100, 104]], "printed": "2919cb346969f01f"}');
INSERT INTO "originals" VALUES('c83e3a21ffac0d98','1a0f6c77cadc',3,'{"id": "c83e3a21ffac0d98", "kind": "statement", "text": "Nobody has inspected the pumps since May.", "spans": [[192, 233]], "paragraph": 3, "near": {"speaker": "the town council", "text": "it had been warned", "report": null}, "checkable": 0.28, "printed": "51acfba278a43f11"}');
INSERT INTO "originals" VALUES('57b6482d200b3d0a','54e613d574d9',1,'{"id": "57b6482d200b3d0a", "kind": "attribution", "text": "they would use the old road", "spans": [[103, 130]], "paragraph": 2, "type": "indirect", "speaker": "Hauliers", "source": "Hauliers", "cue": "warned", "source_kind": "named", "stance": "warned", "confidence": 0.9448, "source_spans": [[82, 90]], "cue_spans": [[91, 97]], "printed": "ed3ff5e4646d9cf5"}');
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	team VARCHAR(32) NOT NULL, 
	"key" VARCHAR(200) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	thread_ts VARCHAR(32), 
	kind VARCHAR(16) NOT NULL, 
	payload JSON NOT NULL, 
	person VARCHAR(32), 
	state VARCHAR(16) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	tried_at DATETIME, 
	ts VARCHAR(32), 
	failure TEXT, 
	CONSTRAINT uq_outbox_team_key UNIQUE (team, "key")
);
INSERT INTO "outbox" VALUES(1,'T1','share/C30SENT/1.1/878242f45d509b9a','C30SENT',NULL,'share','{"person": "U02BOB"}','U02BOB','sent','2026-11-23 08:00:00.000000','2026-11-23 08:00:00.000000',0,'2026-11-23 08:00:00.000000','1795420800.000001',NULL);
INSERT INTO "outbox" VALUES(2,'T1','cite/C30SENT/1.2/aea5e8fb50258fcf','C30SENT',NULL,'cite','{"person": "U02BOB"}','U02BOB','sent','2026-11-23 08:00:00.000000','2026-11-23 08:00:01.500000',0,'2026-11-23 08:00:01.500000','1795420801.000002',NULL);
INSERT INTO "outbox" VALUES(3,'T1','answer/C30SENT/1700000000.000100','C30SENT','1700000000.000100','answer','{"query": "ferry", "read": null, "said": "ferry \u00b7 1 claim \u00b7 6 articles searched", "marks": {"a400c532ab0c332b": [[4, 9]]}, "places": {"a400c532ab0c332b": [[4, 9]]}, "meant": [], "more": 0}','U02BOB','sent','2026-11-23 08:00:00.000000','2026-11-23 08:00:03.000000',0,'2026-11-23 08:00:03.000000','1795420803.000003',NULL);
INSERT INTO "outbox" VALUES(4,'T1','answer/C30SENT/1700000000.000200','C30SENT',NULL,'answer','{"query": "zeppelin", "read": null, "said": "Nothing on zeppelin in 6 articles (14 claims, 23 Nov 2026; 1 article has no date).", "marks": {}, "places": {}, "meant": [], "more": 0}','U02BOB','sent','2026-11-23 08:00:00.000000','2026-11-23 08:00:04.500000',0,'2026-11-23 08:00:04.500000','1795420804.000004',NULL);
INSERT INTO "outbox" VALUES(5,'T1','told-sent','C30SENT',NULL,'told','{"text": "news told-sent", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "news told-sent", "verbatim": true}}]}',NULL,'sent','2026-11-23 08:00:00.000000','2026-11-23 08:00:06.000000',0,'2026-11-23 08:00:06.000000','1795420806.000005',NULL);
INSERT INTO "outbox" VALUES(6,'T1','unfurl/C30SENT/1700000000.000300','C30SENT',NULL,'unfurl','{"articles": {"https://courier.example/story-1": "1a0f6c77cadc", "https://courier.example/story-2": "f47092818a16"}}',NULL,'sent','2026-11-23 08:00:00.000000','2026-11-23 08:00:00.000000',0,NULL,'1700000000.000300',NULL);
INSERT INTO "outbox" VALUES(7,'T1','digest/C01POSTED/2026-11-23/detail/0','C01POSTED','1795422602.000006','detail','{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}',NULL,'sent','2026-11-23 08:30:02.000000','2026-11-23 08:30:03.500000',0,'2026-11-23 08:30:03.500000','1795422603.000015',NULL);
INSERT INTO "outbox" VALUES(8,'T1','digest/C02DETAIL/2026-11-23/detail/0','C02DETAIL','1795422602.000007','detail','{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}',NULL,'sent','2026-11-23 08:30:02.000000','2026-11-23 08:30:03.500000',0,'2026-11-23 08:30:03.500000','1795422603.000016',NULL);
INSERT INTO "outbox" VALUES(9,'T1','digest/C03PLANNED/2026-11-23/detail/0','C03PLANNED','1795422602.000008','detail','{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}',NULL,'sent','2026-11-23 08:30:02.000000','2026-11-23 08:30:03.500000',0,'2026-11-23 08:30:03.500000','1795422603.000017',NULL);
INSERT INTO "outbox" VALUES(10,'T1','digest/C04TAKEN/2026-11-23/detail/0','C04TAKEN','1795422602.000009','detail','{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}',NULL,'sent','2026-11-23 08:30:02.000000','2026-11-23 08:30:03.500000',0,'2026-11-23 08:30:03.500000','1795422603.000018',NULL);
INSERT INTO "outbox" VALUES(11,'T1','digest/C05ASKED/2026-11-23/detail/0','C05ASKED','1795422602.000010','detail','{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}',NULL,'sent','2026-11-23 08:30:02.000000','2026-11-23 08:30:03.500000',0,'2026-11-23 08:30:03.500000','1795422603.000019',NULL);
INSERT INTO "outbox" VALUES(12,'T1','digest/C06STANDS/2026-11-23/detail/0','C06STANDS','1795422602.000011','detail','{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}',NULL,'sent','2026-11-23 08:30:02.000000','2026-11-23 08:30:03.500000',0,'2026-11-23 08:30:03.500000','1795422603.000020',NULL);
INSERT INTO "outbox" VALUES(13,'T1','digest/C07UNREAD/2026-11-23/detail/0','C07UNREAD','1795422602.000012','detail','{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}',NULL,'sent','2026-11-23 08:30:02.000000','2026-11-23 08:30:03.500000',0,'2026-11-23 08:30:03.500000','1795422603.000021',NULL);
INSERT INTO "outbox" VALUES(14,'T1','digest/C12OFF/2026-11-23/detail/0','C12OFF','1795422602.000013','detail','{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}',NULL,'sent','2026-11-23 08:30:02.000000','2026-11-23 08:30:03.500000',0,'2026-11-23 08:30:03.500000','1795422603.000022',NULL);
INSERT INTO "outbox" VALUES(15,'T1','digest/C15THREAD/2026-11-23/detail/0','C15THREAD','1795422602.000014','detail','{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}',NULL,'sent','2026-11-23 08:30:02.000000','2026-11-23 08:30:03.500000',0,'2026-11-23 08:30:03.500000','1795422603.000023',NULL);
INSERT INTO "outbox" VALUES(16,'T2','digest/C20OTHER/2026-11-23/detail/0','C20OTHER','1795422611.000024','detail','{"rows": ["a400c532ab0c332b", "0e1c9d547fcb2e7e", "878242f45d509b9a", "64fb4c61be0844f3", "13c3d5c2f151cd3f", "84fda47ae4e10dbc", "bed8ce9bb33086b8", "52bcbdd15b30c93c", "55fef9b8d75ce3fa", "390fe8e5697b1e19"]}',NULL,'sent','2026-11-23 08:30:11.000000','2026-11-23 08:30:12.500000',0,'2026-11-23 08:30:12.500000','1795422612.000025',NULL);
INSERT INTO "outbox" VALUES(17,'T1','digest/C09MISSED/2026-11-23/refused/invalid_blocks/U02BOB','DU02BOB',NULL,'told','{"text": "The digest for Monday 23 November was not posted in <#C09MISSED>: Slack refused it (invalid\u2060_\u200bblocks). If it keeps happening, tell whoever runs Claimdesk. I''ll try again every 5 minutes until 11:00. If that fails too, its claims will be in the next digest. (ref dc67)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The digest for Monday 23 November was not posted in <#C09MISSED>: Slack refused it (invalid\u2060_\u200bblocks). If it keeps happening, tell whoever runs Claimdesk. I''ll try again every 5 minutes until 11:00. If that fails too, its claims will be in the next digest. (ref dc67)", "verbatim": true}}]}',NULL,'sent','2026-11-23 09:00:02.000000','2026-11-23 09:00:02.000000',0,'2026-11-23 09:00:02.000000','1795424402.000027',NULL);
INSERT INTO "outbox" VALUES(18,'T1','digest/C10STOPPED/2026-11-23/refused/is_archived/U02BOB','DU02BOB',NULL,'told','{"text": "The digest for Monday 23 November was not posted in <#C10STOPPED>: Slack says this channel is archived. Choose another channel. I''ll try again every 5 minutes until 11:00. If that fails too, its claims will be in the next digest. (ref fc4b)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The digest for Monday 23 November was not posted in <#C10STOPPED>: Slack says this channel is archived. Choose another channel. I''ll try again every 5 minutes until 11:00. If that fails too, its claims will be in the next digest. (ref fc4b)", "verbatim": true}}]}',NULL,'sent','2026-11-23 09:00:02.000000','2026-11-23 09:00:03.500000',0,'2026-11-23 09:00:03.500000','1795424403.000028',NULL);
INSERT INTO "outbox" VALUES(19,'T1','stopped/C10STOPPED/2026-11-23T10:57:00+00:00/U02BOB','DU02BOB',NULL,'stopped','{"channel": "C10STOPPED"}',NULL,'sent','2026-11-23 10:57:00.000000','2026-11-23 10:57:00.000000',0,'2026-11-23 10:57:00.000000','1795431420.000029',NULL);
INSERT INTO "outbox" VALUES(20,'T1','share/C36DEAD/2.1/bed8ce9bb33086b8','C36DEAD',NULL,'share','{"person": "U02BOB"}','U02BOB','dead','2026-11-23 12:00:00.000000','2026-11-23 12:00:00.000000',0,'2026-11-23 12:00:00.000000',NULL,'The claim was not shared: Slack says this channel is archived. Choose another channel. Nothing was posted.');
INSERT INTO "outbox" VALUES(21,'T1','cite/C37DEAD/2.2/bed8ce9bb33086b8','C37DEAD',NULL,'cite','{"person": "U02BOB"}','U02BOB','dead','2026-11-23 12:00:00.000000','2026-11-23 12:00:00.000000',0,'2026-11-23 12:00:00.000000',NULL,'The citation was not posted: Slack says this channel is archived. Choose another channel. Nothing was posted.');
INSERT INTO "outbox" VALUES(22,'T1','told/20/20261123120000','DU02BOB',NULL,'told','{"text": "The claim was not shared: Slack says this channel is archived. Choose another channel. Nothing was posted. (ref 83e7)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The claim was not shared: Slack says this channel is archived. Choose another channel. Nothing was posted. (ref 83e7)", "verbatim": true}}]}',NULL,'sent','2026-11-23 12:00:00.000000','2026-11-23 12:00:00.000000',0,'2026-11-23 12:00:00.000000','1795435200.000030',NULL);
INSERT INTO "outbox" VALUES(23,'T1','told/21/20261123120000','DU02BOB',NULL,'told','{"text": "The citation was not posted: Slack says this channel is archived. Choose another channel. Nothing was posted. (ref ac92)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The citation was not posted: Slack says this channel is archived. Choose another channel. Nothing was posted. (ref ac92)", "verbatim": true}}]}',NULL,'sent','2026-11-23 12:00:00.000000','2026-11-23 12:00:01.500000',0,'2026-11-23 12:00:01.500000','1795435201.000031',NULL);
INSERT INTO "outbox" VALUES(24,'T1','share/C34DOUBT/2.3/55fef9b8d75ce3fa','C34DOUBT',NULL,'share','{"person": "U02BOB"}','U02BOB','uncertain','2026-11-23 12:00:09.000000','2026-11-23 12:30:00.000000',0,'2026-11-23 12:00:09.000000',NULL,'The claim was not shared, or it was and I can''t tell: Slack''s answer was lost, and I''m not allowed to read messages there. Check whether it is there before you try again.');
INSERT INTO "outbox" VALUES(25,'T1','share/C35DOUBT/2.4/0e1c9d547fcb2e7e','C35DOUBT',NULL,'share','{"person": "U02BOB"}','U02BOB','uncertain','2026-11-23 12:00:09.000000','2026-11-23 12:30:00.000000',0,'2026-11-23 12:00:09.000000',NULL,'The claim was not shared, or it was and I can''t tell: Slack''s answer was lost, and I''m not allowed to read messages there. Check whether it is there before you try again.');
INSERT INTO "outbox" VALUES(26,'T1','told/24/20261123123000','DU02BOB',NULL,'told','{"text": "The claim was not shared, or it was and I can''t tell: Slack''s answer was lost, and I''m not allowed to read messages there. Check whether it is there before you try again. (ref a8cd)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The claim was not shared, or it was and I can''t tell: Slack''s answer was lost, and I''m not allowed to read messages there. Check whether it is there before you try again. (ref a8cd)", "verbatim": true}}]}',NULL,'sent','2026-11-23 12:30:00.000000','2026-11-23 12:30:00.000000',0,'2026-11-23 12:30:00.000000','1795437000.000033',NULL);
INSERT INTO "outbox" VALUES(27,'T1','told/25/20261123123000','DU02BOB',NULL,'told','{"text": "The claim was not shared, or it was and I can''t tell: Slack''s answer was lost, and I''m not allowed to read messages there. Check whether it is there before you try again. (ref b13e)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The claim was not shared, or it was and I can''t tell: Slack''s answer was lost, and I''m not allowed to read messages there. Check whether it is there before you try again. (ref b13e)", "verbatim": true}}]}',NULL,'sent','2026-11-23 12:30:00.000000','2026-11-23 12:30:01.500000',0,'2026-11-23 12:30:01.500000','1795437001.000034',NULL);
INSERT INTO "outbox" VALUES(28,'T1','correction/be3728657aa65b92/U01ALICE','DU01ALICE',NULL,'correction','{"correction": "be3728657aa65b92"}','U01ALICE','sent','2026-11-23 13:00:00.000000','2026-11-23 13:00:00.000000',0,'2026-11-23 13:00:00.000000','1795438800.000035',NULL);
INSERT INTO "outbox" VALUES(29,'T1','ruled/be3728657aa65b92/declined','DU02BOB',NULL,'ruled','{"correction": "be3728657aa65b92", "rulings": 1}','U02BOB','sent','2026-11-23 13:00:09.000000','2026-11-23 13:00:09.000000',0,'2026-11-23 13:00:09.000000','1795438809.000036',NULL);
INSERT INTO "outbox" VALUES(30,'T1','feed/6260de3f5c8aa06b/gone/2026-11-24','DU01ALICE',NULL,'feed','{"what": "gone", "label": "Saltmarsh Courier", "url": "http://feeds.example:8080/gone", "since": "2026-11-24T06:00:00+00:00", "reason": "it was removed for good"}',NULL,'sent','2026-11-24 06:00:00.000000','2026-11-24 06:00:00.000000',0,'2026-11-24 06:00:00.000000','1795500000.000037',NULL);
INSERT INTO "outbox" VALUES(31,'T1','alert/35233205783b531f/caf4fce4bda3f556','C40WATCH',NULL,'alert','{"watch": "35233205783b531f"}','U02BOB','sent','2026-11-24 06:30:00.000000','2026-11-24 06:30:00.000000',0,'2026-11-24 06:30:00.000000','1795501800.000038',NULL);
INSERT INTO "outbox" VALUES(32,'T1','digest/C01POSTED/2026-11-24/detail/0','C01POSTED','1795509002.000039','detail','{"rows": ["caf4fce4bda3f556", "1fae723886f1e3f1", "8670fe96c6e3ece7", "10d474bdea732b2b", "57b6482d200b3d0a", "52bcbdd15b30c93c"]}',NULL,'sent','2026-11-24 08:30:02.000000','2026-11-24 08:30:03.500000',0,'2026-11-24 08:30:03.500000','1795509003.000046',NULL);
INSERT INTO "outbox" VALUES(33,'T1','digest/C03PLANNED/2026-11-24/refused/not_in_channel/U02BOB','DU02BOB',NULL,'told','{"text": "The digest for Tuesday 24 November was not posted in <#C03PLANNED>: I''m not in this channel. Invite me with /invite @Claimdesk, then I can post it. I''ll try again every 5 minutes until 10:30. If that fails too, its claims will be in the next digest. (ref b82d)", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "The digest for Tuesday 24 November was not posted in <#C03PLANNED>: I''m not in this channel. Invite me with /invite @Claimdesk, then I can post it. I''ll try again every 5 minutes until 10:30. If that fails too, its claims will be in the next digest. (ref b82d)", "verbatim": true}}]}',NULL,'sent','2026-11-24 08:30:02.000000','2026-11-24 08:30:02.000000',0,'2026-11-24 08:30:02.000000','1795509002.000041',NULL);
INSERT INTO "outbox" VALUES(34,'T1','digest/C15THREAD/2026-11-24/detail/0','C15THREAD','1795509002.000045','detail','{"rows": ["caf4fce4bda3f556", "1fae723886f1e3f1", "8670fe96c6e3ece7", "10d474bdea732b2b", "57b6482d200b3d0a", "52bcbdd15b30c93c"]}',NULL,'waiting','2026-11-24 08:30:02.000000','2026-11-24 08:30:02.000000',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(35,'T1','share/C31ASKED/3.1/10d474bdea732b2b','C31ASKED',NULL,'share','{"person": "U02BOB"}','U02BOB','sending','2026-11-24 08:30:30.000000','2026-11-24 08:32:30.000000',0,'2026-11-24 08:30:30.000000',NULL,NULL);
INSERT INTO "outbox" VALUES(36,'T1','cite/C32STANDS/3.2/10d474bdea732b2b','C32STANDS',NULL,'cite','{"person": "U02BOB"}','U02BOB','sending','2026-11-24 08:30:30.000000','2026-11-24 08:32:30.000000',0,'2026-11-24 08:30:30.000000',NULL,NULL);
INSERT INTO "outbox" VALUES(37,'T1','share/C32STANDS/3.3/57b6482d200b3d0a','C32STANDS',NULL,'share','{"person": "U02BOB"}','U02BOB','waiting','2026-11-24 08:30:30.000000','2026-11-24 08:30:30.000000',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(38,'T1','answer/C33THREAD/1700000000.000400','C33THREAD','1700000000.000400','answer','{"query": "bridge toll", "read": null, "said": "bridge toll \u00b7 1 claim \u00b7 8 articles searched", "marks": {"10d474bdea732b2b": [[4, 10], [11, 15]]}, "places": {"10d474bdea732b2b": [[4, 10], [11, 15]]}, "meant": [], "more": 0}','U02BOB','sending','2026-11-24 08:30:30.000000','2026-11-24 08:32:30.000000',0,'2026-11-24 08:30:30.000000',NULL,NULL);
INSERT INTO "outbox" VALUES(39,'T1','told-cara','U03CARA',NULL,'told','{"text": "news told-cara", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "news told-cara", "verbatim": true}}]}',NULL,'sending','2026-11-24 08:30:30.000000','2026-11-24 08:32:30.000000',0,'2026-11-24 08:30:30.000000',NULL,NULL);
INSERT INTO "outbox" VALUES(40,'T1','share/C30SENT/3.4/10d474bdea732b2b','C30SENT',NULL,'share','{"person": "U02BOB"}','U02BOB','waiting','2026-11-24 08:31:00.000000','2026-11-24 08:31:00.000000',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(41,'T1','cite/C30SENT/3.5/57b6482d200b3d0a','C30SENT',NULL,'cite','{"person": "U02BOB"}','U02BOB','waiting','2026-11-24 08:31:00.000000','2026-11-24 08:31:00.000000',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(42,'T1','answer/C30SENT/1700000000.000500','C30SENT','1700000000.000500','answer','{"query": "harbour", "read": null, "said": "harbour \u00b7 3 claims \u00b7 8 articles searched", "marks": {"e439af5056dd3561": [[4, 11]], "878242f45d509b9a": [[5, 12]]}, "places": {"e439af5056dd3561": [[114, 121]], "878242f45d509b9a": [[5, 12]]}, "meant": [], "more": 0}','U02BOB','waiting','2026-11-24 08:31:00.000000','2026-11-24 08:31:00.000000',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(43,'T1','answer/D02BOB/1700000000.000600','D02BOB',NULL,'answer','{"query": "ferry", "read": null, "said": "ferry \u00b7 1 claim \u00b7 8 articles searched", "marks": {"a400c532ab0c332b": [[4, 9]]}, "places": {"a400c532ab0c332b": [[4, 9]]}, "meant": [], "more": 0}','U02BOB','waiting','2026-11-24 08:31:00.000000','2026-11-24 08:31:00.000000',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(44,'T1','told-waiting','C30SENT',NULL,'told','{"text": "news told-waiting", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "news told-waiting", "verbatim": true}}]}',NULL,'waiting','2026-11-24 08:31:00.000000','2026-11-24 08:31:00.000000',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(45,'T1','correction/26e4472f44645f21/U01ALICE','U01ALICE',NULL,'correction','{"correction": "26e4472f44645f21"}','U01ALICE','waiting','2026-11-24 08:31:00.000000','2026-11-24 08:31:00.000000',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(46,'T1','ruled/988897cc99fb5f26/accepted','U02BOB',NULL,'ruled','{"correction": "988897cc99fb5f26", "rulings": 1}','U02BOB','waiting','2026-11-24 08:31:00.000000','2026-11-24 08:31:00.000000',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(47,'T1','paused/a8d9ef62d4165371/20261124083100000000','U02BOB',NULL,'paused','{"watch": "a8d9ef62d4165371", "failure": "this channel is archived"}',NULL,'waiting','2026-11-24 08:31:00.000000','2026-11-24 08:31:00.000000',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(48,'T1','unread/60be1955cff6501f/20261124083100000000','U02BOB',NULL,'unread','{"watch": "60be1955cff6501f", "failure": "can''t read this"}',NULL,'waiting','2026-11-24 08:31:00.000000','2026-11-24 08:31:00.000000',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(49,'T1','stopped/C11STOPS/2026-11-24T08:31:00+00:00/U02BOB','U02BOB',NULL,'stopped','{"channel": "C11STOPS"}',NULL,'waiting','2026-11-24 08:31:00.000000','2026-11-24 08:31:00.000000',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(50,'','feed/listed/broken/2026-11-24','U03CARA',NULL,'feed','{"what": "broken", "label": "The Listed Post", "url": "https://listed.example/feed", "since": "2026-11-24T06:00:00+00:00", "reason": "it answers 500"}',NULL,'waiting','2026-11-24 08:31:00.000000','2026-11-24 08:31:00.000000',0,NULL,NULL,NULL);
CREATE TABLE "outbox_claims" (
	outbox_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	claim_id VARCHAR(32) NOT NULL, 
	wording VARCHAR(33), 
	CONSTRAINT pk_outbox_claims PRIMARY KEY (outbox_id, position), 
	CONSTRAINT fk_outbox_claims_outbox_id FOREIGN KEY(outbox_id) REFERENCES outbox (id) ON DELETE CASCADE
);
INSERT INTO "outbox_claims" VALUES(1,0,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(2,0,'aea5e8fb50258fcf','6eb4f8ef913e86d2.3cd0d616a807dc89');
INSERT INTO "outbox_claims" VALUES(3,0,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(6,0,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(6,1,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(6,2,'390fe8e5697b1e19','be5fb798893ebc82.63aa1078a6628a06');
INSERT INTO "outbox_claims" VALUES(6,3,'c83e3a21ffac0d98','aed32bcdb852c8c1.51acfba278a43f11');
INSERT INTO "outbox_claims" VALUES(6,4,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(6,5,'aea5e8fb50258fcf','6eb4f8ef913e86d2.3cd0d616a807dc89');
INSERT INTO "outbox_claims" VALUES(6,6,'55fef9b8d75ce3fa','7f62c103dd57a462.83eda724c7ec74bd');
INSERT INTO "outbox_claims" VALUES(7,0,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(7,1,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(7,2,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(7,3,'64fb4c61be0844f3','73466d1cf18ff292.e1fd0690ee41ded9');
INSERT INTO "outbox_claims" VALUES(7,4,'13c3d5c2f151cd3f','83606527ff5fbfdd.ae9ab8b004c04cc3');
INSERT INTO "outbox_claims" VALUES(7,5,'84fda47ae4e10dbc','c1bce3867af9d79d.237b52eb7d0839cc');
INSERT INTO "outbox_claims" VALUES(7,6,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(7,7,'52bcbdd15b30c93c','3bd7deeb1ec166b4.3aaa7e31db4b9ca4');
INSERT INTO "outbox_claims" VALUES(7,8,'55fef9b8d75ce3fa','7f62c103dd57a462.83eda724c7ec74bd');
INSERT INTO "outbox_claims" VALUES(7,9,'390fe8e5697b1e19','be5fb798893ebc82.63aa1078a6628a06');
INSERT INTO "outbox_claims" VALUES(8,0,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(8,1,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(8,2,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(8,3,'64fb4c61be0844f3','73466d1cf18ff292.e1fd0690ee41ded9');
INSERT INTO "outbox_claims" VALUES(8,4,'13c3d5c2f151cd3f','83606527ff5fbfdd.ae9ab8b004c04cc3');
INSERT INTO "outbox_claims" VALUES(8,5,'84fda47ae4e10dbc','c1bce3867af9d79d.237b52eb7d0839cc');
INSERT INTO "outbox_claims" VALUES(8,6,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(8,7,'52bcbdd15b30c93c','3bd7deeb1ec166b4.3aaa7e31db4b9ca4');
INSERT INTO "outbox_claims" VALUES(8,8,'55fef9b8d75ce3fa','7f62c103dd57a462.83eda724c7ec74bd');
INSERT INTO "outbox_claims" VALUES(8,9,'390fe8e5697b1e19','be5fb798893ebc82.63aa1078a6628a06');
INSERT INTO "outbox_claims" VALUES(9,0,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(9,1,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(9,2,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(9,3,'64fb4c61be0844f3','73466d1cf18ff292.e1fd0690ee41ded9');
INSERT INTO "outbox_claims" VALUES(9,4,'13c3d5c2f151cd3f','83606527ff5fbfdd.ae9ab8b004c04cc3');
INSERT INTO "outbox_claims" VALUES(9,5,'84fda47ae4e10dbc','c1bce3867af9d79d.237b52eb7d0839cc');
INSERT INTO "outbox_claims" VALUES(9,6,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(9,7,'52bcbdd15b30c93c','3bd7deeb1ec166b4.3aaa7e31db4b9ca4');
INSERT INTO "outbox_claims" VALUES(9,8,'55fef9b8d75ce3fa','7f62c103dd57a462.83eda724c7ec74bd');
INSERT INTO "outbox_claims" VALUES(9,9,'390fe8e5697b1e19','be5fb798893ebc82.63aa1078a6628a06');
INSERT INTO "outbox_claims" VALUES(10,0,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(10,1,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(10,2,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(10,3,'64fb4c61be0844f3','73466d1cf18ff292.e1fd0690ee41ded9');
INSERT INTO "outbox_claims" VALUES(10,4,'13c3d5c2f151cd3f','83606527ff5fbfdd.ae9ab8b004c04cc3');
INSERT INTO "outbox_claims" VALUES(10,5,'84fda47ae4e10dbc','c1bce3867af9d79d.237b52eb7d0839cc');
INSERT INTO "outbox_claims" VALUES(10,6,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(10,7,'52bcbdd15b30c93c','3bd7deeb1ec166b4.3aaa7e31db4b9ca4');
INSERT INTO "outbox_claims" VALUES(10,8,'55fef9b8d75ce3fa','7f62c103dd57a462.83eda724c7ec74bd');
INSERT INTO "outbox_claims" VALUES(10,9,'390fe8e5697b1e19','be5fb798893ebc82.63aa1078a6628a06');
INSERT INTO "outbox_claims" VALUES(11,0,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(11,1,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(11,2,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(11,3,'64fb4c61be0844f3','73466d1cf18ff292.e1fd0690ee41ded9');
INSERT INTO "outbox_claims" VALUES(11,4,'13c3d5c2f151cd3f','83606527ff5fbfdd.ae9ab8b004c04cc3');
INSERT INTO "outbox_claims" VALUES(11,5,'84fda47ae4e10dbc','c1bce3867af9d79d.237b52eb7d0839cc');
INSERT INTO "outbox_claims" VALUES(11,6,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(11,7,'52bcbdd15b30c93c','3bd7deeb1ec166b4.3aaa7e31db4b9ca4');
INSERT INTO "outbox_claims" VALUES(11,8,'55fef9b8d75ce3fa','7f62c103dd57a462.83eda724c7ec74bd');
INSERT INTO "outbox_claims" VALUES(11,9,'390fe8e5697b1e19','be5fb798893ebc82.63aa1078a6628a06');
INSERT INTO "outbox_claims" VALUES(12,0,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(12,1,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(12,2,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(12,3,'64fb4c61be0844f3','73466d1cf18ff292.e1fd0690ee41ded9');
INSERT INTO "outbox_claims" VALUES(12,4,'13c3d5c2f151cd3f','83606527ff5fbfdd.ae9ab8b004c04cc3');
INSERT INTO "outbox_claims" VALUES(12,5,'84fda47ae4e10dbc','c1bce3867af9d79d.237b52eb7d0839cc');
INSERT INTO "outbox_claims" VALUES(12,6,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(12,7,'52bcbdd15b30c93c','3bd7deeb1ec166b4.3aaa7e31db4b9ca4');
INSERT INTO "outbox_claims" VALUES(12,8,'55fef9b8d75ce3fa','7f62c103dd57a462.83eda724c7ec74bd');
INSERT INTO "outbox_claims" VALUES(12,9,'390fe8e5697b1e19','be5fb798893ebc82.63aa1078a6628a06');
INSERT INTO "outbox_claims" VALUES(13,0,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(13,1,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(13,2,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(13,3,'64fb4c61be0844f3','73466d1cf18ff292.e1fd0690ee41ded9');
INSERT INTO "outbox_claims" VALUES(13,4,'13c3d5c2f151cd3f','83606527ff5fbfdd.ae9ab8b004c04cc3');
INSERT INTO "outbox_claims" VALUES(13,5,'84fda47ae4e10dbc','c1bce3867af9d79d.237b52eb7d0839cc');
INSERT INTO "outbox_claims" VALUES(13,6,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(13,7,'52bcbdd15b30c93c','3bd7deeb1ec166b4.3aaa7e31db4b9ca4');
INSERT INTO "outbox_claims" VALUES(13,8,'55fef9b8d75ce3fa','7f62c103dd57a462.83eda724c7ec74bd');
INSERT INTO "outbox_claims" VALUES(13,9,'390fe8e5697b1e19','be5fb798893ebc82.63aa1078a6628a06');
INSERT INTO "outbox_claims" VALUES(14,0,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(14,1,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(14,2,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(14,3,'64fb4c61be0844f3','73466d1cf18ff292.e1fd0690ee41ded9');
INSERT INTO "outbox_claims" VALUES(14,4,'13c3d5c2f151cd3f','83606527ff5fbfdd.ae9ab8b004c04cc3');
INSERT INTO "outbox_claims" VALUES(14,5,'84fda47ae4e10dbc','c1bce3867af9d79d.237b52eb7d0839cc');
INSERT INTO "outbox_claims" VALUES(14,6,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(14,7,'52bcbdd15b30c93c','3bd7deeb1ec166b4.3aaa7e31db4b9ca4');
INSERT INTO "outbox_claims" VALUES(14,8,'55fef9b8d75ce3fa','7f62c103dd57a462.83eda724c7ec74bd');
INSERT INTO "outbox_claims" VALUES(14,9,'390fe8e5697b1e19','be5fb798893ebc82.63aa1078a6628a06');
INSERT INTO "outbox_claims" VALUES(15,0,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(15,1,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(15,2,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(15,3,'64fb4c61be0844f3','73466d1cf18ff292.e1fd0690ee41ded9');
INSERT INTO "outbox_claims" VALUES(15,4,'13c3d5c2f151cd3f','83606527ff5fbfdd.ae9ab8b004c04cc3');
INSERT INTO "outbox_claims" VALUES(15,5,'84fda47ae4e10dbc','c1bce3867af9d79d.237b52eb7d0839cc');
INSERT INTO "outbox_claims" VALUES(15,6,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(15,7,'52bcbdd15b30c93c','3bd7deeb1ec166b4.3aaa7e31db4b9ca4');
INSERT INTO "outbox_claims" VALUES(15,8,'55fef9b8d75ce3fa','7f62c103dd57a462.83eda724c7ec74bd');
INSERT INTO "outbox_claims" VALUES(15,9,'390fe8e5697b1e19','be5fb798893ebc82.63aa1078a6628a06');
INSERT INTO "outbox_claims" VALUES(16,0,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(16,1,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(16,2,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(16,3,'64fb4c61be0844f3','73466d1cf18ff292.e1fd0690ee41ded9');
INSERT INTO "outbox_claims" VALUES(16,4,'13c3d5c2f151cd3f','83606527ff5fbfdd.ae9ab8b004c04cc3');
INSERT INTO "outbox_claims" VALUES(16,5,'84fda47ae4e10dbc','c1bce3867af9d79d.237b52eb7d0839cc');
INSERT INTO "outbox_claims" VALUES(16,6,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(16,7,'52bcbdd15b30c93c','3bd7deeb1ec166b4.3aaa7e31db4b9ca4');
INSERT INTO "outbox_claims" VALUES(16,8,'55fef9b8d75ce3fa','7f62c103dd57a462.83eda724c7ec74bd');
INSERT INTO "outbox_claims" VALUES(16,9,'390fe8e5697b1e19','be5fb798893ebc82.63aa1078a6628a06');
INSERT INTO "outbox_claims" VALUES(20,0,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(21,0,'bed8ce9bb33086b8','b1f7902143080608.2919cb346969f01f');
INSERT INTO "outbox_claims" VALUES(24,0,'55fef9b8d75ce3fa','7f62c103dd57a462.83eda724c7ec74bd');
INSERT INTO "outbox_claims" VALUES(25,0,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(28,0,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(29,0,'0e1c9d547fcb2e7e','5d8b88874be846ae.a89c732a8be6157e');
INSERT INTO "outbox_claims" VALUES(31,0,'caf4fce4bda3f556','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(31,1,'e439af5056dd3561','9deecb097a1ca1a4.b8fcc47d3d2128ff');
INSERT INTO "outbox_claims" VALUES(32,0,'caf4fce4bda3f556','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(32,1,'1fae723886f1e3f1','938a672734e1a82f.1d19825cd597bd53');
INSERT INTO "outbox_claims" VALUES(32,2,'8670fe96c6e3ece7','2fc33e38dfa517ef.9ca269a18cf91418');
INSERT INTO "outbox_claims" VALUES(32,3,'10d474bdea732b2b','33756df79efa7040.5c743bbc4f2c5476');
INSERT INTO "outbox_claims" VALUES(32,4,'57b6482d200b3d0a','2802c64e43eebeb5.ed3ff5e4646d9cf5');
INSERT INTO "outbox_claims" VALUES(32,5,'52bcbdd15b30c93c','3bd7deeb1ec166b4.3aaa7e31db4b9ca4');
INSERT INTO "outbox_claims" VALUES(32,6,'e439af5056dd3561','9deecb097a1ca1a4.b8fcc47d3d2128ff');
INSERT INTO "outbox_claims" VALUES(34,0,'caf4fce4bda3f556','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(34,1,'1fae723886f1e3f1','938a672734e1a82f.1d19825cd597bd53');
INSERT INTO "outbox_claims" VALUES(34,2,'8670fe96c6e3ece7','2fc33e38dfa517ef.9ca269a18cf91418');
INSERT INTO "outbox_claims" VALUES(34,3,'10d474bdea732b2b','33756df79efa7040.5c743bbc4f2c5476');
INSERT INTO "outbox_claims" VALUES(34,4,'57b6482d200b3d0a','2802c64e43eebeb5.ed3ff5e4646d9cf5');
INSERT INTO "outbox_claims" VALUES(34,5,'52bcbdd15b30c93c','3bd7deeb1ec166b4.3aaa7e31db4b9ca4');
INSERT INTO "outbox_claims" VALUES(34,6,'e439af5056dd3561','9deecb097a1ca1a4.b8fcc47d3d2128ff');
INSERT INTO "outbox_claims" VALUES(35,0,'10d474bdea732b2b','33756df79efa7040.5c743bbc4f2c5476');
INSERT INTO "outbox_claims" VALUES(36,0,'10d474bdea732b2b','33756df79efa7040.5c743bbc4f2c5476');
INSERT INTO "outbox_claims" VALUES(37,0,'57b6482d200b3d0a','2802c64e43eebeb5.ed3ff5e4646d9cf5');
INSERT INTO "outbox_claims" VALUES(38,0,'10d474bdea732b2b','33756df79efa7040.5c743bbc4f2c5476');
INSERT INTO "outbox_claims" VALUES(40,0,'10d474bdea732b2b','33756df79efa7040.5c743bbc4f2c5476');
INSERT INTO "outbox_claims" VALUES(41,0,'57b6482d200b3d0a','2802c64e43eebeb5.ed3ff5e4646d9cf5');
INSERT INTO "outbox_claims" VALUES(42,0,'e439af5056dd3561','9deecb097a1ca1a4.b8fcc47d3d2128ff');
INSERT INTO "outbox_claims" VALUES(42,1,'878242f45d509b9a','228869723ce81eb1.56d7cc05942c097f');
INSERT INTO "outbox_claims" VALUES(43,0,'a400c532ab0c332b','158bf4ff4d505baa.df30530e08f8ffec');
INSERT INTO "outbox_claims" VALUES(45,0,'8670fe96c6e3ece7','2fc33e38dfa517ef.9ca269a18cf91418');
INSERT INTO "outbox_claims" VALUES(46,0,'57b6482d200b3d0a','0f72313259c7df9e.ed3ff5e4646d9cf5');
CREATE TABLE removals (
	seq BIGINT NOT NULL, 
	article_id VARCHAR(32) NOT NULL, 
	text_sha VARCHAR(64) NOT NULL, 
	barred BOOLEAN NOT NULL, 
	reason TEXT NOT NULL, 
	removed_at DATETIME NOT NULL, 
	CONSTRAINT pk_removals PRIMARY KEY (seq)
);
INSERT INTO "removals" VALUES(13,'2141871d8311','e1fd0690ee41ded986836409b9a2898d7db2ce96d787ef68381247234dcee812',1,'legal','2026-11-23 13:00:18.000000');
INSERT INTO "removals" VALUES(19,'f47092818a16','7e2dda2effcf17c348b50a16c306d922b83fc3871df41ddb7a18cd3dd9fd4d2e',1,'withdrawn by its outlet','2026-11-24 08:31:00.000000');
INSERT INTO "removals" VALUES(20,'8c3f38ae8bb9','1d19825cd597bd53aa08e281c6d00a1ff3f4f5ed6241b69b0a5b4820df89bf78',1,'withdrawn by its outlet','2026-11-24 08:31:00.000000');
CREATE TABLE rulings (
	correction_id VARCHAR(16) NOT NULL, 
	number INTEGER NOT NULL, 
	ruling VARCHAR(16) NOT NULL, 
	person VARCHAR(32) NOT NULL, 
	person_name TEXT NOT NULL, 
	ruled_at DATETIME NOT NULL, reason TEXT, 
	CONSTRAINT pk_rulings PRIMARY KEY (correction_id, number), 
	CONSTRAINT fk_rulings_correction_id FOREIGN KEY(correction_id) REFERENCES corrections (id)
);
INSERT INTO "rulings" VALUES('9f1d6725ba825475',1,'accepted','U01ALICE','Alice','2026-11-23 13:00:00.000000',NULL);
INSERT INTO "rulings" VALUES('cdd686c18f415d41',1,'accepted','U01ALICE','Alice','2026-11-23 13:00:00.000000',NULL);
INSERT INTO "rulings" VALUES('cdd686c18f415d41',2,'undone','U01ALICE','Alice','2026-11-23 13:00:00.000000','too soon');
INSERT INTO "rulings" VALUES('be3728657aa65b92',1,'declined','U01ALICE','Alice','2026-11-23 13:00:09.000000',NULL);
INSERT INTO "rulings" VALUES('c39d8e7a14f25615',1,'accepted','U01ALICE','Alice','2026-11-23 13:00:09.000000',NULL);
INSERT INTO "rulings" VALUES('3401eea3387552e9',1,'accepted','U01ALICE','Alice','2026-11-23 13:00:18.000000',NULL);
INSERT INTO "rulings" VALUES('988897cc99fb5f26',1,'accepted','U01ALICE','Alice','2026-11-24 08:31:00.000000',NULL);
CREATE TABLE store_state (
	id INTEGER NOT NULL, 
	store_id VARCHAR(32) NOT NULL, 
	seq BIGINT NOT NULL, naming VARCHAR(16), watching BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_store_state PRIMARY KEY (id)
);
INSERT INTO "store_state" VALUES(1,'78d756812aff580abb8b3521e6243729',21,'24c2dbba3c4390b9',13);
CREATE TABLE subscriptions (
	team VARCHAR(32) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	at TIME NOT NULL, 
	zone VARCHAR(64) NOT NULL, 
	person VARCHAR(32) NOT NULL, 
	since DATETIME NOT NULL, wants JSON, begun DATETIME, stopped VARCHAR(64), 
	CONSTRAINT pk_subscriptions PRIMARY KEY (team, channel)
);
INSERT INTO "subscriptions" VALUES('T1','C01POSTED','08:30:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000',NULL);
INSERT INTO "subscriptions" VALUES('T1','C02DETAIL','08:30:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000',NULL);
INSERT INTO "subscriptions" VALUES('T1','C03PLANNED','08:30:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000',NULL);
INSERT INTO "subscriptions" VALUES('T1','C04TAKEN','08:30:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000',NULL);
INSERT INTO "subscriptions" VALUES('T1','C05ASKED','08:30:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000',NULL);
INSERT INTO "subscriptions" VALUES('T1','C06STANDS','08:30:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000',NULL);
INSERT INTO "subscriptions" VALUES('T1','C07UNREAD','08:30:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000',NULL);
INSERT INTO "subscriptions" VALUES('T1','C15THREAD','08:30:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000',NULL);
INSERT INTO "subscriptions" VALUES('T1','C08UNCERTAIN','09:00:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000',NULL);
INSERT INTO "subscriptions" VALUES('T1','C09MISSED','09:00:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000',NULL);
INSERT INTO "subscriptions" VALUES('T1','C10STOPPED','09:00:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','is_archived');
INSERT INTO "subscriptions" VALUES('T1','C11STOPS','17:00:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000','is_archived');
INSERT INTO "subscriptions" VALUES('T1','C13NOW','17:00:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000','{"days": [], "topics": ["ferry"], "outlets": [], "claims": 5, "language": "de", "skip": null, "paused_until": null}','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "subscriptions" VALUES('T1','C14PAUSED','08:30:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000','{"days": [], "topics": [], "outlets": [], "claims": null, "language": "en", "skip": null, "paused_until": "2026-11-26"}','2026-11-23 06:00:00.000000',NULL);
INSERT INTO "subscriptions" VALUES('T2','C20OTHER','08:30:00.000000','UTC','U02BOB','2026-11-23 06:00:00.000000',NULL,'2026-11-23 06:00:00.000000',NULL);
CREATE TABLE versions (
	article_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	received_at DATETIME NOT NULL, 
	left_at DATETIME, 
	release_at DATETIME, 
	reason TEXT, 
	arrival VARCHAR(8) NOT NULL, 
	text_sha VARCHAR(64) NOT NULL, 
	text TEXT NOT NULL, 
	document JSON NOT NULL, 
	claims JSON, 
	CONSTRAINT pk_versions PRIMARY KEY (article_id, number)
);
INSERT INTO "versions" VALUES('2141871d8311',1,'withdrawn','2026-11-23 06:00:00.000000','2026-11-23 13:00:18.000000',NULL,'legal','single','e1fd0690ee41ded986836409b9a2898d7db2ce96d787ef68381247234dcee812','The paper mill will close in spring, said Tamsin Orrell, its manager.','{"origin": "story-4.txt", "title": "Mill to close", "outlet": "The Upland Echo", "published": "2026-11-23", "published_on": "2026-11-23", "url": "https://echo.example/story-4", "language": "en", "guid": "story-4", "revision": 1, "status": "usable"}','[{"id": "64fb4c61be0844f3", "kind": "attribution", "text": "The paper mill will close in spring", "spans": [[0, 35]], "paragraph": 1, "type": "indirect", "speaker": "Tamsin Orrell", "source": "Tamsin Orrell, its manager", "cue": "said", "source_kind": "named", "stance": "said", "confidence": 0.952, "source_spans": [[42, 68]], "cue_spans": [[37, 41]], "printed": "e1fd0690ee41ded9"}]');
INSERT INTO "versions" VALUES('b40d90e27aa6',1,'withheld','2026-11-24 06:00:09.000000',NULL,'2026-11-24 12:00:00.000000','under embargo until 2026-11-24 12:00 UTC','single','e0fdfd1f5d9397a1a6b5a0bb3857dc28fc819385162ad71d7fd2c712084b39ca','“The harbour will be deepened next year,” said Lucan Vye, the transport secretary.','{"origin": "story-8.txt", "title": "Harbour to be deepened", "outlet": "The Saltmarsh Courier", "published": "2026-11-24", "published_on": "2026-11-24", "url": "https://courier.example/story-8", "language": "en", "guid": "story-8", "revision": 1, "status": "usable", "embargo": "2026-11-24T12:00:00+00:00"}',NULL);
INSERT INTO "versions" VALUES('f47092818a16',1,'withdrawn','2026-11-23 06:00:00.000000','2026-11-24 08:31:00.000000',NULL,'withdrawn by its outlet','single','7e2dda2effcf17c348b50a16c306d922b83fc3871df41ddb7a18cd3dd9fd4d2e','The ferry will stop at midnight from December, transport secretary Lucan Vye told reporters.

“We cannot pay for empty boats,” said Vye.

Islanders said that they had not been asked.','{"origin": "story-2.txt", "title": "Ferry to stop at night", "outlet": "The Saltmarsh Courier", "published": "2026-11-23", "published_on": "2026-11-23", "url": "https://courier.example/story-2", "language": "en", "guid": "story-2", "revision": 1, "status": "usable"}','[{"id": "a400c532ab0c332b", "kind": "attribution", "text": "The ferry will stop at midnight from December", "spans": [[0, 45]], "paragraph": 1, "type": "indirect", "speaker": "Lucan Vye", "source": "transport secretary Lucan Vye", "cue": "told reporters", "source_kind": "named", "stance": "said", "confidence": 0.9488, "source_spans": [[47, 76]], "cue_spans": [[77, 91]], "printed": "df30530e08f8ffec"}, {"id": "aea5e8fb50258fcf", "kind": "attribution", "text": "\u201cWe cannot pay for empty boats,\u201d", "spans": [[94, 126]], "paragraph": 2, "type": "direct", "speaker": "Lucan Vye", "source": "Vye", "cue": "said", "source_kind": "named", "stance": "said", "confidence": 0.9582, "source_spans": [[132, 135]], "cue_spans": [[127, 131]], "printed": "3cd0d616a807dc89"}, {"id": "55fef9b8d75ce3fa", "kind": "attribution", "text": "they had not been asked", "spans": [[158, 181]], "paragraph": 3, "type": "indirect", "speaker": "Islanders", "source": "Islanders", "cue": "said", "source_kind": "named", "stance": "said", "confidence": 0.9527, "source_spans": [[138, 147]], "cue_spans": [[148, 152]], "printed": "83eda724c7ec74bd"}]');
INSERT INTO "versions" VALUES('8c3f38ae8bb9',1,'withdrawn','2026-11-24 06:00:09.000000','2026-11-24 08:31:00.000000',NULL,'withdrawn by its outlet','single','1d19825cd597bd53aa08e281c6d00a1ff3f4f5ed6241b69b0a5b4820df89bf78','“The silo is full,” said Petra Lunde, a farmer.','{"origin": "story-9.txt", "title": "Silo full", "outlet": "The Upland Echo", "published": "2026-11-24", "published_on": "2026-11-24", "url": "https://echo.example/story-9", "language": "en", "guid": "story-9", "revision": 1, "status": "usable"}','[{"id": "1fae723886f1e3f1", "kind": "attribution", "text": "\u201cThe silo is full,\u201d", "spans": [[0, 19]], "paragraph": 1, "type": "direct", "speaker": "Petra Lunde", "source": "Petra Lunde, a farmer", "cue": "said", "source_kind": "named", "stance": "said", "confidence": 0.9755, "source_spans": [[25, 46]], "cue_spans": [[20, 24]], "printed": "1d19825cd597bd53"}]');
CREATE TABLE watches (
	id VARCHAR(16) NOT NULL, 
	team VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	person VARCHAR(32) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	"query" TEXT NOT NULL, 
	pace VARCHAR(8) NOT NULL, 
	at TIME, 
	zone VARCHAR(64) NOT NULL, 
	quiet_from TIME, 
	quiet_until TIME, 
	state VARCHAR(8) NOT NULL, 
	made_at DATETIME NOT NULL, 
	fired INTEGER NOT NULL, 
	fired_at DATETIME, 
	CONSTRAINT pk_watches PRIMARY KEY (id), 
	CONSTRAINT uq_watches_team_number UNIQUE (team, number)
);
INSERT INTO "watches" VALUES('35233205783b531f','T1',1,'U02BOB','C40WATCH','harbour','at_once',NULL,'UTC',NULL,NULL,'active','2026-11-23 07:00:09.000000',2,'2026-11-24 06:30:00.000000');
INSERT INTO "watches" VALUES('debbc4551b985d07','T1',2,'U02BOB','C40WATCH','ferry','hourly',NULL,'UTC',NULL,NULL,'active','2026-11-23 07:00:09.000000',0,NULL);
INSERT INTO "watches" VALUES('3bc1eb2b28955ca8','T1',3,'U02BOB','U02BOB','toll','daily','18:00:00.000000','UTC',NULL,NULL,'active','2026-11-23 07:00:09.000000',1,'2026-11-24 06:30:00.000000');
INSERT INTO "watches" VALUES('13185146e8d45b0a','T1',4,'U02BOB','C41PAUSED','school','at_once',NULL,'UTC',NULL,NULL,'paused','2026-11-23 07:00:09.000000',0,NULL);
INSERT INTO "watches" VALUES('0f3816708c365ba6','T1',5,'U02BOB','C42ENDED','mill','at_once',NULL,'UTC',NULL,NULL,'ended','2026-11-23 07:00:09.000000',0,NULL);
INSERT INTO "watches" VALUES('53146d5a6f83583d','T1',6,'U02BOB','U02BOB','pumps','at_once',NULL,'UTC',NULL,NULL,'active','2026-11-23 07:00:09.000000',0,NULL);
INSERT INTO "watches" VALUES('ff35b5f0559c57bd','T1',7,'U02BOB','C40WATCH','deepened','at_once',NULL,'UTC','22:00:00.000000','07:00:00.000000','active','2026-11-23 07:00:09.000000',0,NULL);
INSERT INTO "watches" VALUES('a8d9ef62d4165371','T1',8,'U02BOB','C43LOST','lighthouse','at_once',NULL,'UTC',NULL,NULL,'paused','2026-11-24 08:31:00.000000',0,NULL);
INSERT INTO "watches" VALUES('60be1955cff6501f','T1',9,'U02BOB','C44UNREAD','saffron','at_once',NULL,'UTC',NULL,NULL,'paused','2026-11-24 08:31:00.000000',0,NULL);
CREATE INDEX ix_articles_arrived_at ON articles (arrived_at);
CREATE INDEX ix_articles_published_on ON articles (published_on);
CREATE INDEX ix_articles_text_sha ON articles (text_sha);
CREATE INDEX ix_removals_article_id ON removals (article_id);
CREATE INDEX ix_removals_text_sha ON removals (text_sha);
CREATE INDEX ix_claims_article_id ON claims (article_id);
CREATE INDEX ix_names_block ON names (block);
CREATE INDEX ix_names_speaker ON names (speaker);
CREATE INDEX ix_gone_claims_article_id ON gone_claims (article_id);
CREATE INDEX ix_identities_article_id ON identities (article_id);
CREATE INDEX ix_jobs_state_due_at ON jobs (state, due_at);
CREATE INDEX ix_versions_release_at ON versions (release_at);
CREATE INDEX ix_versions_text_sha ON versions (text_sha);
CREATE INDEX ix_bands_article_id ON bands (article_id);
CREATE INDEX ix_articles_copy_of ON articles (copy_of);
CREATE INDEX ix_claims_passages ON claims (article_id) WHERE kind = 'passage';
CREATE INDEX ix_corrections_article_id ON corrections (article_id);
CREATE INDEX ix_corrections_claim_id ON corrections (claim_id);
CREATE INDEX ix_corrections_state ON corrections (state);
CREATE INDEX ix_originals_article_id ON originals (article_id);
CREATE INDEX ix_outbox_state_team_channel ON outbox (state, team, channel);
CREATE INDEX ix_outbox_ts_channel ON outbox (ts, channel);
CREATE INDEX ix_outbox_kind_asked_at ON outbox (kind, asked_at);
CREATE INDEX ix_watches_person ON watches (person);
CREATE INDEX ix_watches_state ON watches (state);
CREATE INDEX ix_alerts_watch_id_outbox_key_found_at ON alerts (watch_id, outbox_key, found_at);
CREATE INDEX ix_alerts_watch_id_found_at ON alerts (watch_id, found_at);
CREATE INDEX ix_claims_speaker ON claims (speaker);
CREATE INDEX ix_corrections_made_with ON corrections (made_with);
CREATE INDEX ix_digest_rows_claim_id ON digest_rows (claim_id);
CREATE INDEX ix_outbox_claims_claim_id ON outbox_claims (claim_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('outbox',50);
COMMIT;
