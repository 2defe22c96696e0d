import { type ErrorParts, LanternError } from '@lantern/units';

/** What a {@link GdmlError} knows of the place. */
export interface GdmlPlace {
  readonly file: string;
  /** Line in the file, from 1; 0 when the error belongs to the file as a whole. */
  readonly line: number;
  /** The element as a person would look for it: `<tube name="neck">`; empty outside elements. */
  readonly element: string;
}

/** A GDML file that cannot be read: `geometry.gdml:12: <tube name="neck">: rmax is -3 mm: expected …`. */
export class GdmlError extends LanternError {
  readonly file: string;
  readonly line: number;
  readonly element: string;

  constructor(place: GdmlPlace, parts: Omit<ErrorParts, 'where'>) {
    super({ ...parts, where: placeInWords(place) });
    this.file = place.file;
    this.line = place.line;
    this.element = place.element;
  }
}

/** `file:line: <element>`, as messages and warnings begin. */
export function placeInWords({ file, line, element }: GdmlPlace): string {
  const position = line > 0 ? `${file}:${line}` : file;
  return element ? `${position}: ${element}` : position;
}

/** An arithmetic expression of GDML that has no value. */
export class ExpressionError extends LanternError {}

/** A detector that is wrong, or that Lantern cannot use: the message names the solid, volume, material or surface. */
export class GeometryError extends LanternError {}
