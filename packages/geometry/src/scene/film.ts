import type { PropertyTable } from '../model/property-table.ts';

/** A layer of a film: its refractive index is index + i extinction. */
export interface FilmLayer {
  readonly index: PropertyTable;
  /** Undefined: 0, it absorbs nothing. */
  readonly extinction: PropertyTable | undefined;
  /** In mm; of a metal 0. */
  readonly thickness: number;
}

/** What decides by complex amplitudes: a metal (one layer, without end), a coating (one) or a thin film. */
export interface SurfaceFilm {
  readonly kind: 'metal' | 'coating' | 'thinFilm';
  /** From the near side; see {@link filmFarMaterial}. */
  readonly layers: readonly FilmLayer[];
  /** Number from 0 of the layer whose absorbed light may be detected. */
  readonly cathode: number;
  /** Whether light may tunnel through a coating that reflects totally. */
  readonly frustrated: boolean;
  readonly warnings: readonly string[];
}
