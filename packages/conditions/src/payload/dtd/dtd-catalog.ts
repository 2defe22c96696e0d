import { ConditionsError } from '../../errors.ts';
import { suggestion } from '../xml/xml-element.ts';
import { type Dtd, dtdVersion, rootElements } from './dtd.ts';
import { parseDtd } from './parse-dtd.ts';

/** A DTD that an experiment supplies. */
export interface DtdFile {
  /** File name without folders: `badStrips.dtd`. */
  readonly name: string;
  readonly text: string;
  /** Documents that it is for whatever they say themselves: their first element and the format's version. */
  readonly for?: { readonly root: string; readonly fmtVersion: string } | undefined;
}

/** What a document says of its type. */
export interface DocumentType {
  readonly root: string;
  /** `../calCalib_v2.dtd` */
  readonly systemId?: string | undefined;
  /** Its own declarations. */
  readonly internal?: { readonly text: string; readonly line: number } | undefined;
}

/**
 * The DTDs of an experiment. Nothing is ever fetched: what a document names by any path or URL is the file of that name
 * here, or nothing.
 */
export class DtdCatalog {
  readonly #files: ReadonlyMap<string, DtdFile>;
  readonly #parsed = new Map<string, Dtd>();

  constructor(files: Iterable<DtdFile> = []) {
    this.#files = new Map([...files].map((file) => [file.name, file]));
  }

  get names(): readonly string[] {
    return [...this.#files.keys()];
  }

  /** @throws ConditionsError `invalid` where the DTD itself is broken, `absent` where there is none of that name */
  named(name: string): Dtd {
    const known = this.#parsed.get(name);
    if (known) return known;
    const file = this.#files.get(name);
    if (!file) {
      throw new ConditionsError('absent', {
        what: 'no DTD of that name is supplied',
        given: name,
        hint:
          suggestion(name, this.names) ??
          'DTDs are never fetched: add it to those of the experiment',
      });
    }
    const dtd = parseDtd(file.text, name);
    this.#parsed.set(name, dtd);
    return dtd;
  }

  /**
   * The DTD of a document: the one supplied for this root and version; else what the document holds or names; else the
   * one whose own version it is. Undefined where there is none of these.
   *
   * @throws ConditionsError where it names one that is not here, or that is broken
   */
  forDocument(type: DocumentType, fmtVersion: string, where: string): Dtd | undefined {
    for (const file of this.#files.values()) {
      if (file.for?.root === type.root && file.for.fmtVersion === fmtVersion) {
        return this.named(file.name);
      }
    }
    const { systemId, internal } = type;
    if (internal && internal.text.trim() !== '') {
      if (systemId !== undefined) throw this.#both(where, internal.line);
      return parseDtd(internal.text, where, 'internal', internal.line);
    }
    if (systemId !== undefined) return this.#byIdentifier(systemId, where);
    return this.#byVersion(type.root, fmtVersion);
  }

  #byIdentifier(systemId: string, where: string): Dtd {
    const name = systemId.split(/[/\\]/).at(-1) ?? '';
    try {
      return this.named(name);
    } catch (cause) {
      if (!(cause instanceof ConditionsError)) throw cause;
      const { what, where: place, ...more } = cause.parts;
      const names = `${what}${place ? ` (${place})` : ''}`;
      throw new ConditionsError(cause.kind, { ...more, what: names, where, cause });
    }
  }

  #byVersion(root: string, fmtVersion: string): Dtd | undefined {
    for (const { name, for: purpose } of this.#files.values()) {
      if (purpose) continue;
      let dtd: Dtd;
      try {
        dtd = this.named(name);
      } catch {
        continue; // A broken one is told of when a document names it.
      }
      if (dtdVersion(dtd) === fmtVersion && rootElements(dtd).includes(root)) return dtd;
    }
    return undefined;
  }

  #both(where: string, line: number): ConditionsError {
    return new ConditionsError('invalid', {
      what: 'a document with a DTD of its own and the name of another',
      where: `${where}:${line}`,
      hint: 'write all declarations into the one or the other',
    });
  }
}
