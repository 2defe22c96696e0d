import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConditionsError } from '../../src/errors.ts';
import { resolveDataIdent } from '../../src/payload/address/data-ident.ts';
import { expandVariables } from '../../src/payload/address/expand-variables.ts';
import { payloadAddress } from '../../src/payload/address/payload-address.ts';
import { ConverterRegistry } from '../../src/payload/converter-registry.ts';
import { loadCalibration, payloadComparison } from '../../src/payload/load-calibration.ts';
import { MemoryPayloadStore } from '../../src/store/memory-payload-store.ts';

const variables = { CALIBUTILXMLPATH: '/data/calib/xml', EM: 'em', EMPTY: '', NESTED: '$(EM)' };
const rules = { variables, folders: ['/data/calib', '/mirror'] };

test('[ADR1] variables are replaced in all three forms, once', () => {
  const expand = (text: string): string => expandVariables(text, variables, 'serNo 1');
  expect(expand('$(CALIBUTILXMLPATH)/test/testHot.xml')).toBe('/data/calib/xml/test/testHot.xml');
  expect(expand(`$\{EM}/$EM-$(EM)`)).toBe('em/em-em');
  expect(expand('$(NESTED)')).toBe('$(EM)');
  expect(expand('plain.xml')).toBe('plain.xml');
});

test('[ADR1] a variable that is not set, not allowed or empty is an error that names it', () => {
  const expand = (text: string) => () => expandVariables(text, variables, 'serNo 7');
  expect(expand('$(CALIBUTILXMLPTH)/a')).toThrow(
    'serNo 7: the variable is not set, or may not be used: given $(CALIBUTILXMLPTH), expected one of CALIBUTILXMLPATH, EM, EMPTY, NESTED (did you mean $(CALIBUTILXMLPATH)?)',
  );
  expect(expand('$HOME/a')).toThrow('given $(HOME)');
  expect(expand(`$\{EMPTY}/a`)).toThrow('the variable is empty');
  expect(expand('$(constructor)')).toThrow('not set');
  expect(expand('$(EM')).toThrow("a $ that begins no variable: given '$(EM'");
});

test('[ADR2] files are inside the folders, whatever the path says', () => {
  const resolve = (dataIdent: string): string => resolveDataIdent(dataIdent, rules, 'serNo 1');
  expect(resolve('$(CALIBUTILXMLPATH)/./test//a.xml')).toBe('/data/calib/xml/test/a.xml');
  expect(resolve('em/a.xml')).toBe('/data/calib/em/a.xml');
  expect(resolve('/mirror/x/../a.xml')).toBe('/mirror/a.xml');
  for (const path of [
    '../a.xml',
    '/data/calibrations/a.xml',
    '/etc/passwd',
    '$(CALIBUTILXMLPATH)/../../../etc/passwd',
    '..\\..\\etc',
    'C:\\secret',
    '/data/calib',
    '/../../data',
  ]) {
    expect(() => resolve(path)).toThrow('a file outside of the folders of payloads');
  }
  expect(() => resolve('http://example.org/a.xml')).toThrow('an address, not a file');
  expect(() => resolve('a\u0000.xml')).toThrow('control characters');
  expect(() => resolve('')).toThrow('no file is named');
});

test('[ADR2] no path of any kind leads out of the folders', () => {
  const part = fc.constantFrom(
    '..',
    '.',
    'a',
    '$(EM)',
    '$EM',
    '/',
    '\\',
    'C:',
    '%2e%2e',
    '$(CALIBUTILXMLPATH)',
  );
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 8 }),
      fc.constantFrom('/', '', '\\'),
      (parts, separator) => {
        let path: string;
        try {
          path = resolveDataIdent(parts.join(separator), rules, 'x');
        } catch (error) {
          expect(error).toBeInstanceOf(ConditionsError);
          return;
        }
        expect(path).toMatch(/^\/(?:data\/calib|mirror)\//);
        expect(path.split('/')).not.toContain('..');
      },
    ),
  );
});

const row = {
  serNo: 3,
  calibType: 'T',
  dataFmt: 'JSON',
  fmtVersion: '1',
  dataIdent: '$(EM)/a.json',
};

test('[ADR3] metadata make an address: the stored payload, else the file, else an error', () => {
  const payload = { sha256: 'ab'.repeat(32), size: 2 };
  expect(payloadAddress({ ...row, payload }, rules)).toEqual({
    calibType: 'T',
    dataFmt: 'JSON',
    fmtVersion: '1',
    where: 'serNo 3',
    location: { kind: 'payload', payload },
  });
  expect(payloadAddress(row, rules).location).toEqual({
    kind: 'file',
    path: '/data/calib/em/a.json',
  });
  expect(() => payloadAddress(row)).toThrow(
    "serNo 3: its bulk data are not here: given dataIdent '$(EM)/a.json'",
  );
});

test('[ADR3] the address finds the converter: a calibration as an object, two of them compared', async () => {
  const registry = new ConverterRegistry();
  const payloads = new MemoryPayloadStore();
  const stored = async (
    value: unknown,
  ): Promise<typeof row & { payload: { sha256: string; size: number } }> => {
    const { sha256, size } = await payloads.put(new TextEncoder().encode(JSON.stringify(value)));
    return { ...row, payload: { sha256, size } };
  };
  const [one, other] = [await stored({ gain: 2 }), await stored({ gain: 3 })];
  expect(await loadCalibration(one, { registry, payloads })).toEqual({ value: { gain: 2 } });
  const read = async (path: string): Promise<Uint8Array> =>
    new TextEncoder().encode(JSON.stringify({ path }));
  expect(await loadCalibration(row, { registry, payloads, files: { ...rules, read } })).toEqual({
    value: { path: '/data/calib/em/a.json' },
  });
  const compare = payloadComparison({ registry, payloads });
  const { changed } = await compare(one as never, other as never);
  expect(changed).toEqual([{ path: 'gain', before: 2, after: 3, difference: 1, relative: 0.5 }]);
});
