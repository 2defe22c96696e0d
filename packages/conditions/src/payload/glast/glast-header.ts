import { ConditionsError } from '../../errors.ts';
import { attribute, childrenNamed, type XmlElement, xmlError } from '../xml/xml-element.ts';

/** What a GLAST calibration file says of itself, in `<generic>` or `<header>`; undefined where it does not. */
export interface GlastHeader {
  readonly instrument?: string | undefined;
  readonly calibType?: string | undefined;
  readonly fmtVersion?: string | undefined;
  /** When the file was written, as it has it: `2003-11-2-12:56`. */
  readonly timestamp?: string | undefined;
  readonly creator?: string | undefined;
  readonly locale?: string | undefined;
  /** Of the events that it was made from. */
  readonly inputStart?: string | undefined;
  readonly inputStop?: string | undefined;
  /** What the file tells of these events. */
  readonly inputText?: string | undefined;
}

/** The header of a document; empty where it has none. */
export function glastHeader(document: XmlElement): GlastHeader {
  const header = document.children.find(({ name }) => name === 'generic' || name === 'header');
  if (!header) return { creator: attribute(document, 'creator') };
  const [sample] = childrenNamed(header, 'inputSample');
  return {
    instrument: attribute(header, 'instrument'),
    calibType: attribute(header, 'calibType') ?? attribute(header, 'calType'),
    fmtVersion: attribute(header, 'fmtVersion'),
    timestamp: attribute(header, 'timestamp'),
    creator: attribute(header, 'creator') ?? attribute(header, 'creatorName'),
    locale: attribute(header, 'locale'),
    inputStart: sample && attribute(sample, 'startTime'),
    inputStop: sample && attribute(sample, 'stopTime'),
    inputText: sample?.text.replace(/\s+/g, ' ') || undefined,
  };
}

/**
 * The document that a base conversion made, which has to begin with one of `roots`.
 *
 * @throws ConditionsError `invalid` where it begins with another
 */
export function glastDocument(base: unknown, roots: readonly string[], where: string): XmlElement {
  const isDocument = typeof base === 'object' && base !== null && 'children' in base;
  if (!isDocument) throw new ConditionsError('invalid', { what: 'not an XML document', where });
  const document = base as XmlElement;
  if (roots.includes(document.name)) return document;
  throw xmlError(document, 'not the document of such a calibration', {
    expected: roots.map((root) => `<${root}>`).join(' or '),
  });
}

/** @throws ConditionsError `invalid` where the file is of another calibration type than its metadata say */
export function checkCalibType(document: XmlElement, types: readonly string[]): void {
  const { calibType } = glastHeader(document);
  if (calibType === undefined || types.includes(calibType)) return;
  throw xmlError(document, 'a file of another calibration type', {
    given: calibType,
    expected: types.join(' or '),
  });
}
