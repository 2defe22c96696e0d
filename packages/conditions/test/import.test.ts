import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Conditions } from '../src/conditions.ts';
import { ConditionsError } from '../src/errors.ts';
import { belle2Bounds, belle2Interval } from '../src/import/belle2-intervals.ts';
import { readGlastFolder } from '../src/import/glast-folder.ts';
import { readGlastRows } from '../src/import/glast-rows.ts';
import { parseGlastTime } from '../src/import/glast-time.ts';
import { readHsfJson, writeHsfJson } from '../src/import/hsf-json.ts';
import { importBundle } from '../src/import/import-bundle.ts';
import { readBelle2Text } from '../src/import/read-belle2.ts';
import { readBelle2Sqlite } from '../src/import/read-belle2-sqlite.ts';
import { readCrest } from '../src/import/read-crest.ts';
import { writeBelle2Text } from '../src/import/write-belle2.ts';
import { writeCrest } from '../src/import/write-crest.ts';
import { writeGlastRows } from '../src/import/write-glast-rows.ts';
import { runPosition } from '../src/model/run-position.ts';
import { formatMoment, parseMoment } from '../src/model/time.ts';
import { always, forever } from '../src/model/validity.ts';
import { MemoryMetadataStore } from '../src/store/memory-metadata-store.ts';
import { MemoryPayloadStore } from '../src/store/memory-payload-store.ts';
import { glastDocuments, glastFolder, withoutGlast } from './payload/glast-folder.ts';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const author = { by: 'tester' };
const empty = (): Conditions => new Conditions(new MemoryMetadataStore(), new MemoryPayloadStore());

const script = `## some rows
use calib;
insert into metadata_v2r1
 set instrument="LAT", calib_type="TKR_HotChan", data_fmt="XML",
 vstart="2000-10-31", vend="2003-1-10 17:00", fmt_version="v2r0",
 completion="OK", creator="it's \\"me\\"; really", uid="jrb", proc_level="PROD",
 data_ident="$(CALIBUTILXMLPATH)/test/testHot.xml", notes="total fantasy";
insert into metadata_v2r1
 set instrument="LAT", calib_type="TKR_HotChan", data_fmt="XML",
 vstart="2003-1-10 14:00", vend="2037-12-31", fmt_version="v2r0",
 completion="OK", uid="jrb", proc_level="PROD", flavor="chocolate",
 data_ident="$(CALIBUTILXMLPATH)/test/testHot2.xml";
`;

describe('rows of GLAST', () => {
  test('[IMP1] a script that inserts rows', async () => {
    const [first, second] = await readGlastRows(text(script), 'fill.sql', 'sql');
    expect(first?.draft).toMatchObject({
      instrument: 'LAT',
      calibType: 'TKR_HotChan',
      flavor: 'vanilla',
      procLevel: 'production',
      completion: 'ok',
      creator: `it's "me"; really`,
      notes: 'total fantasy',
      locale: 'orbit',
      dataIdent: '$(CALIBUTILXMLPATH)/test/testHot.xml',
    });
    expect(formatMoment(first?.draft.vstart ?? 0n)).toBe('2000-10-31T00:00:00Z');
    expect(formatMoment(first?.draft.vend ?? 0n)).toBe('2003-01-10T17:00:00Z');
    expect([second?.draft.flavor, second?.draft.vend]).toEqual(['chocolate', forever]);
  });

  test('[IMP1] a dump, whose columns its table tells; in the order of serial numbers', async () => {
    const dump =
      "CREATE TABLE `metadata_v2r1` (`ser_no` mediumint(9) NOT NULL, `instrument` varchar(16) NOT NULL default 'x,(y', `calib_type` varchar(20), `vstart` datetime, `vend` datetime, `proc_level` enum('PROD','TEST'), `data_ident` varchar(255), `data_fmt` varchar(10), `enter_time` timestamp, PRIMARY KEY (`ser_no`), KEY `k` (`instrument`));\n" +
      "/* a comment; */ INSERT INTO `other` VALUES (1);\nINSERT INTO `metadata_v2r1` VALUES (12,'LAT','CAL_Ped','2003-02-01 00:00:00',NULL,'DEV','a\\'b.xml','XML','2004-05-06 07:08:09'),\n(3,'EM','CAL_Ped','2003-01-01','2003-02-01','SUPSED','c.xml','XML','2004-01-01');";
    const rows = await readGlastRows(text(dump), 'dump.sql', 'sql');
    expect(
      rows.map(({ id, draft }) => [id, draft.instrument, draft.procLevel, draft.dataIdent]),
    ).toEqual([
      ['serNo 3', 'EM', 'superseded', 'c.xml'],
      ['serNo 12', 'LAT', 'development', "a'b.xml"],
    ]);
    expect(rows[1]?.draft.vend).toBe(forever);
    expect(rows[1]?.draft.notes).toBe('[GLAST: serNo 12, enterTime 2004-05-06 07:08:09]');
  });

  test('[IMP1] CSV and XML, by the names of the document', async () => {
    const csv =
      'serNo,instrument,calibType,vstart,vend,procLevel,dataIdent,dataFmt,notes\n1,LAT,CAL_Ped,2003-01-10,,production,a.xml,XML,"x, y"\n';
    const [fromCsv] = await readGlastRows(text(csv), 'rows.csv', 'csv');
    const xml =
      '<resultset><row><field name="serNo">1</field><field name="instrument">LAT</field><field name="calibType">CAL_Ped</field><field name="vstart">2003-01-10</field><field name="vend" xsi:nil="true"/><field name="procLevel">PROD</field><field name="dataIdent">a.xml</field><field name="dataFmt">XML</field><field name="notes">x, y</field></row></resultset>';
    const [fromXml] = await readGlastRows(text(xml), 'rows.xml', 'xml');
    expect(fromXml).toEqual(fromCsv);
    expect(fromCsv?.draft).toMatchObject({
      vend: forever,
      procLevel: 'production',
      fmtVersion: '',
    });
  });

  test('[IMP1] errors name the line, the column and the value', async () => {
    const sql = (content: string) => readGlastRows(text(content), 'x.sql', 'sql');
    await expect(sql('\nINSERT INTO metadata_v2r1 (a) VALUES (1,2);')).rejects.toThrow(
      'x.sql:2: the number of values: given 2, expected 1',
    );
    await expect(sql('INSERT INTO metadata_v2r1 SET instrumnt="LAT"')).rejects.toThrow(
      'x.sql:1: no such column of calibration metadata: given instrumnt (did you mean instrument?)',
    );
    await expect(
      sql('INSERT INTO metadata_v2r1 SET instrument="LAT", calib_type=now()'),
    ).rejects.toThrow("no value: given 'now'");
    await expect(sql('INSERT INTO metadata_v2r1 VALUES (1)')).rejects.toThrow(
      'an INSERT without columns',
    );
    const row =
      'INSERT INTO metadata SET instrument="LAT", calib_type="T", data_ident="a", data_fmt="XML", vstart=';
    await expect(sql(`${row}"yesterday"`)).rejects.toThrow("x.sql:1: no time: given 'yesterday'");
    await expect(sql(`${row}"2003-1-1", proc_level="GOOD"`)).rejects.toThrow(
      "procLevel: given 'GOOD', expected one of PROD",
    );
  });

  test('[IMP1] whatever the text, nothing but a ConditionsError comes of it', async () => {
    const piece = fc.constantFrom(
      'INSERT',
      'INTO',
      'metadata',
      'SET',
      'VALUES',
      '(',
      ')',
      ',',
      '=',
      ';',
      "'",
      '"',
      '\\',
      'CREATE',
      'TABLE',
      'a',
      '1',
      '--',
      '/*',
      ' ',
      '\n',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        await readGlastRows(text(pieces.join(' ')), 'f', 'sql').catch((error) =>
          expect(error).toBeInstanceOf(ConditionsError),
        );
      }),
    );
  });

  test.each(['csv', 'xml', 'sql'] as const)(
    '[IMP2] rows written as %s are read back the same',
    async (format) => {
      const conditions = empty();
      const awkward = `a "b", 'c' \\ <d> & #e; f`;
      await conditions.register(
        {
          draft: {
            instrument: 'LAT',
            calibType: 'CAL_Ped',
            flavor: 'vanilla',
            vstart: parseMoment('2003-01-10T14:00:00.123456789Z'),
            procLevel: 'production',
            notes: awkward,
            inputDesc: 'runs 1-5',
            dataIdent: '$(X)/a.xml',
            dataFmt: 'XML',
            fmtVersion: 'v2r0',
          },
        },
        author,
      );
      const rows = await conditions.rows({ tests: [] });
      const [back] = await readGlastRows(text(writeGlastRows(rows, format)), 'out', format);
      const { serNo: _, enterTime: _e, prodStart: _p, notes, ...row } = rows[0]!;
      expect(back?.draft).toMatchObject({ ...row, notes: expect.stringContaining(notes) });
    },
  );

  test('[IMP1] times as GLAST writes them', () => {
    const iso = (time: string): string => formatMoment(parseGlastTime(time, 'x'));
    expect(iso('2003-1-10 17:00')).toBe('2003-01-10T17:00:00Z');
    expect(iso('2003-11-2-12:56')).toBe('2003-11-02T12:56:00Z');
    expect(iso('2003-2-21-05:49:12')).toBe('2003-02-21T05:49:12Z');
    expect(iso('Wed Jan 18 16:35:58 2006')).toBe('2006-01-18T16:35:58Z');
    expect(() => iso('2003-13-10')).toThrow(ConditionsError);
    expect(() => iso('135005345:1')).toThrow("no time: given '135005345:1'");
  });
});

describe.skipIf(withoutGlast !== undefined)('the folder of GLAST', () => {
  test('[IMP3] every sound file is registered with its payload, and found; the others are told of', async () => {
    const names = [
      ...glastDocuments(),
      ...[
        'calCalib_v1',
        'calCalib_v2',
        'calCalib_v2r1',
        'calCalib_v2r3',
        'acdCalib_v1r1',
        'badStrips',
        'genCalib',
      ].map((name) => `${name}.dtd`),
    ];
    const files = new Map(
      names.map((name) => [name, new Uint8Array(readFileSync(join(glastFolder, name)))]),
    );
    const vstart = parseMoment('2000-01-01');
    const dated = await readGlastFolder(files);
    expect(dated.problems.map(({ file }) => file)).toEqual([
      'Tkr/sampleIntertowerAlign.xml',
      'Tkr/sampleIntratowerAlign.xml',
      'Tkr/sampleSplits.xml',
      'test/testCalPed_v1.xml',
    ]);
    expect(dated.problems[2]?.error.message).toBe(
      'Tkr/sampleSplits.xml: the file does not say from when on it holds (tell its vstart)',
    );
    const { bundle, problems } = await readGlastFolder(files, { vstart });
    expect(problems.map(({ file }) => file)).toEqual(['test/testCalPed_v1.xml']);
    expect(bundle.calibrations).toHaveLength(37);
    const conditions = empty();
    const { calibrations } = await importBundle(conditions, dated.bundle, author);
    expect(calibrations).toHaveLength(34);
    const found = await conditions.find({
      instrument: 'EM',
      calibType: 'CAL_Ped',
      position: parseMoment('2004-01-01'),
      levels: ['test'],
    });
    expect(found.calibration.dataIdent).toBe('Cal/CalPed_PEM_022103.xml');
    expect(formatMoment(found.calibration.vstart)).toBe('2003-02-21T05:49:12Z');
    const bytes = await conditions.payload(found.calibration.payload?.sha256 ?? '');
    expect(bytes).toEqual(files.get('Cal/CalPed_PEM_022103.xml'));
  });
});

describe('CREST', () => {
  const files = new Map([
    [
      'tags.json',
      text(
        '{"format": "TagSetDto", "size": 2, "resources": [{"name": "MuonAlign-01", "timeType": "run-lumi"}, {"name": "Temp", "timeType": "time", "endOfValidity": 1700000000000000000}]}',
      ),
    ],
    [
      'iovs.json',
      text(
        '{"format": "IovSetDto", "size": 4, "resources": [{"tagName": "MuonAlign-01", "since": 0, "payloadHash": "aa", "insertionTime": "2024-01-01T00:00:00Z"}, {"tagName": "MuonAlign-01", "since": 42949672960007, "payloadHash": "bb", "insertionTime": "2024-01-02T00:00:00Z"}, {"tagName": "MuonAlign-01", "since": 42949672960007, "payloadHash": "cc", "insertionTime": "2024-01-03T00:00:00Z"}, {"tagName": "Temp", "since": 1600000000000000001, "payloadHash": "dd"}]}',
      ),
    ],
    [
      'gt.json',
      text(
        '{"format": "GlobalTagSetDto", "size": 1, "resources": [{"name": "GT-1", "description": "first", "type": "L"}]}',
      ),
    ],
    [
      'map.json',
      text(
        '{"format": "GlobalTagMapSetDto", "size": 2, "resources": [{"globalTagName": "GT-1", "record": "r", "label": "l", "tagName": "MuonAlign-01"}, {"globalTagName": "GT-1", "tagName": "Temp"}]}',
      ),
    ],
  ]);

  test('[IMP4] intervals end where the next begins; run-lumi and time are exact; global tags are tags', async () => {
    const payloads = new Map([
      ['aa', text('1')],
      ['cc', text('2')],
      ['dd', text('3')],
    ]);
    const bundle = readCrest(files, { instrument: 'ATLAS', payloads });
    expect(
      bundle.calibrations.map(({ draft, id }) => [id, draft.axis, draft.vstart, draft.vend]),
    ).toEqual([
      ['MuonAlign-01 0', 'run', 0n, runPosition(10000, 7)],
      ['MuonAlign-01 42949672960007', 'run', runPosition(10000, 7), forever],
      ['Temp 1600000000000000001', 'time', 1600000000000000001n, 1700000000000000000n],
    ]);
    const conditions = empty();
    await importBundle(conditions, bundle, author);
    const { calibration } = await conditions.findInTags({
      tags: ['GT-1'],
      calibType: 'MuonAlign-01',
      axis: 'run',
      position: runPosition(10000, 7),
    });
    expect(calibration.dataIdent).toBe('cc');
    expect((await conditions.tag('GT-1')).state).toBe('PUBLISHED');
    const lines = await conditions.lines('GT-1');
    const rows = new Map((await conditions.rows({ tests: [] })).map((row) => [row.serNo, row]));
    const written = writeCrest({ tag: 'GT-1', description: 'first', lines, rows });
    const again = readCrest(new Map([...written].map(([name, content]) => [name, text(content)])), {
      instrument: 'ATLAS',
    });
    expect(again.tags[0]?.entries.map(({ begin, end }) => [begin, end]).sort()).toEqual(
      bundle.tags[0]?.entries.map(({ begin, end }) => [begin, end]).sort(),
    );
  });

  test('[IMP4] what is missing or of no known kind is named; a gap cannot be written', () => {
    const read = (name: string, content: string): unknown =>
      readCrest(new Map([...files, [name, text(content)]]), { instrument: 'A' });
    expect(() =>
      read(
        'tags.json',
        '{"format": "TagSetDto", "resources": [{"name": "x", "timeType": "custom"}]}',
      ),
    ).toThrow(
      "tags.json: resources[0]: a time type that has no axis here: given 'custom', expected time or run-lumi",
    );
    expect(() => read('tags.json', '{"format": "TagSetDto", "resources": []}')).toThrow(
      'intervals of a tag that is not in the dump: given MuonAlign-01',
    );
    expect(() =>
      read(
        'more.json',
        '{"format": "IovSetDto", "resources": [{"tagName": "Temp", "since": "soon"}]}',
      ),
    ).toThrow('more.json: resources[0]: since: given "soon", expected a whole number');
    const entries = [
      { begin: 0n, end: 5n, serNo: 1, payload: 'a' },
      { begin: 6n, end: 9n, serNo: 2, payload: 'b' },
    ];
    const lines = [{ calibType: 'T', flavor: 'vanilla', axis: 'time' as const, entries }];
    expect(() => writeCrest({ tag: 'G', description: '', lines, rows: new Map() })).toThrow(
      'tag G, T: a gap, which CREST cannot have',
    );
  });
});

describe('Belle II', () => {
  test('[IMP5] intervals with both ends in them become half-open ones, and back', () => {
    expect(belle2Interval([0, 0, -1, -1], 'x')).toEqual({ begin: 0n, end: forever });
    expect(belle2Interval([3, 5, 3, 5], 'x')).toEqual({
      begin: runPosition(3, 5),
      end: runPosition(3, 6),
    });
    expect(belle2Interval([3, 5, 4, -1], 'x')).toEqual({
      begin: runPosition(3, 5),
      end: runPosition(5, 0),
    });
    expect(belle2Interval([-1, -1, 2, 0], 'x').begin).toBe(always);
    expect(() => belle2Interval([3, 5, 3, 4], 'f:1')).toThrow(
      'f:1: an interval that ends before it begins: given 3,5,3,4',
    );
    const number = fc.integer({ min: 0, max: 2000 });
    fc.assert(
      fc.property(
        number,
        number,
        number,
        fc.integer({ min: -1, max: 2000 }),
        (exp, run, more, last) => {
          const bounds = [exp, run, exp + 1 + more, last] as const;
          expect(belle2Bounds(belle2Interval(bounds, 'x'))).toEqual([...bounds]);
        },
      ),
    );
  });

  const database =
    '# exported\ndbstore/BeamSpot 1 0,0,-1,-1\ndbstore/BeamSpot 3 5,10,5,20 # newer\ndbstore/Alignment 7 0,0,4,-1\n';

  test('[IMP5] a text database: of revisions that overlap the highest holds', async () => {
    const bundle = readBelle2Text(text(database), 'database.txt', { tag: 'main' });
    expect(bundle.calibrations.map(({ file }) => file)).toEqual([
      'dbstore_BeamSpot_rev_1.root',
      'dbstore_BeamSpot_rev_3.root',
      'dbstore_Alignment_rev_7.root',
    ]);
    const conditions = empty();
    await importBundle(conditions, bundle, author);
    const at = async (run: number): Promise<string> =>
      (
        await conditions.findInTags({
          tags: ['main'],
          calibType: 'BeamSpot',
          axis: 'run',
          position: runPosition(5, run),
        })
      ).calibration.dataIdent;
    expect(
      [await at(9), await at(10), await at(20), await at(21)].map(
        (name) => /\d(?=\.)/.exec(name)?.[0],
      ),
    ).toEqual(['1', '3', '3', '1']);
    const rows = await conditions.rows({ tests: [] });
    expect(writeBelle2Text(rows)).toBe(
      'dbstore/Alignment 3 0,0,4,-1\ndbstore/BeamSpot 1 0,0,-1,-1\ndbstore/BeamSpot 2 5,10,5,20\n',
    );
    expect(() => readBelle2Text(text('\ndbstore/X one 1,2,3,4'), 'd.txt')).toThrow(
      "d.txt:2: no line of a Belle II database: given 'dbstore/X one 1,2,3,4'",
    );
  });

  test('[IMP5] a metadata file of SQLite: tags with their states, payloads, checksums', async () => {
    const { default: initialize } = await import('sql.js');
    const sqlite = new (await initialize()).Database();
    sqlite.run(`CREATE TABLE globaltags (globalTagId INTEGER PRIMARY KEY, globalTagName text, globalTagStatus text);
      CREATE TABLE iov_payloads (globalTagName text, payloadId int, payloadName text, revision int, checksum text, firstExp int, firstRun int, finalExp int, finalRun int, payloadUrl text, baseUrl text);
      INSERT INTO globaltags VALUES (1, 'release-1', 'PUBLISHED'), (2, 'online', 'RUNNING');
      INSERT INTO iov_payloads VALUES ('release-1', 1, 'BeamSpot', 2, 'd41d8cd98f00b204e9800998ecf8427e', 0, 0, 3, 4, 'dbstore/BeamSpot/dbstore_BeamSpot_rev_2.root', ''), ('online', 1, 'BeamSpot', 2, 'd41d8cd98f00b204e9800998ecf8427e', 0, 0, -1, -1, '/x.root', '');
      PRAGMA application_id = ${0xb2cdb}; PRAGMA user_version = 1;`);
    const bytes = sqlite.export();
    const bundle = await readBelle2Sqlite(bytes, 'metadata.sqlite');
    expect(
      bundle.calibrations.map(({ draft, file, md5 }) => [draft.vend, file, md5?.slice(0, 4)]),
    ).toEqual([
      [forever, 'x.root', 'd41d'],
      [runPosition(3, 5), 'dbstore/BeamSpot/dbstore_BeamSpot_rev_2.root', 'd41d'],
    ]);
    const conditions = empty();
    await importBundle(conditions, bundle, author);
    expect((await conditions.tags()).map(({ name, state }) => [name, state]).sort()).toEqual([
      ['online', 'RUNNING'],
      ['release-1', 'PUBLISHED'],
    ]);
    sqlite.run('PRAGMA user_version = 2');
    await expect(readBelle2Sqlite(sqlite.export(), 'm')).rejects.toThrow(
      'm: version of the file: given 2, expected 1',
    );
    await expect(readBelle2Sqlite(text('SQLite format 3\u0000 no'), 'm')).rejects.toThrow(
      'm: not a metadata file of Belle II',
    );
    await expect(readBelle2Sqlite(new Uint8Array(), 'm')).rejects.toThrow(
      'application id 0, expected 732379',
    );
  });
});

describe('the reference service of HSF', () => {
  test('[IMP6] payload IOVs as rows or objects, and back', async () => {
    const json =
      '[["Beam", "D0.dat", "e99a18c4", 1024, 0, 999999, 9223372036854775807, 9223372036854775807, null],\n{"payload_type_name": "Beam", "payload_url": "D1.dat", "major_iov": 7, "minor_iov": 1, "major_iov_end": 8, "minor_iov_end": 0}]';
    const bundle = readHsfJson(text(json), 'piovs.json', { instrument: 'sPHENIX', tag: 'GT_24' });
    expect(bundle.calibrations.map(({ draft }) => [draft.vstart, draft.vend])).toEqual([
      [runPosition(0, 999999), forever],
      [runPosition(7, 1), runPosition(8, 0)],
    ]);
    const conditions = empty();
    await importBundle(conditions, bundle, author);
    const at = async (run: number): Promise<string> =>
      (
        await conditions.findInTags({
          tags: ['GT_24'],
          calibType: 'Beam',
          axis: 'run',
          position: runPosition(run, 5),
        })
      ).calibration.dataIdent;
    expect([await at(6), await at(7), await at(8)]).toEqual(['D0.dat', 'D1.dat', 'D0.dat']);
    const written = writeHsfJson(await conditions.rows({ tests: [] }));
    const again = readHsfJson(text(written), 'out.json', { instrument: 'sPHENIX' });
    expect(
      again.calibrations.map(({ draft }) => [draft.dataIdent, draft.vstart, draft.vend]),
    ).toEqual(bundle.calibrations.map(({ draft }) => [draft.dataIdent, draft.vstart, draft.vend]));
    expect(() =>
      readHsfJson(
        text(
          '[{"payload_type_name": "B", "payload_url": "x", "major_iov": 9000000000, "minor_iov": 0}]',
        ),
        'f',
        { instrument: 'I' },
      ),
    ).toThrow('f[0]');
    expect(() => readHsfJson(text('{}'), 'f', { instrument: 'I' })).toThrow(
      'f: not a list of payload IOVs',
    );
  });
});
