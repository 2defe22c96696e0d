// Photons from generation steps: photon i draws from its own random numbers
// (stream 1), so that it is the same whatever the batch. [SRC10]

const GENERATION: u32 = 1u;

// Makes photon `index` of the batch, from the generation step that it belongs
// to.
fn generate(index: u32) {
  let batch = settings.batches[photonBatch];
  let wanted = index + batch.skip;
  var low = 0u;
  var high = batch.stepCount;
  while (high - low > 1u) {
    let middle = (low + high) >> 1u;
    if (source[batch.firstsAt + middle] <= wanted) {
      low = middle;
    } else {
      high = middle;
    }
  }
  let number = wanted - source[batch.firstsAt + low];
  generateOne(batch.sourceAt + low * u32(GENSTEP_SIZE), number, index);
}

// Photon `index` of the batch, the `number`th of its step.
fn generateOne(step: u32, number: u32, index: u32) {
  beginPhotonStream(index, GENERATION);
  // The frame of the world.
  setNode(0);
  let kind = loadSourceU32(step + u32(GENSTEP_KIND));
  let shape = loadSourceI32(step + u32(TORCH_SHAPE));
  var flag = FLAG_TORCH;
  if (kind == GENSTEP_CERENKOV) {
    emitCerenkov(step);
    flag = FLAG_CERENKOV;
  } else if (kind == GENSTEP_SCINTILLATION) {
    emitScintillation(step);
    flag = FLAG_SCINTILLATION;
  } else if (shape < FIRST_LIGHT_SHAPE) {
    emitTorch(step, number);
  } else {
    emitLight(step);
  }
  setFlagMask(flag);
  // As a row of 32-bit numbers would hold it.
  takeRow(px.x, py.x, pz.x, dx.x, dy.x, dz.x, ex, ey, ez);
}
