import { NoGpuError } from '../errors.ts';
import type { GpuPlatform, OfferedGpu } from './gpu-platform.ts';

/** Which GPU to take. */
export interface GpuChoice {
  /** A program that does a GPU's work, instead of a GPU: for tests. Default: false, and then never one. */
  readonly software?: boolean | undefined;
  /** Its number among those that there are, from 1, or a part of its name in upper or lower case; default: the fastest. */
  readonly gpu?: string | undefined;
}

/**
 * The GPU that is meant; of several the first, which is the fastest.
 *
 * @throws NoGpuError that says what there is instead and what to do
 */
export async function chooseGpu(platform: GpuPlatform, choice: GpuChoice): Promise<OfferedGpu> {
  const { software = false, gpu } = choice;
  const offers = await platform.offers();
  const named =
    gpu === undefined ? offers : offers.filter((offer, i) => isMeant(offer, i + 1, gpu));
  const chosen = named.find(({ isSoftware }) => isSoftware === software);
  if (chosen) return chosen;
  if (offers.length > 0 && named.length === 0) throw noSuchGpu(offers, gpu);
  throw new NoGpuError({
    what: wrongKind(named, software),
    hint: platform.advice(choice),
  });
}

function isMeant({ name }: OfferedGpu, number: number, gpu: string): boolean {
  if (/^\d+$/.test(gpu) && Number(gpu) === number) return true;
  return name.toLowerCase().includes(gpu.trim().toLowerCase());
}

function noSuchGpu(offers: readonly OfferedGpu[], gpu = ''): NoGpuError {
  const names = offers.map(({ name }, i) => `${i + 1} ${name}`).join(', ');
  return new NoGpuError({
    what: 'no such GPU',
    given: `'${gpu}'`,
    expected: `a part of a name, or a number, of: ${names}`,
  });
}

function wrongKind(offers: readonly OfferedGpu[], software: boolean): string {
  const names = offers.map(({ name }) => name).join(', ');
  if (software) return `no software GPU was found${names && `, but ${names}`}`;
  return `no GPU was found${names && `, only software in its place: ${names}`}`;
}
