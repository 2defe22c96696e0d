import type { BatchResult, BatchSettings } from '../batches/batch-result.ts';
import { OpticsError } from '../errors.ts';
import type { EventCuts } from '../hits/shape-hits.ts';
import type { SourceBatch } from '../sources/photon-source.ts';
import { type FromWorker, type ToWorker, uncarryError } from './worker-protocol.ts';

/** A worker of some platform, opened. */
export interface WorkerPort {
  post(message: ToWorker, transfer: ArrayBuffer[]): void;
  /** Ends the worker at once, whatever it is doing. */
  stop(): Promise<void>;
}

/** What a port tells. */
export interface WorkerEvents {
  onMessage(message: FromWorker): void;
  /** The worker is gone or unusable. */
  onFailure(error: Error): void;
}

/** Opens a worker of the platform. */
export type OpenWorker = (events: WorkerEvents) => WorkerPort;

interface Pending {
  resolve(message: FromWorker): void;
  reject(error: Error): void;
}

/** The engine's side of a worker: messages as calls. Answers come in the order of the questions. */
export class WorkerClient {
  readonly #port: WorkerPort;
  readonly #pending: Pending[] = [];
  #failure: Error | undefined;

  constructor(open: OpenWorker) {
    this.#port = open({
      onMessage: (message) => this.#pending.shift()?.resolve(message),
      onFailure: (error) => this.#fail(error),
    });
  }

  /** Gives the worker its kernel and scene. */
  async start(
    module: WebAssembly.Module,
    scene: ArrayBufferLike,
    settings: BatchSettings,
  ): Promise<void> {
    await this.#ask({ type: 'start', module, scene, settings }, []);
  }

  /**
   * Propagates a batch. The input is copied, so that the source may use its memory again, unless it gives it away.
   *
   * @param spare buffers of earlier results, which are moved to the worker
   */
  async propagate(
    first: number,
    count: number,
    input: SourceBatch,
    cuts: EventCuts,
    spare: readonly ArrayBuffer[],
  ): Promise<BatchResult> {
    const [copy, buffer] = detach(input);
    const message = { type: 'batch', first, count, input: copy, cuts, spare } as const;
    const answer = await this.#ask(message, [buffer, ...spare]);
    if (answer.type !== 'done') throw new Error(`unexpected answer of a worker: ${answer.type}`);
    return answer.result;
  }

  /** Ends the worker; calls in progress never return. */
  async stop(): Promise<void> {
    await this.#port.stop();
  }

  async #ask(message: ToWorker, transfer: ArrayBuffer[]): Promise<FromWorker> {
    if (this.#failure) throw this.#failure;
    const answer = await new Promise<FromWorker>((resolve, reject) => {
      this.#pending.push({ resolve, reject });
      this.#port.post(message, transfer);
    });
    if (answer.type === 'failed') throw uncarryError(answer.error);
    return answer;
  }

  #fail(cause: Error): void {
    this.#failure ??= new OpticsError({
      what: `a worker of the CPU engine stopped: ${cause.message}`,
      hint: 'when memory ran out, fewer threads or fewer recorded steps need less',
      cause,
    });
    for (const { reject } of this.#pending.splice(0)) reject(this.#failure);
  }
}

function detach(input: SourceBatch): [SourceBatch, ArrayBuffer] {
  if (input.kind === 'photons') {
    const photons = input.given ? alone(input.photons) : input.photons.slice();
    return [{ kind: 'photons', photons }, photons.buffer];
  }
  const steps = input.steps.slice();
  return [{ kind: 'gensteps', steps, skip: input.skip }, steps.buffer];
}

/** An array that has its buffer for itself: as it is, or a copy. */
function alone(array: Float32Array): Float32Array<ArrayBuffer> {
  const { buffer, byteLength } = array;
  const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isAlone ? new Float32Array(buffer) : array.slice();
}
