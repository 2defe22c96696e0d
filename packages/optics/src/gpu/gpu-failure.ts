import { OpticsError } from '../errors.ts';

/** What a device says of its end. */
export type LostInfo = Pick<GPUDeviceLostInfo, 'reason' | 'message'>;

/** The device is gone while it was in use: nothing that it holds can be had any more. */
export function lostGpu(gpu: string, { reason, message }: LostInfo): OpticsError {
  return new OpticsError({
    what: `the GPU was lost while it worked: ${gpu}`,
    given: reason === 'destroyed' ? 'its device was destroyed' : brief(message) || 'no reason',
    hint: 'the driver may have reset it for taking too long, or memory is gone; run it again, with smaller batches, or with the CPU engine',
    cause: new Error(message),
  });
}

/** An error that the device reports by itself: of memory, or of what it was told to do. */
export function gpuFailure(gpu: string, error: Pick<GPUError, 'message'>): OpticsError {
  const isMemory = /out.of.(device.|host.)?memory/i.test(
    `${error.constructor.name} ${error.message}`,
  );
  if (isMemory) return outOfMemory(gpu, 'what was to be done', error.message);
  return new OpticsError({
    what: `the GPU reports an error: ${gpu}`,
    given: brief(error.message),
    hint: 'this is a fault of Lantern or of the driver; the CPU engine does without',
    cause: new Error(error.message),
  });
}

/** @param what it was for, with its size */
export function outOfMemory(gpu: string, what: string, message: string): OpticsError {
  return new OpticsError({
    what: `not enough memory on the GPU ${gpu} for ${what}`,
    given: brief(message),
    hint: 'other programs may use it; smaller batches and fewer recorded steps need less',
    cause: new Error(message),
  });
}

/** The first line of a message, without where in the driver's own text it comes from. */
export function brief(message: string): string {
  return (
    message
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '') ?? ''
  );
}
