export { createCpuEngine } from './cpu/cpu-engine.browser.ts';
export { listGpus } from './gpu/gpu-device.browser.ts';
export { createGpuEngine } from './gpu/gpu-engine.browser.ts';
