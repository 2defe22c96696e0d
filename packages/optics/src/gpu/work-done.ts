/** What a propagation has cost on the GPU so far: see EngineWork. */
export class WorkDone {
  sentBytes = 0;
  fetchedBytes = 0;
  batchBytes = 0;
  batchPhotons = 0;

  /** A batch of so many photons is through, which had these bytes of buffers. */
  batch(photons: number, bytes: number): void {
    if (photons < this.batchPhotons) return;
    this.batchPhotons = photons;
    this.batchBytes = bytes;
  }
}
