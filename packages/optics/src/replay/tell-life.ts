import type { Scene } from '@lantern/geometry';
import { photonFlags } from '../photon-layout.ts';
import { boundaryStatusName, bulkProcesses } from '../step-trace.ts';
import type { Life, LifeStep } from './life.ts';

type Vector = readonly [number, number, number];

/**
 * A photon's life in words, a line for each step:
 *
 * `step 3: after 812.4 mm: refracted from Water into Glass of World/Tank/PMT at (1, 2, 3) mm, 4.2 ns; …`
 */
export function tellLife(life: Life, scene: Scene): string[] {
  const lines = life.steps.map((step, i) => {
    const before = life.steps[i - 1];
    return before ? tellStep(i, before, step, scene) : tellStart(life, step, scene);
  });
  if (life.stoppedByLimit) lines.push('end: stopped by the limit of bounces or time that was set');
  if (life.goesOn) {
    const told = life.steps.length - 1;
    lines.push(
      `no end yet: the photon goes on after these ${told} steps; --max-bounces N tells the first N`,
    );
  }
  return [...lines, ...life.children.flatMap((child) => tellLife(child, scene))];
}

function tellStart({ photon, child }: Life, step: LifeStep, scene: Scene): string {
  const { wavelength, polarisation } = step;
  const who = child === undefined ? `photon ${photon}` : `child ${child} of photon ${photon}`;
  const light = lightNames[step.flag] ?? 'light';
  const what = `${who}: ${light} of ${fixed(wavelength, 2)} nm in ${material(step, scene)}`;
  return `${what} of ${place(step, scene)} ${where(step)}, polarisation ${unitVector(polarisation)}`;
}

/** A step of a life in words. */
export function tellStep(number: number, before: LifeStep, step: LifeStep, scene: Scene): string {
  const what = tellEvent(before, step, scene);
  const surface = step.surface >= 0 ? `; surface ${scene.surfaces[step.surface] ?? '?'}` : '';
  const way = fixed(distance(before.position, step.position), 3);
  return `step ${number}: after ${way} mm ${what} ${where(step)}${surface}`;
}

const lightNames: Readonly<Record<number, string>> = {
  [photonFlags.CERENKOV]: 'Cerenkov light',
  [photonFlags.SCINTILLATION]: 'scintillation light',
  [photonFlags.TORCH]: 'light',
  [photonFlags.BULK_REEMIT]: 'shifted light',
};

/** What happened at the end of a step. */
function tellEvent(before: LifeStep, step: LifeStep, scene: Scene): string {
  const here = material(before, scene);
  if (step.node !== before.node) return tellCrossing(before, step, scene);
  switch (step.flag) {
    case photonFlags.BULK_ABSORB:
      return `absorbed in ${here} of ${place(step, scene)}`;
    case photonFlags.BULK_SCATTER:
      return `scattered (${step.status === bulkProcesses.mie ? 'Mie' : 'Rayleigh'}) in ${here} of ${place(step, scene)}`;
    case photonFlags.BULK_REEMIT:
      return `${shifted(step)} from ${fixed(before.wavelength, 2)} to ${fixed(step.wavelength, 2)} nm in ${here} of ${place(step, scene)}`;
    case photonFlags.SURFACE_DETECT:
      return `detected by sensor ${step.identity}, arriving from ${here} of ${place(step, scene)}`;
    case photonFlags.SURFACE_ABSORB:
      return `absorbed at a surface of ${here}, ${place(step, scene)},`;
    case photonFlags.SURFACE_DREFLECT:
      return `reflected diffusely back into ${here} of ${place(step, scene)}`;
    case photonFlags.SURFACE_SREFLECT:
    case photonFlags.BOUNDARY_REFLECT:
      return `${reflected(step)} back into ${here} of ${place(step, scene)}`;
    case photonFlags.MISS:
      return `left the world from ${here}`;
    case photonFlags.NAN_ABORT:
      return `given up, caught between volumes that overlap, in ${here} of ${place(step, scene)}`;
    default:
      return `went on in ${here} of ${place(step, scene)}`;
  }
}

function shifted({ status }: LifeStep): string {
  if (status === bulkProcesses.absorption) return 're-emitted after absorption: shifted';
  return status === bulkProcesses.shift2 ? 'shifted by the second shifter' : 'shifted';
}

/** How it was reflected, by the status of the boundary. */
function reflected({ status }: LifeStep): string {
  switch (boundaryStatusName(status)) {
    case 'total reflection':
      return 'totally reflected';
    case 'lobe':
      return 'reflected by a facet of the surface (lobe)';
    case 'spike':
      return 'reflected by the surface as by a mirror';
    case 'look-up':
      return 'reflected by the look-up table of the surface';
    case 'backscatter':
      return 'scattered by the surface back where it came from,';
    default:
      return 'reflected';
  }
}

/** Into another volume. A row keeps its flag where nothing bends the photon, so the direction tells. */
function tellCrossing(before: LifeStep, step: LifeStep, scene: Scene): string {
  const bent = step.direction.some((x, i) => x !== before.direction[i]);
  const verb = bent && step.flag === photonFlags.BOUNDARY_TRANSMIT ? 'refracted' : 'went straight';
  const [from, into] = [material(before, scene), material(step, scene)];
  return `${verb} from ${from} into ${into} of ${place(step, scene)}`;
}

function where({ position, time, direction }: LifeStep): string {
  const point = position.map((x) => fixed(x, 3)).join(', ');
  return `at (${point}) mm, ${fixed(time, 4)} ns; direction ${unitVector(direction)}`;
}

function material({ node }: LifeStep, scene: Scene): string {
  return scene.materials[scene.volumeMaterial(scene.nodeVolume(node))] ?? 'an unknown material';
}

function place({ node }: LifeStep, scene: Scene): string {
  return scene.nodePath(node);
}

function unitVector(v: Vector): string {
  return `(${v.map((x) => fixed(x, 5)).join(', ')})`;
}

function distance(a: Vector, b: Vector): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
}

/** Digits behind the point, without zeros that say nothing. */
function fixed(x: number, digits: number): string {
  return String(Number(x.toFixed(digits)));
}
