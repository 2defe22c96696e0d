import type { Engine, GunOptions } from '@lantern/optics';
import { createCpuEngine } from '@lantern/optics/node';
import { pairedEngine } from '@lantern/optics/validation';
import type { CaseGroup } from './case.ts';
import { twinsGroup } from './cases/twins.ts';
import type { DataFolder } from './groups.ts';
import type { GroupsRequest } from './run-groups.ts';
import { type TwinFindings, twinFindings } from './twin-findings.ts';

/** The group that compares the engine with the CPU engine, photon by photon. */
export const twinsName = 'twins';

/** A validation of an engine other than the CPU's: whatever it propagates is compared with the CPU's by the way. */
export class TwinRun {
  readonly #cpu: Engine = createCpuEngine();
  readonly #gpu: Engine;
  readonly #kernel: GunOptions['module'];
  readonly #byTheWay = new Map<string, TwinFindings[]>();
  #group = '';

  /** @param kernel the compiled kernel of the CPU engine */
  constructor(gpu: Engine, kernel: GunOptions['module']) {
    this.#gpu = gpu;
    this.#kernel = kernel;
  }

  /** How groups are to be run. */
  get request(): Pick<GroupsRequest, 'engine' | 'timed' | 'onGroup'> {
    return {
      engine: pairedEngine([this.#cpu, this.#gpu], this.#kernel, (compared, scene) => {
        const found = this.#byTheWay.get(this.#group) ?? [];
        this.#byTheWay.set(this.#group, [...found, twinFindings(compared, scene)]);
      }),
      timed: this.#gpu,
      onGroup: (name) => {
        this.#group = name;
      },
    };
  }

  /** What is run behind these groups. */
  group(references: DataFolder, groups: readonly CaseGroup[]): CaseGroup {
    const setting = { cpu: this.#cpu, gpu: this.#gpu, byTheWay: this.#byTheWay };
    return twinsGroup(
      setting,
      references,
      groups.filter(({ cases }) => cases.length > 0),
    );
  }
}

/** Photons of a case on a software adapter, which follows some thousands in a second: a validation ends within minutes. */
export const mostOnSoftware = 2000;
