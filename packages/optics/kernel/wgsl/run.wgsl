// The entry point: a launch of many threads, each of which follows photons of
// the open batches until its turns are over.

@compute @workgroup_size(WORKGROUP)
fn run(
  @builtin(global_invocation_id) thread: vec3<u32>,
  @builtin(local_invocation_index) lane: u32,
) {
  unknowable = settings.zero;
  seedStream(settings.seedLow, settings.seedHigh);
  setLightSpectrum(settings.spectrumAt, settings.spectrumKnots);
  if (thread.x < atomicLoad(&counters[COUNTER_FOUND])) {
    wake(thread.x);
  }
  propagate();
  if (stage == LIVING || familyNext != NOBODY) {
    atomicAdd(&counters[COUNTER_LEFT_OF + photonBatch], 1u);
    sleep(atomicAdd(&counters[COUNTER_LEFT], 1u));
  }
  workgroupBarrier();
  deliverTally(lane);
}
