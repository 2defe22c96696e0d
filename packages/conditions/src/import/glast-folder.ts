import { ConditionsError } from '../errors.ts';
import type { CalibrationDraft, ProcLevel } from '../model/calibration.ts';
import { forever, type Moment } from '../model/validity.ts';
import type { ConverterRegistry } from '../payload/converter-registry.ts';
import { DtdCatalog, type DtdFile } from '../payload/dtd/dtd-catalog.ts';
import { badStripsV1Dtd } from '../payload/glast/bad-strips-v1.ts';
import { glastHeader } from '../payload/glast/glast-header.ts';
import { glastRegistry } from '../payload/glast/glast-registry.ts';
import { decodeUtf8, decodeXml } from '../payload/xml/decode-text.ts';
import { parseXml } from '../payload/xml/parse-xml.ts';
import { attribute, type XmlElement } from '../payload/xml/xml-element.ts';
import type { BundleCalibration, ConditionsBundle } from './conditions-bundle.ts';
import { parseGlastTime } from './glast-time.ts';

/** What calibration files do not say of themselves. */
export interface GlastFolderOptions {
  /** Where the file names none; default LAT. */
  readonly instrument?: string | undefined;
  readonly flavor?: string | undefined;
  /** Default: when the events that it was made from begin, else when the file was written. */
  readonly vstart?: Moment | undefined;
  readonly vend?: Moment | undefined;
  /** Default test: what nobody has said of is not for production. */
  readonly procLevel?: ProcLevel | undefined;
  readonly uid?: string | undefined;
}

/** A file that could not be imported, and why. */
export interface ImportProblem {
  readonly file: string;
  readonly error: ConditionsError;
}

/** What a folder of calibration files holds. */
export interface GlastFolder {
  readonly bundle: ConditionsBundle;
  /** Sound files are imported all the same. */
  readonly problems: readonly ImportProblem[];
}

/** The document's names in the metadata for what files call otherwise. */
const metadataNames: Readonly<Record<string, string>> = {
  ACD_Pedestal: 'ACD_Ped',
  ACD_Gain: 'ACD_ElecGain',
  tkrSplits: 'TKR_Splits',
  tkrTowerAlignment: 'TKR_TowerAlign',
  tkrInternalAlignment: 'TKR_InternalAlign',
  tot: 'TKR_TOTSignal',
  chargeScale: 'TKR_ChargeScale',
  trgThreshold: 'TKR_TrgThresh',
  dataThreshold: 'TKR_DataThresh',
  hot: 'TKR_HotChan',
  dead: 'TKR_DeadChan',
};

/**
 * The calibrations in a folder of GLAST's: every XML file is checked against the DTDs that are there, converted, and becomes
 * a draft by what its header says.
 *
 * @param files their bytes by path, relative to the folder; other files are passed over
 */
export async function readGlastFolder(
  files: ReadonlyMap<string, Uint8Array>,
  options: GlastFolderOptions = {},
): Promise<GlastFolder> {
  const dtds: DtdFile[] = [...files]
    .filter(([path]) => path.endsWith('.dtd'))
    .map(([path, bytes]) => ({
      name: path.split('/').at(-1) ?? '',
      text: decodeUtf8(bytes, path),
    }));
  const registry = glastRegistry(dtds);
  const catalog = new DtdCatalog([...dtds, badStripsV1Dtd]);
  const calibrations: BundleCalibration[] = [];
  const problems: ImportProblem[] = [];
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!path.endsWith('.xml')) continue;
    try {
      calibrations.push(await calibrationOf(path, bytes, registry, catalog, options));
    } catch (error) {
      if (!(error instanceof ConditionsError)) throw error;
      problems.push({ file: path, error });
    }
  }
  return { bundle: { calibrations, tags: [] }, problems };
}

async function calibrationOf(
  path: string,
  bytes: Uint8Array,
  registry: ConverterRegistry,
  dtds: DtdCatalog,
  options: GlastFolderOptions,
): Promise<BundleCalibration> {
  const text = decodeXml(bytes, path);
  const stated = /\bfmtVersion\s*=\s*["']([^"']*)["']/.exec(withoutPrologue(text))?.[1];
  const document = parseXml(text, path, { dtds, fmtVersion: stated });
  const header = glastHeader(document);
  const fmtVersion = header.fmtVersion ?? dtdVersionOf(document) ?? '';
  const calibType = calibTypeOf(document, header.calibType);
  await registry.convert({ bytes, calibType, dataFmt: 'XML', fmtVersion, where: path });
  const draft: CalibrationDraft = {
    instrument: header.instrument ?? options.instrument ?? 'LAT',
    calibType,
    flavor: options.flavor ?? 'vanilla',
    axis: 'time',
    vstart: options.vstart ?? beginOf(header.inputStart, header.timestamp, path),
    vend: options.vend ?? forever,
    procLevel: options.procLevel ?? 'test',
    locale: header.locale ?? '',
    creator: header.creator ?? '',
    uid: options.uid ?? '',
    inputDesc: header.inputText ?? '',
    dataIdent: path,
    dataFmt: 'XML',
    fmtVersion,
  };
  return { draft, id: path, bytes };
}

/** The text behind the declarations: they may speak of versions, too. */
function withoutPrologue(text: string): string {
  return text.replace(/<!--[\s\S]*?-->/g, '').replace(/<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>/, '');
}

function calibTypeOf(document: XmlElement, stated: string | undefined): string {
  const own = attribute(document, 'badType') ?? document.name;
  return metadataNames[own] ?? metadataNames[stated ?? ''] ?? stated ?? document.name;
}

function dtdVersionOf(document: XmlElement): string | undefined {
  const generic = document.children.find(({ name }) => name === 'generic');
  return attribute(document, 'DTDVersion') ?? (generic && attribute(generic, 'DTDVersion'));
}

function beginOf(input: string | undefined, written: string | undefined, path: string): Moment {
  for (const time of [input, written]) {
    if (time === undefined) continue;
    try {
      return parseGlastTime(time, path);
    } catch {} // A number of a run, mostly: the next may be a time.
  }
  throw new ConditionsError('invalid', {
    what: 'the file does not say from when on it holds',
    where: path,
    hint: 'tell its vstart',
  });
}
