export { createCpuEngine, loadKernel } from './cpu/cpu-engine.node.ts';
export { listGpus } from './gpu/gpu-device.node.ts';
export { createGpuEngine } from './gpu/gpu-engine.node.ts';
export { picturesIn, resultsIn } from './simulation/result-folder.node.ts';
export { simulate } from './simulation/simulate.node.ts';
export type { Progress, SimulationRequest } from './simulation/simulation-request.ts';
export { type GenstepFileOptions, openGenstepFile } from './sources/gensteps/genstep-file.node.ts';
export { openPhotonFile, type PhotonFileOptions } from './sources/photon-file.node.ts';
