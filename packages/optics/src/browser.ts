export { createCpuEngine } from './cpu/cpu-engine.browser.ts';
