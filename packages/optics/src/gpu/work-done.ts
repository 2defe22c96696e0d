/** What a propagation has cost on the GPU so far: see EngineWork. */
export class WorkDone {
  sentBytes = 0;
  fetchedBytes = 0;
  batchBytes = 0;
  batchPhotons = 0;

  /** So many photons are of open batches, with these bytes of buffers. */
  onDevice(photons: number, bytes: number): void {
    this.batchPhotons = Math.max(this.batchPhotons, photons);
    this.batchBytes = Math.max(this.batchBytes, bytes);
  }
}
